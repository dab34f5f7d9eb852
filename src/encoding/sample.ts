import { isAscii } from 'node:buffer';
import { chained } from './peek.ts';

/** Bytes that may be read from their beginning. */
export interface ByteSource {
  read(): AsyncIterable<Uint8Array>;
  /** Whether `read` may be called again. */
  readonly isRereadable: boolean;
}

/** What the encoding of a text is told from. */
export interface Sample {
  /** The beginning of the text, where its header stands. */
  readonly beginning: Uint8Array;
  /** Its bytes around those that are not ASCII; empty where none was found. */
  readonly bytes: Uint8Array;
  /** The sample goes on to the end of the text. */
  readonly isWhole: boolean;
}

const BEGINNING_BYTES = 1 << 16;
/** So many bytes that are not ASCII decide. */
const ENOUGH = 1 << 15;
/** So far a text is looked through that can be read again, without being held. */
const FAR = 64 << 20;
/** So much is held of a text that can be read only once. */
const NEAR = 1 << 20;
/** So much of a text is held to be judged. */
const MOST_HELD = 4 << 20;

/**
 * Looks ahead until enough bytes are found that are not ASCII, or far enough; hands the text on from its beginning. A
 * file whose first Cyrillic letter comes late is so told as well as any other.
 */
export async function lookAhead(
  source: ByteSource,
): Promise<{ readonly sample: Sample; readonly bytes: AsyncIterable<Uint8Array> }> {
  const reach = source.isRereadable ? FAR : NEAR;
  const stream = source.read()[Symbol.asyncIterator]();
  const read: Uint8Array[] = [];
  const collected = collector();
  let length = 0;
  let isWhole = false;
  while (length < reach && !collected.isEnough()) {
    const { value, done } = await stream.next();
    isWhole = done === true;
    if (isWhole) break;
    length += value.length;
    collected.add(value);
    if (!source.isRereadable) read.push(value);
  }
  const sample = { ...collected.sample(), isWhole };
  if (source.isRereadable) {
    await stream.return?.();
    return { sample, bytes: source.read() };
  }
  return { sample, bytes: chained(read, stream) };
}

function collector() {
  const beginning: Uint8Array[] = [];
  const held: Uint8Array[] = [];
  let begun = 0;
  let heldBytes = 0;
  let found = 0;
  let endsInLetter = false;

  return {
    add(piece: Uint8Array): void {
      if (begun < BEGINNING_BYTES) beginning.push(piece);
      begun += piece.length;
      const plain = isAscii(piece);
      // The second byte of a character of GB18030 may be an ASCII one.
      if (!plain || endsInLetter) {
        held.push(piece);
        heldBytes += piece.length;
      }
      if (!plain) found += notAscii(piece);
      endsInLetter = (piece.at(-1) ?? 0) > 0x7f;
    },
    isEnough: () => found >= ENOUGH || heldBytes >= MOST_HELD,
    sample: () => ({ beginning: Buffer.concat(beginning).subarray(0, BEGINNING_BYTES), bytes: Buffer.concat(held) }),
  };
}

function notAscii(bytes: Uint8Array): number {
  let found = 0;
  for (const byte of bytes) if (byte > 0x7f) found += 1;
  return found;
}
