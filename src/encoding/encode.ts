import iconv from 'iconv-lite';
import type { Encoding } from './encodings.ts';

/** Encodes a text, all of whose characters the encoding has; a byte-order mark is one of them. */
export function encode(text: string, encoding: Encoding): Uint8Array {
  return iconv.encode(text, encoding, { addBOM: false });
}

/** Encodes a text that comes in pieces, none of which ends within a character. */
export async function* encodePieces(
  pieces: AsyncIterable<string>,
  encoding: Encoding,
): AsyncGenerator<Uint8Array, void> {
  for await (const piece of pieces) yield encode(piece, encoding);
}
