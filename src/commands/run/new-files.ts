import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Override } from '../../address/override.ts';
import type { Plan } from '../../compose/compose.ts';
import type { PlannedFile } from '../../inputs/output-paths.ts';
import { type DoneFiles, openDoneFiles, readDoneFiles } from '../../journal/done-files.ts';
import type { Texts } from '../../languages.ts';
import type { Job } from '../../pipeline/job.ts';
import { partialFile } from '../../pipeline/output-file.ts';
import type { Terminal } from '../terminal.ts';
import { type DoneMark, doneMark } from './done-mark.ts';
import { learntState, lookUpLearnt } from './learnt-state.ts';
import { doneFingerprint } from './options-fingerprint.ts';
import type { RunConfig } from './run-files.ts';
import { RUN_TEXTS } from './texts.ts';

/** A file to work on. */
export interface NewFile extends PlannedFile {
  readonly job: Job;
  /** Only of a file that was found in a folder. */
  readonly done: DoneMark | undefined;
}

export interface NewFiles extends Disposable {
  readonly files: readonly NewFile[];
  /** What is to be told of the folders. */
  readonly reports: readonly Texts[];
}

/** What decides which files are new. */
export interface NewFilesFrame {
  readonly config: RunConfig;
  readonly plan: Plan;
  readonly terminal: Terminal;
  readonly jobOf: (file: PlannedFile) => Job;
}

/**
 * Leaves out the files of folders that are done for what they hold, with these options and what is learnt. Beside the
 * results lies a record of them; a dry run only reads it. Throws GorodError.
 */
export async function newFiles(
  files: readonly PlannedFile[],
  { config, plan, terminal, jobOf }: NewFilesFrame,
): Promise<NewFiles> {
  const records = new Map<string, ReturnType<typeof readDoneFiles> & Partial<DoneFiles>>();
  const open = config.dryRun ? readDoneFiles : openDoneFiles;
  const close = () => {
    for (const record of records.values()) record.close();
  };
  const found: NewFile[] = [];
  let before = 0;
  let outlearnt = 0;
  let learnt: readonly Override[] | undefined;
  /** What is learnt before a file's turn comes is looked up once for all of them. */
  const lookAgain = (job: Job, before: readonly Override[]) => {
    let first: readonly Override[] | undefined = before;
    return async () => {
      const overrides = first ?? (await lookUpLearnt(config, terminal));
      first = undefined;
      return learntState(job, overrides, terminal);
    };
  };
  try {
    const options = await doneFingerprint(config, plan);
    for (const file of files) {
      const job = jobOf(file);
      if (file.folder === undefined) {
        found.push({ ...file, job, done: undefined });
        continue;
      }
      const folder = dirname(file.output);
      const record = records.get(folder) ?? open(folder);
      records.set(folder, record);
      learnt ??= await lookUpLearnt(config, terminal);
      const done = await doneMark(file, record, options, lookAgain(job, learnt));
      if (!config.restart && !isLeftOver(file) && (await done.isDone())) before += 1;
      else found.push({ ...file, job, done });
      if (done.isOutlearnt()) outlearnt += 1;
    }
  } catch (error) {
    close();
    throw error;
  }
  return {
    files: found,
    reports: [
      ...(found.length === 0 ? [RUN_TEXTS.nothingNew(before)] : before > 0 ? [RUN_TEXTS.doneBefore(before)] : []),
      ...(outlearnt > 0 ? [RUN_TEXTS.outlearnt(outlearnt)] : []),
    ],
    [Symbol.dispose]: close,
  };
}

/** A run that was killed at the very end left its journal, which has to be tidied up. */
function isLeftOver({ output }: PlannedFile): boolean {
  return existsSync(`${partialFile(output)}.journal`);
}
