import { GorodError } from '../errors.ts';
import { lineCounter } from './line-counter.ts';
import { ENCODING_TEXTS } from './texts.ts';

/**
 * Decodes UTF-8 strictly: bytes that are none are refused with their line, never turned into wrong letters. `firstLine`:
 * the line on which they begin.
 */
export async function* decodeUtf8(
  bytes: AsyncIterable<Uint8Array>,
  name: string,
  firstLine = 1,
): AsyncGenerator<string, void> {
  const decoder = strictDecoder();
  const lines = lineCounter(firstLine);
  let before: Uint8Array = new Uint8Array();
  for await (const piece of bytes) {
    const text = decoded(() => decoder.decode(piece, { stream: true }));
    if (text === undefined) {
      lines.count(soundPart(before, piece));
      throw notUtf8(name, lines.current());
    }
    lines.count(text);
    yield text;
    before = piece;
  }
  const last = decoded(() => decoder.decode());
  if (last === undefined) throw notUtf8(name, lines.current());
  yield last;
}

function strictDecoder() {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
}

function decoded(decode: () => string): string | undefined {
  try {
    return decode();
  } catch {
    return undefined;
  }
}

/** What stands in a piece before its first bytes that are no UTF-8; letters that are not ASCII are not themselves. */
function soundPart(before: Uint8Array, piece: Uint8Array): string {
  const begun = before.subarray(-3);
  const letter = begun.findIndex((byte) => (byte & 0xc0) !== 0x80);
  const beginning = letter === -1 ? begun.subarray(0, 0) : begun.subarray(letter);
  const bytes = Buffer.concat([beginning, piece]);
  let sound = 0;
  for (let unsound = bytes.length; unsound - sound > 1; ) {
    const middle = (sound + unsound) >> 1;
    if (decoded(() => strictDecoder().decode(bytes.subarray(0, middle), { stream: true })) === undefined)
      unsound = middle;
    else sound = middle;
  }
  return bytes.toString('latin1', beginning.length, Math.max(sound, beginning.length));
}

function notUtf8(name: string, line: number): GorodError {
  return new GorodError('BAD_INPUT', ENCODING_TEXTS.notUtf8(name, line));
}
