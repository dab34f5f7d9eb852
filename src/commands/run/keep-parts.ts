import { existsSync } from 'node:fs';
import { rename, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { indexOverrides } from '../../address/override.ts';
import { type OverridesConfig, soundOverrides } from '../../compose/overrides.ts';
import { GorodError } from '../../errors.ts';
import { phrase } from '../../languages.ts';
import { isLearnt } from '../../learn/is-learnt.ts';
import type { ReviewFile } from '../../learn/read-fixes.ts';
import type { Job } from '../../pipeline/job.ts';
import { isUntouched } from '../../pipeline/split.ts';
import { FILLED_IN, splitPaths, withInfix } from '../../pipeline/split-paths.ts';
import { changedLines } from '../learn/changed-lines.ts';
import type { BeforeLearning } from '../learn/learn-command.ts';
import { isFilledIn, type ReviewReading, readReview } from '../learn/read-review.ts';
import type { Log } from '../log.ts';
import type { Terminal } from '../terminal.ts';
import { type KeptPart, keptLine, openPartLine } from './kept-part-lines.ts';

type SplitJob = Pick<
  Job,
  'columns' | 'preset' | 'prefix' | 'defaults' | 'delimiter' | 'encoding' | 'outputEncoding' | 'maxRowBytes'
>;

/** See `JobContext.keepParts`. */
export type KeepParts = (output: string) => Promise<() => Promise<void>>;

/**
 * Looks through the parts of an earlier `--split` before they are replaced. One that holds fixes that nobody has learnt, or
 * rows that were written over, is set aside under a dated name, which is told at once: it is somebody's work, and a run at
 * night cannot ask.
 */
export function partKeeper(
  job: SplitJob,
  config: BeforeLearning & OverridesConfig,
  terminal: Terminal,
  log: Log,
): KeepParts {
  async function workIn(part: string, output: string): Promise<Omit<KeptPart, 'kept'> | undefined> {
    const { size } = (await stat(part).catch(() => undefined)) ?? { size: 0 };
    if (size === 0) return undefined;
    if (isOpen(part)) log(openPartLine(part, config));
    if (await isUntouched(part, output)) return undefined;
    const read = await readPart(part, job, terminal);
    if (read === undefined) return { part, unlearnt: 0, changed: 0, isUnreadable: true };
    if (read === 'not filled in') return undefined;
    const { review, settings } = read;
    const settled = indexOverrides(review.filled.length === 0 ? [] : await soundOverrides(config, terminal.env));
    const unlearnt = review.filled.filter((row) => !isLearnt(row, settled)).length;
    const changed = unlearnt > 0 ? [] : await changedLines(part, review, output, settings, terminal);
    if (unlearnt + changed.length === 0) return undefined;
    return { part, unlearnt, changed: changed.length, isUnreadable: false };
  }

  return async (output) => {
    const paths = splitPaths(output);
    const works: Awaited<ReturnType<typeof workIn>>[] = [];
    for (const verdict of FILLED_IN) works.push(await workIn(paths[verdict], output));
    return async () => {
      for (const work of works) {
        if (work === undefined) continue;
        const kept = await setAside(work.part, output);
        log(keptLine({ ...work, kept }, config));
      }
    };
  };
}

/**
 * Reads a part as gorod or a spreadsheet has written it. `not filled in`: nobody has, as far as can be told. Undefined
 * where it cannot be told.
 */
async function readPart(
  part: string,
  job: SplitJob,
  terminal: Terminal,
): Promise<{ readonly review: ReviewFile; readonly settings: ReviewReading } | 'not filled in' | undefined> {
  const { outputEncoding } = job;
  const plain: ReviewReading = { ...job, delimiter: undefined, encoding: undefined, sheet: undefined };
  const asWritten = {
    ...plain,
    delimiter: job.delimiter,
    encoding: outputEncoding === 'same' ? job.encoding : outputEncoding,
  };
  let isUnfilled = false;
  for (const settings of [plain, asWritten]) {
    const review = await unlessBad(() => readReview(part, settings, terminal), terminal);
    if (review !== undefined) return { review, settings };
    // Its own columns may be missing, as in a file that holds no row, or of an earlier gorod.
    const isFilled = await unlessBad(() => isFilledIn(part, settings, terminal), terminal);
    if (isFilled === true) return undefined;
    if (isFilled === false) isUnfilled = true;
  }
  return isUnfilled ? 'not filled in' : undefined;
}

async function unlessBad<T>(read: () => Promise<T>, { signal }: Terminal): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof GorodError) return undefined;
    throw error;
  }
}

/** Moves a part out of the way; gives its new path. Throws GorodError OUTPUT_FAILED. */
async function setAside(part: string, output: string): Promise<string> {
  const stamp = new Date().toISOString().replace(/[:.]/g, '');
  let kept = withInfix(part, `kept-${stamp}`);
  for (let copy = 2; existsSync(kept); copy += 1) kept = withInfix(part, `kept-${stamp}-${copy}`);
  try {
    await rename(part, kept);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new GorodError('OUTPUT_FAILED', CANNOT_KEEP(output, part, reason), { cause });
  }
  return kept;
}

/** Whether LibreOffice or Excel says, by a file beside it, that it has a file open. */
function isOpen(part: string): boolean {
  const name = basename(part);
  return [`.~lock.${name}#`, `~$${name}`].some((lock) => existsSync(join(dirname(part), lock)));
}

const CANNOT_KEEP = phrase<[output: string, part: string, reason: string]>({
  en: (output, part, reason) =>
    `${output} is complete, but not split: ${part} holds what a person has filled in and cannot be set aside: ` +
    `${reason}. Close it where it is open, and run the same command again.`,
  zh: (output, part, reason) =>
    `${output} 已完成，但尚未拆分：${part} 中有人工填写的内容，无法移存：${reason}。请关闭该文件，然后重新运行同一命令。`,
  ru: (output, part, reason) =>
    `${output} готов, но не разделён: в ${part} есть заполненное человеком, и отложить его не удалось: ${reason}. ` +
    'Закройте его и запустите ту же команду снова.',
});
