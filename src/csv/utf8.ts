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
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let read = 0;
  try {
    for await (const piece of bytes) {
      const text = decoder.decode(piece, { stream: true });
      read += piece.byteLength;
      yield text;
    }
    yield decoder.decode();
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new GorodError(
      'BAD_INPUT',
      `${name}: not UTF-8 (invalid bytes after about ${read} bytes). Save the file as "CSV UTF-8" and run again.`,
      { cause },
    );
  }
}

async function* prepended(head: string, tail: AsyncIterable<string>): AsyncGenerator<string, void> {
  yield head;
  yield* tail;
}
