import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { platform } from 'node:os';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import type { Encoding } from '../encoding/encodings.ts';
import { GorodError } from '../errors.ts';
import { writeTrouble } from '../file-trouble.ts';
import type { Packing } from '../formats/pack.ts';
import { assertReplaceable } from './replaceable.ts';
import { JOB_TEXTS } from './texts.ts';

/** Where the enriched rows go. A file has nothing under its final name before `commit`. */
export interface Output {
  /** Bytes written so far, those of earlier attempts included. */
  readonly bytes: number;
  /**
   * Texts are written in the output's encoding; bytes, which are UTF-8, only where that is the encoding. Resolves when
   * the piece before this one is written: the next one can be made while this one is. `whenWritten` is called in step
   * with `bytes`; where a piece cannot be written, the call after it rejects.
   */
  write(piece: string | Uint8Array, whenWritten?: () => void): Promise<void>;
  /** Resolves when every piece is written; rejects where one could not be. */
  written(): Promise<void>;
  /** Makes the pieces that could be written survive a crash of the machine. */
  sync(): Promise<void>;
  /** Makes the result of what was written, still without its name, and returns how many bytes it has. */
  prepare(): Promise<number>;
  /** Makes what was written final, preparing it first where that was not done. */
  commit(): Promise<void>;
  /** Stops writing; what was written stays for a later attempt. */
  close(): Promise<void>;
  /** Stops writing and leaves nothing behind. */
  discard(): Promise<void>;
}

/** The file that grows until it is complete and gets its name. */
export function partialFile(path: string): string {
  return `${path}.partial`;
}

export interface OutputFileOptions {
  /** Bytes of the partial file to go on after; what follows them from an earlier attempt is cut off. */
  readonly keepBytes?: number | undefined;
  /** Makes the result of the partial file; undefined where that is the result. */
  readonly pack?: Packing | undefined;
}

/**
 * Writes to the partial file. `prepare` syncs it and packs it into a file beside it; `commit` gives the result its name,
 * syncs the folder and drops what is left. Throws GorodError OUTPUT_FAILED, BAD_OPTION where
 * that name is no file's, or what `pack` throws.
 */
export async function openOutputFile(path: string, { keepBytes = 0, pack }: OutputFileOptions = {}): Promise<Output> {
  await assertReplaceable(path);
  const partial = partialFile(path);
  const result = pack === undefined ? partial : `${path}.packing`;
  const file = await failing(path, () => openAt(partial, keepBytes));
  let bytes = keepBytes;
  let end = keepBytes;
  let writing = Promise.resolve();
  let prepared: Promise<number> | undefined;

  async function makeResult(): Promise<number> {
    await writing;
    await file.sync();
    if (pack === undefined) return bytes;
    await pack(partial, result);
    return syncedSize(result);
  }

  function prepare(): Promise<number> {
    prepared ??= failing(path, makeResult);
    return prepared;
  }

  return {
    get bytes() {
      return bytes;
    },
    write: (piece, whenWritten) => {
      const before = writing;
      const written = typeof piece === 'string' ? Buffer.from(piece) : piece;
      const position = end;
      end += written.length;
      writing = before.then(async () => {
        await writeAll(file, written, position);
        bytes += written.length;
        whenWritten?.();
      });
      // Told to whoever waits for it, which is the next one.
      writing.catch(() => {});
      return failing(path, () => before);
    },
    written: () => failing(path, () => writing),
    sync: () =>
      failing(path, async () => {
        await writing.catch(() => {});
        await file.datasync();
      }),
    prepare,
    commit: async () => {
      await prepare();
      await failing(path, async () => {
        await file.close();
        await rename(result, path);
        await syncFolder(dirname(path));
        if (result !== partial) await rm(partial, { force: true });
      });
    },
    close: async () => {
      await writing.catch(() => {});
      await file.close();
      if (result !== partial) await rm(result, { force: true });
    },
    discard: async () => {
      await writing.catch(() => {});
      await file.close();
      for (const name of [result, partial]) await rm(name, { force: true });
    },
  };
}

/** Writes to a stream, e.g. stdout, which cannot be taken back. */
export async function streamOutput(stream: Writable, name: string, encoding: Encoding = 'utf-8'): Promise<Output> {
  const bytesOf = encoding === 'utf-8' ? (text: string) => Buffer.from(text) : await encoderOf(encoding);
  let failure: Error | undefined;
  let bytes = 0;
  stream.once('error', (error) => {
    failure = error;
  });
  return {
    get bytes() {
      return bytes;
    },
    write: (piece, whenWritten) =>
      failing(name, async () => {
        if (failure !== undefined) throw failure;
        const written = typeof piece === 'string' ? bytesOf(piece) : piece;
        await new Promise<void>((resolve, reject) => {
          stream.write(written, (error) => (error ? reject(error) : resolve()));
        });
        bytes += written.length;
        whenWritten?.();
      }),
    written: async () => {},
    sync: async () => {},
    prepare: async () => bytes,
    commit: async () => {},
    close: async () => {},
    discard: async () => {},
  };
}

async function encoderOf(encoding: Encoding): Promise<(text: string) => Uint8Array> {
  const { encode } = await import('../encoding/encode.ts');
  return (text) => encode(text, encoding);
}

async function openAt(partial: string, keepBytes: number): Promise<FileHandle> {
  if (keepBytes === 0) return open(partial, 'w');
  const file = await open(partial, 'r+');
  await file.truncate(keepBytes);
  return file;
}

/** A write may take less than it was given, e.g. on a full disk: the next one then says why. */
async function writeAll(file: FileHandle, piece: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < piece.length; ) {
    const { bytesWritten } = await file.write(piece, done, piece.length - done, position + done);
    done += bytesWritten;
  }
}

async function failing<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    if (cause instanceof GorodError) throw cause;
    throw new GorodError('OUTPUT_FAILED', JOB_TEXTS.unwritable(path, writeTrouble(cause)), { cause });
  }
}

async function syncedSize(path: string): Promise<number> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

/** Windows syncs no folder; its file system keeps a journal of names itself. */
async function syncFolder(folder: string): Promise<void> {
  if (platform() === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
