import { createReadStream, type Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { addAbortSignal, type Readable } from 'node:stream';
import { GorodError } from '../errors.ts';
import { readTrouble } from '../file-trouble.ts';
import { FORMAT_TEXTS } from './texts.ts';

/** An open input. */
export interface Input {
  /** For messages: the path, or `stdin`. */
  readonly name: string;
  /** Undefined for stdin, and for what can be read only once, such as a pipe. */
  readonly file: FileHandle | undefined;
  /** The bytes from the beginning. Only where there is a `file` may this be called again. */
  read(): AsyncIterable<Uint8Array>;
  /** Throws GorodError INPUT_CHANGED where the file is not what it was when it was opened. */
  assertUnchanged(): Promise<void>;
}

export interface InputOptions {
  readonly stdin: Readable;
  /** What messages call it; by default `stdin`. */
  readonly stdinName?: string | undefined;
  /** When it aborts, reading stops with its reason. */
  readonly signal: AbortSignal;
}

/** Small pieces keep few rows alive at one time; larger ones are no faster. */
const PIECE_BYTES = 1 << 16;

/**
 * Opens a path, or stdin for `-`, and closes it when `use` is done. Throws GorodError INPUT_UNREADABLE, or the reason of
 * `signal` when that aborts.
 */
export async function withInput(
  path: string,
  options: InputOptions,
  use: (input: Input) => Promise<void>,
): Promise<void> {
  const { signal } = options;
  const opened = await openPath(path, options);
  try {
    await use(opened.input);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    await opened.close();
  }
}

interface OpenInput {
  readonly input: Input;
  close(): Promise<void>;
}

async function openPath(path: string, { stdin, stdinName = 'stdin', signal }: InputOptions): Promise<OpenInput> {
  if (path === '-') return openStream(stdin, stdinName, signal);
  try {
    // To open a pipe waits for its other end.
    const isFile = (await stat(path)).isFile();
    return isFile ? await openFile(path, signal) : openStream(createReadStream(path), path, signal);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function openStream(stream: Readable, name: string, signal: AbortSignal): OpenInput {
  addAbortSignal(signal, stream);

  async function* read(): AsyncGenerator<Uint8Array, void> {
    try {
      yield* stream as AsyncIterable<Uint8Array>;
    } catch (cause) {
      throw unreadable(name, cause);
    }
  }

  return {
    input: { name, file: undefined, read, assertUnchanged: async () => {} },
    close: async () => {
      stream.destroy();
    },
  };
}

async function openFile(path: string, signal: AbortSignal): Promise<OpenInput> {
  const file = await open(path, 'r');
  const before = await file.stat();

  /** The next piece is read while this one is worked on. */
  async function* read(): AsyncGenerator<Uint8Array, void> {
    for (let next = readAt(0), position = 0; ; ) {
      const piece = await next;
      signal.throwIfAborted();
      if (piece.length === 0) return;
      position += piece.length;
      next = readAt(position);
      yield piece;
    }
  }

  function readAt(position: number): Promise<Uint8Array> {
    const reading = file.read(Buffer.allocUnsafeSlow(PIECE_BYTES), 0, PIECE_BYTES, position).then(
      ({ buffer, bytesRead }) => buffer.subarray(0, bytesRead),
      (cause) => {
        throw unreadable(path, cause);
      },
    );
    // Whoever stops reading does not want to know.
    reading.catch(() => {});
    return reading;
  }

  async function assertUnchanged(): Promise<void> {
    if (!(await isUnchanged(before, file, path))) throw changed(path);
  }

  return { input: { name: path, file, read, assertUnchanged }, close: () => file.close() };
}

/** Neither written to nor replaced by another file of the same name. */
async function isUnchanged(before: Stats, file: FileHandle, path: string): Promise<boolean> {
  const named = await stat(path).catch(() => undefined);
  return named !== undefined && [named, await file.stat()].every((now) => isSame(before, now));
}

function isSame(a: Stats, b: Stats): boolean {
  return a.size === b.size && a.mtimeMs === b.mtimeMs && a.ino === b.ino && a.dev === b.dev;
}

function changed(path: string): GorodError {
  return new GorodError('INPUT_CHANGED', FORMAT_TEXTS.changed(path));
}

function unreadable(name: string, cause: unknown): GorodError {
  return new GorodError('INPUT_UNREADABLE', FORMAT_TEXTS.unreadable(name, readTrouble(cause)), { cause });
}
