import { readFile, writeFile } from 'node:fs/promises';
import type { JudgementRules } from '../address/verdict.ts';
import type { DetectorConfig, Meter, Plan } from '../compose.ts';
import { decodeWhole } from '../encoding/decode-whole.ts';
import { GorodError } from '../errors.ts';
import { noCodLimits, parseCodLimits } from '../pipeline/cod-limits.ts';
import { knownHeaders } from '../pipeline/known-headers.ts';
import type { Tally } from '../pipeline/tally.ts';
import { renderSummary, summarize } from '../report/summary.ts';
import { ACCEPT_CONFIDENCE } from '../toponym/thresholds.ts';
import { gorodVersion } from '../version.ts';
import type { ReportDraft } from './report-file.ts';
import { SOME_DEFERRED, say, type Terminal } from './terminal.ts';

/** The rules of judging rows, with the shop's own limits where a file of them is given. Throws GorodError BAD_OPTION. */
export async function judgementRules({
  codLimits: file,
}: {
  readonly codLimits: string | undefined;
}): Promise<JudgementRules> {
  const limitOf = file === undefined ? noCodLimits : parseCodLimits(await readOption('--cod-limits', file), file);
  return { limitOf, acceptConfidence: ACCEPT_CONFIDENCE };
}

/** The options that decide how a command's end is told. */
export type TellingConfig = DetectorConfig & { readonly summary: string | undefined; readonly quiet: boolean };

/** What a command has done. */
export interface Done {
  readonly tally: Tally;
  readonly asked: Meter;
  readonly plan: Plan;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** The report that was asked for, with all rows in it. */
  readonly report?: ReportDraft | undefined;
}

/** Tells how it went, on stderr, in `--summary` and in `--report`, and sets the exit code. */
export async function finish(
  { tally, asked, plan, startedAt, report }: Done,
  config: TellingConfig,
  terminal: Terminal,
): Promise<void> {
  const { foundRate } = asked;
  if (foundRate !== undefined) say(`gorod: --rate auto found ${foundRate} requests a second\n`, config, terminal);
  const summary = summarize({
    tally,
    ...asked,
    detector: plan.kind,
    settings: foundRate === undefined ? config : { ...config, foundRate },
    startedAt,
    finishedAt: Date.now(),
    gorodVersion: gorodVersion(),
  });
  say(renderSummary(summary), config, terminal);
  const { postcodesTaken, postcodesDiffering } = tally;
  if (postcodesTaken > 0)
    say(`gorod: rows whose postcode was taken from the address: ${postcodesTaken}\n`, config, terminal);
  if (postcodesDiffering > 0) {
    say(`gorod: rows whose address has another postcode than their cell: ${postcodesDiffering}\n`, config, terminal);
  }
  if (tally.deferral !== undefined) say(`gorod: the last deferred row: ${tally.deferral}\n`, config, terminal);
  if (tally.fallbacks > 0) {
    say(
      `gorod: rows answered locally for want of the API: ${tally.fallbacks}; ask again with gorod retry FILE\n`,
      config,
      terminal,
    );
  }
  if (config.summary !== undefined) await writeSummary(config.summary, `${JSON.stringify(summary, null, 2)}\n`);
  await report?.write(summary);
  if (tally.deferred + tally.fallbacks > 0) terminal.exit(SOME_DEFERRED);
}

async function writeSummary(file: string, json: string): Promise<void> {
  try {
    await writeFile(file, json);
  } catch (cause) {
    throw new GorodError('OUTPUT_FAILED', `--summary: cannot write ${file}.`, { cause });
  }
}

async function readOption(option: string, file: string): Promise<string> {
  const bytes = await readFile(file).catch((cause) => {
    throw new GorodError('BAD_OPTION', `${option}: cannot read ${file}.`, { cause });
  });
  const text = decodeWhole(bytes, knownHeaders);
  if (text !== undefined) return text;
  throw new GorodError(
    'BAD_OPTION',
    `${option} ${file}: its text is neither UTF-8 nor looks like UTF-16, GB18030, windows-1251 or KOI8-R. Save it as "CSV UTF-8".`,
  );
}
