import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { GorodError } from '../../errors.ts';
import { readTrouble } from '../../file-trouble.ts';
import type { PlannedFile } from '../../inputs/output-paths.ts';
import type { DoneFiles } from '../../journal/done-files.ts';
import { type FileContent, fileContent } from '../../journal/fingerprint.ts';
import type { LearntState } from './learnt-state.ts';
import { RUN_TEXTS } from './texts.ts';

/** Whether one file of a folder is done, and the note that it is. */
export interface DoneMark {
  /** Whether the file was done for what it holds now, with these options and with what is learnt about its rows. */
  isDone(): Promise<boolean>;
  /** Whether, when last asked, it was not done for the last of these reasons alone. */
  isOutlearnt(): boolean;
  /** Notes that it is, for what it held when `isDone` was last asked, unless it has changed since. */
  mark(): Promise<void>;
}

/** The mark of a file. Throws GorodError OUTPUT_FAILED where another file's result has the name of this one's. */
export async function doneMark(
  file: PlannedFile,
  record: Pick<DoneFiles, 'recall' | 'inputOf'> & Partial<Pick<DoneFiles, 'mark'>>,
  options: string,
  learntNow: () => Promise<LearntState>,
): Promise<DoneMark> {
  const folder = dirname(file.output);
  const input = await pathFrom(folder, file.path);
  const output = basename(file.output);
  const other = record.inputOf(output);
  if (other !== undefined && other !== input) {
    throw new GorodError('OUTPUT_FAILED', RUN_TEXTS.madeFromAnother(file.output, join(folder, other), file.path));
  }
  let seen: FileContent | undefined;
  let learnt: LearntState | undefined;
  let isOutlearnt = false;

  async function mark(content: FileContent, { all, applied }: LearntState): Promise<void> {
    record.mark?.({ input, content, options, output, learnt: { all, applied: await applied() } });
  }

  return {
    isDone: async () => {
      const before = record.recall(input);
      seen = await contentNow(file.path, before?.content);
      learnt = await learntNow();
      isOutlearnt = false;
      if (before === undefined || before.options !== options || before.content.sha256 !== seen.sha256) return false;
      if (before.learnt.all === learnt.all) return true;
      isOutlearnt = before.learnt.applied !== (await learnt.applied());
      // What was learnt is about other rows: so that this file need not be read again for it.
      if (!isOutlearnt) await mark(seen, learnt);
      return !isOutlearnt;
    },
    isOutlearnt: () => isOutlearnt,
    mark: async () => {
      if (seen === undefined || learnt === undefined || !(await isUntouched(file.path, seen))) return;
      await mark(seen, learnt);
    },
  };
}

/** Folders that are moved together keep their record. */
async function pathFrom(folder: string, input: string): Promise<string> {
  const real = (path: string) => realpath(path).catch(() => resolve(path));
  const to = join(await real(dirname(input)), basename(input));
  return relative(await real(folder), to)
    .split(sep)
    .join('/');
}

/** A file that looks untouched is not read again. */
async function contentNow(path: string, before: FileContent | undefined): Promise<FileContent> {
  try {
    return before !== undefined && (await isUntouched(path, before)) ? before : await fileContent(path);
  } catch (cause) {
    throw new GorodError('INPUT_UNREADABLE', RUN_TEXTS.unreadable(path, readTrouble(cause)), { cause });
  }
}

async function isUntouched(path: string, before: FileContent): Promise<boolean> {
  const { size, mtimeMs } = await stat(path);
  return size === before.size && mtimeMs === before.mtimeMs;
}
