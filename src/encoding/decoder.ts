import { GorodError } from '../errors.ts';
import type { Encoding } from './encodings.ts';
import { lineCounter } from './line-counter.ts';
import { ENCODING_TEXTS } from './texts.ts';

/**
 * What stands for bytes without a meaning: the replacement character, and the control character as which the one free
 * place of windows-1251 is decoded.
 */
const UNSOUND = /[\ufffd\x98]/;

/** Whether a decoded text holds a meaning for each of its bytes. */
export function isSound(text: string): boolean {
  return !UNSOUND.test(text);
}

/** Decodes any encoding but UTF-8; bytes without a meaning are refused with their line. */
export async function* decodeStrictly(
  bytes: AsyncIterable<Uint8Array>,
  encoding: Exclude<Encoding, 'utf-8'>,
  name: string,
): AsyncGenerator<string, void> {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  const lines = lineCounter();
  const checked = (text: string): string => {
    const fault = text.search(UNSOUND);
    lines.count(fault === -1 ? text : text.slice(0, fault));
    if (fault !== -1) throw unsound(name, lines.current(), encoding);
    return text;
  };
  for await (const piece of bytes) yield checked(decoder.decode(piece, { stream: true }));
  yield checked(decoder.decode());
}

function unsound(name: string, line: number, encoding: Encoding): GorodError {
  return new GorodError('BAD_INPUT', ENCODING_TEXTS.unsound(name, line, encoding));
}
