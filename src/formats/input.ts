import type { Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { addAbortSignal, type Readable } from 'node:stream';
import { GorodError } from '../errors.ts';

/** An open input. */
export interface Input {
  /** For messages: the path, or `stdin`. */
  readonly name: string;
  /** Undefined for stdin, and for what can be read only once, such as a pipe. */
  readonly file: FileHandle | undefined;
  /** The bytes from the beginning. Only where there is a `file` may this be called again. */
  read(): AsyncIterable<Uint8Array>;
  /** Throws GorodError BAD_INPUT where the file is not what it was when it was opened. */
  assertUnchanged(): Promise<void>;
}

export interface InputOptions {
  readonly stdin: Readable;
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
  const opened = path === '-' ? openStdin(options) : await openFile(path, signal);
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

function openStdin({ stdin, signal }: InputOptions): OpenInput {
  addAbortSignal(signal, stdin);
  return {
    input: { name: 'stdin', file: undefined, read: () => translated(stdin, 'stdin'), assertUnchanged: async () => {} },
    close: async () => {
      stdin.destroy();
    },
  };
}

async function openFile(path: string, signal: AbortSignal): Promise<OpenInput> {
  const file = await open(path, 'r').catch((cause) => {
    throw unreadable(path, cause);
  });
  const before = await file.stat();
  const isRegular = before.isFile();
  const read = () => {
    const stream = file.createReadStream({
      highWaterMark: PIECE_BYTES,
      autoClose: false,
      ...(isRegular ? { start: 0 } : {}),
    });
    return translated(addAbortSignal(signal, stream), path);
  };
  return {
    input: {
      name: path,
      file: isRegular ? file : undefined,
      read,
      assertUnchanged: async () => {
        if (isRegular && !(await isUnchanged(before, file, path))) throw changed(path);
      },
    },
    close: () => file.close(),
  };
}

async function* translated(stream: Readable, name: string): AsyncGenerator<Uint8Array, void> {
  try {
    yield* stream as AsyncIterable<Uint8Array>;
  } catch (cause) {
    throw unreadable(name, cause);
  }
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
  return new GorodError(
    'BAD_INPUT',
    `${path}: changed while it was read; nothing was written. Wait until it is whole, then run again.`,
  );
}

function unreadable(name: string, cause: unknown): GorodError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new GorodError('INPUT_UNREADABLE', `cannot read ${name}: ${reason}`, { cause });
}
