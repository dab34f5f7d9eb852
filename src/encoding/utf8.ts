import { GorodError } from '../errors.ts';

const BOM = '\ufeff';

export interface DecodedText {
  /** Whether the bytes began with a byte-order mark; it is not part of the text. */
  readonly bom: boolean;
  /** The text in pieces, the first one not empty unless the whole is. */
  readonly chunks: AsyncIterable<string>;
}

/** Decodes UTF-8 strictly: a file in another encoding is refused, never turned into wrong letters. */
export async function decodeUtf8(bytes: AsyncIterable<Uint8Array>, name: string): Promise<DecodedText> {
  const pieces = decodePieces(bytes, name);
  let first = '';
  for (;;) {
    const next = await pieces.next();
    if (next.done === true) break;
    first = next.value;
    if (first !== '') break;
  }
  const bom = first.startsWith(BOM);
  const head = bom ? first.slice(1) : first;
  return { bom, chunks: prepended(head, pieces) };
}

async function* decodePieces(bytes: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<string, void> {
  const decoder = strictDecoder();
  const lines = lineCounter();
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

/** Counts the lines of a text as editors do: a lone `\r` ends one only where `\n` never does. */
function lineCounter() {
  let newlines = 0;
  let carriageReturns = 0;
  return {
    count(text: string) {
      newlines += occurrences(text, '\n');
      if (newlines === 0) carriageReturns += occurrences(text, '\r');
    },
    current: () => 1 + (newlines || carriageReturns),
  };
}

function occurrences(text: string, mark: string): number {
  let found = 0;
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1)) found += 1;
  return found;
}

function notUtf8(name: string, line: number): GorodError {
  return new GorodError('BAD_INPUT', `${name}, line ${line}: not UTF-8. Save the file as "CSV UTF-8" and run again.`);
}

async function* prepended(head: string, tail: AsyncIterable<string>): AsyncGenerator<string, void> {
  yield head;
  yield* tail;
}
