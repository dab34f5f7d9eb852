import { Misfit } from '../errors.ts';
import { ENCODING_TEXTS } from './texts.ts';

/** The encodings that files come in, by the names that `TextDecoder` knows. GBK is the older part of GB18030. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'windows-1251', 'koi8-r'] as const;

export type Encoding = (typeof ENCODINGS)[number];

const OTHER_NAMES: ReadonlyMap<string, Encoding> = new Map([
  ['utf8', 'utf-8'],
  ['utf16', 'utf-16le'],
  ['utf16le', 'utf-16le'],
  ['utf16be', 'utf-16be'],
  ['gbk', 'gb18030'],
  ['gb2312', 'gb18030'],
  ['cp936', 'gb18030'],
  ['gb18030', 'gb18030'],
  ['windows1251', 'windows-1251'],
  ['win1251', 'windows-1251'],
  ['cp1251', 'windows-1251'],
  ['koi8', 'koi8-r'],
  ['koi8r', 'koi8-r'],
]);

/** Reads the name of an encoding as people write it. Throws a Misfit that completes "--encoding: …". */
export function parseEncoding(given: string): Encoding {
  const found = OTHER_NAMES.get(given.toLowerCase().replace(/[-_\s]/g, ''));
  if (found === undefined) throw new Misfit(ENCODING_TEXTS.noEncoding(ENCODINGS.join(', '), given));
  return found;
}

const MARKS: readonly (readonly [Encoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
  ['gb18030', [0x84, 0x31, 0x95, 0x33]],
];

/** How many bytes `markedEncoding` wants to see. */
export const MARK_BYTES = 4;

/** The encoding whose byte-order mark a file begins with. */
export function markedEncoding(beginning: Uint8Array): Encoding | undefined {
  return MARKS.find(([, bytes]) => bytes.every((byte, at) => beginning[at] === byte))?.[0];
}
