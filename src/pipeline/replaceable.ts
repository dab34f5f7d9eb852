import { lstat, realpath } from 'node:fs/promises';
import { GorodError } from '../errors.ts';
import { JOB_TEXTS } from './texts.ts';

/**
 * Makes sure that an output may take this place: it gets its name at the end, in place of what stands there, which must be
 * a file of its own or nothing. Throws GorodError BAD_OPTION for a link, a folder, a device and what else there is.
 */
export async function assertReplaceable(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined || found.isFile()) return;
  if (found.isDirectory()) throw new GorodError('BAD_OPTION', JOB_TEXTS.outputIsFolder(path));
  const target = found.isSymbolicLink() ? await realpath(path).catch(() => undefined) : undefined;
  if (target !== undefined && (await lstat(target)).isFile()) {
    throw new GorodError('BAD_OPTION', JOB_TEXTS.outputIsLink(path, target));
  }
  throw new GorodError('BAD_OPTION', JOB_TEXTS.outputIsNoFile(path));
}
