/** What a file is by its first bytes; `text` is whatever is none of the others. */
export type Content = 'text' | 'gzip' | 'zip' | 'ole2';

/** How many bytes `contentOf` wants to see. */
export const MAGIC_BYTES = 8;

const MAGIC: readonly (readonly [Content, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  // An archive without a file, and one of several volumes.
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['zip', [0x50, 0x4b, 0x07, 0x08]],
  ['ole2', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
];

/** Tells the content by the beginning of a file. */
export function contentOf(beginning: Uint8Array): Content {
  const found = MAGIC.find(([, bytes]) => bytes.every((byte, at) => beginning[at] === byte));
  return found?.[0] ?? 'text';
}
