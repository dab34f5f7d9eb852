import { readdir, stat } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import { GorodError } from '../errors.ts';
import { readTrouble } from '../file-trouble.ts';
import { isNoInput, isTable } from './file-names.ts';
import { INPUT_TEXTS } from './texts.ts';

/** One file to work on. */
export interface FoundInput {
  /** A path, or `-` for stdin. */
  readonly path: string;
  /** The folder it was found in, whose files are done once; undefined for one that was named, itself or by a pattern. */
  readonly folder: string | undefined;
}

/**
 * The files that arguments mean: themselves, those that a pattern such as `inbox/*.csv` matches (also where the shell
 * does not expand it), and the tables of a folder, not of those in it. Sorted by name for each argument. Throws
 * GorodError BAD_OPTION for a pattern that matches nothing, INPUT_UNREADABLE for a folder that cannot be read.
 */
export async function findInputs(args: readonly string[]): Promise<readonly FoundInput[]> {
  const found: FoundInput[] = [];
  for (const arg of args) found.push(...(await meant(arg)));
  return found;
}

async function meant(arg: string): Promise<readonly FoundInput[]> {
  if (arg === '-') return [{ path: arg, folder: undefined }];
  const stats = await stat(arg).catch(() => undefined);
  if (stats?.isDirectory() === true) return tablesIn(arg);
  // A file may have brackets in its name.
  if (stats !== undefined || !PATTERN.test(arg)) return [{ path: arg, folder: undefined }];
  return (await matching(arg)).map((path) => ({ path, folder: undefined }));
}

const PATTERN = /[*?[\]{}]/;

async function tablesIn(folder: string): Promise<readonly FoundInput[]> {
  const names = await readdir(folder).catch((cause) => {
    throw new GorodError('INPUT_UNREADABLE', INPUT_TEXTS.folderUnreadable(folder, readTrouble(cause)), { cause });
  });
  const tables: FoundInput[] = [];
  for (const name of names.filter(isTable).sort()) {
    const path = join(folder, name);
    // What is gone by now, or is a folder named like a table, is no input.
    const stats = await stat(path).catch(() => undefined);
    if (stats?.isFile() === true) tables.push({ path, folder });
  }
  return tables;
}

async function matching(pattern: string): Promise<readonly string[]> {
  const { glob } = await import('tinyglobby');
  const paths = await glob(process.platform === 'win32' ? pattern.replaceAll('\\', '/') : pattern, {
    absolute: isAbsolute(pattern),
    dot: false,
    expandDirectories: false,
    onlyFiles: true,
  });
  const inputs = paths.filter((path) => !isNoInput(basename(path))).sort();
  if (inputs.length === 0) throw new GorodError('BAD_OPTION', INPUT_TEXTS.noMatch(pattern));
  return inputs;
}
