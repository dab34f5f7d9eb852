import { readFile } from 'node:fs/promises';
import type { JudgementRules } from '../address/verdict.ts';
import { decodeWhole } from '../encoding/decode-whole.ts';
import { GorodError } from '../errors.ts';
import { readTrouble } from '../file-trouble.ts';
import { noCodLimits, parseCodLimits } from '../pipeline/cod-limits.ts';
import { knownHeaders } from '../pipeline/known-headers.ts';
import { ACCEPT_CONFIDENCE } from '../toponym/thresholds.ts';
import { RUN_TEXTS } from './run/texts.ts';

/** The rules of judging rows, with the shop's own limits where a file of them is given. Throws GorodError BAD_OPTION. */
export async function judgementRules({
  codLimits: file,
}: {
  readonly codLimits: string | undefined;
}): Promise<JudgementRules> {
  const limitOf = file === undefined ? noCodLimits : parseCodLimits(await readLimits(file), file);
  return { limitOf, acceptConfidence: ACCEPT_CONFIDENCE };
}

async function readLimits(file: string): Promise<string> {
  const bytes = await readFile(file).catch((cause) => {
    throw new GorodError('BAD_OPTION', RUN_TEXTS.limitsUnreadable(file, readTrouble(cause)), { cause });
  });
  const text = decodeWhole(bytes, knownHeaders);
  if (text === undefined) throw new GorodError('BAD_OPTION', RUN_TEXTS.limitsUndecodable(file));
  return text;
}
