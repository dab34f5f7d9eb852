import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Plan } from '../../compose/compose.ts';
import type { PlannedFile } from '../../inputs/output-paths.ts';
import { type DoneFiles, openDoneFiles, readDoneFiles } from '../../journal/done-files.ts';
import type { Texts } from '../../languages.ts';
import { partialFile } from '../../pipeline/output-file.ts';
import { type DoneMark, doneMark } from './done-mark.ts';
import { doneFingerprint } from './options-fingerprint.ts';
import type { RunConfig } from './run-files.ts';
import { RUN_TEXTS } from './texts.ts';

/** A file to work on. */
export interface NewFile extends PlannedFile {
  /** Only of a file that was found in a folder. */
  readonly done: DoneMark | undefined;
}

export interface NewFiles extends Disposable {
  readonly files: readonly NewFile[];
  /** What is to be told of the folders; undefined where there is nothing. */
  readonly report: Texts | undefined;
}

/**
 * Leaves out the files of folders that are done for what they hold, with these options. Beside the results lies a
 * record of them; a dry run only reads it. Throws GorodError.
 */
export async function newFiles(files: readonly PlannedFile[], config: RunConfig, plan: Plan): Promise<NewFiles> {
  const records = new Map<string, ReturnType<typeof readDoneFiles> & Partial<DoneFiles>>();
  const open = config.dryRun ? readDoneFiles : openDoneFiles;
  const close = () => {
    for (const record of records.values()) record.close();
  };
  const found: NewFile[] = [];
  let before = 0;
  try {
    const options = await doneFingerprint(config, plan);
    for (const file of files) {
      if (file.folder === undefined) {
        found.push({ ...file, done: undefined });
        continue;
      }
      const folder = dirname(file.output);
      const record = records.get(folder) ?? open(folder);
      records.set(folder, record);
      const done = await doneMark(file, record, options);
      if (!config.restart && !isLeftOver(file) && (await done.isDone())) before += 1;
      else found.push({ ...file, done });
    }
  } catch (error) {
    close();
    throw error;
  }
  return {
    files: found,
    report: found.length === 0 ? RUN_TEXTS.nothingNew(before) : before > 0 ? RUN_TEXTS.doneBefore(before) : undefined,
    [Symbol.dispose]: close,
  };
}

/** A run that was killed at the very end left its journal, which has to be tidied up. */
function isLeftOver({ output }: PlannedFile): boolean {
  return existsSync(`${partialFile(output)}.journal`);
}
