import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { GorodError } from '../errors.ts';

/** Where the enriched file goes. Nothing stands under the final name before `commit`. */
export interface Output {
  write(text: string): Promise<void>;
  /** Makes what was written final. */
  commit(): Promise<void>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
}

/** Writes to `<path>.partial`; `commit` syncs it, renames it to `path` and syncs the folder. */
export async function openOutputFile(path: string): Promise<Output> {
  const partial = `${path}.partial`;
  const file = await failing(path, () => open(partial, 'w'));
  return {
    write: (text) => failing(path, () => file.appendFile(text)),
    commit: () =>
      failing(path, async () => {
        await file.sync();
        await file.close();
        await rename(partial, path);
        await syncFolder(dirname(path));
      }),
    discard: async () => {
      await file.close();
      await rm(partial, { force: true });
    },
  };
}

/** Writes to a stream, e.g. stdout, which cannot be taken back. */
export function streamOutput(stream: Writable, name: string): Output {
  let failure: Error | undefined;
  stream.once('error', (error) => {
    failure = error;
  });
  return {
    write: (text) =>
      failing(name, async () => {
        if (failure !== undefined) throw failure;
        await new Promise<void>((resolve, reject) => {
          stream.write(text, (error) => (error ? reject(error) : resolve()));
        });
      }),
    commit: async () => {},
    discard: async () => {},
  };
}

async function failing<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new GorodError('OUTPUT_FAILED', `cannot write ${path}: ${reason}`, { cause });
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle: FileHandle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
