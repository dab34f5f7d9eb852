import { createReadStream } from 'node:fs';
import { addAbortSignal, type Readable } from 'node:stream';
import { GorodError } from '../errors.ts';

/** An open input. */
export interface Input {
  /** For messages: the path, or `stdin`. */
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Small pieces keep few rows alive at one time; larger ones are no faster. */
const PIECE_BYTES = 1 << 16;

/**
 * Opens a path, or stdin for `-`, and closes it when `use` is done. Throws GorodError INPUT_UNREADABLE, or the reason of
 * `signal` when that aborts.
 */
export async function withInput(
  path: string,
  { stdin, signal }: { readonly stdin: Readable; readonly signal: AbortSignal },
  use: (input: Input) => Promise<void>,
): Promise<void> {
  const stream = path === '-' ? stdin : createReadStream(path, { highWaterMark: PIECE_BYTES });
  addAbortSignal(signal, stream);
  const name = path === '-' ? 'stdin' : path;

  async function* read(): AsyncGenerator<Uint8Array, void> {
    try {
      yield* stream as AsyncIterable<Uint8Array>;
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new GorodError('INPUT_UNREADABLE', `cannot read ${name}: ${reason}`, { cause });
    }
  }

  try {
    await use({ name, bytes: read() });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    stream.destroy();
  }
}
