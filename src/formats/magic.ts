/** What a file is by its first bytes; `text` is whatever is none of the others. */
export type Content = 'text' | 'gzip' | 'zip' | 'ole2' | 'pdf' | 'markup' | 'tar';

/** How many bytes `contentOf` wants to see. */
export const MAGIC_BYTES = 512;

const MAGIC: readonly (readonly [Content, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  // An archive without a file, and one of several volumes.
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['zip', [0x50, 0x4b, 0x07, 0x08]],
  ['ole2', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ['pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
];

const TAR_MARK = { start: 257, end: 262 };

/** Tells the content by the beginning of a file. */
export function contentOf(beginning: Uint8Array): Content {
  const found = MAGIC.find(([, bytes]) => bytes.every((byte, at) => beginning[at] === byte));
  if (found !== undefined) return found[0];
  const text = Buffer.from(beginning).toString('latin1');
  if (text.slice(TAR_MARK.start, TAR_MARK.end) === 'ustar') return 'tar';
  // Shops export tables as web pages and call them .xls; the mark of UTF-8 may stand before them.
  return /^(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|table|meta|\?xml|\?mso|style)/i.test(text)
    ? 'markup'
    : 'text';
}
