import { isSound } from './decoder.ts';
import { type HeaderWords, recogniseEncoding } from './recognise.ts';

const NO_WORDS: HeaderWords = { has: () => false };

/**
 * Decodes a small file that is held whole, telling its encoding as `decodeText` does; a byte-order mark is taken off.
 * Undefined where it is in none of the encodings, or damaged.
 */
export function decodeWhole(bytes: Uint8Array, headerWords: HeaderWords = NO_WORDS): string | undefined {
  const recognised = recogniseEncoding({ beginning: bytes, bytes, isWhole: true }, headerWords);
  if (recognised === undefined) return undefined;
  const { encoding } = recognised;
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return encoding === 'utf-8' || isSound(text) ? text : undefined;
  } catch {
    return undefined;
  }
}
