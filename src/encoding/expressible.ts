import type { Encoding } from './encodings.ts';

/** Finds the first character of a text that an encoding has no bytes for. */
export type FindInexpressible = (text: string) => string | undefined;

/** Makes the search; undefined where the encoding has bytes for everything. */
export function inexpressibleIn(encoding: Encoding): FindInexpressible | undefined {
  if (encoding !== 'windows-1251' && encoding !== 'koi8-r') return undefined;
  const bytes = Uint8Array.from({ length: 128 }, (_, index) => index + 128);
  const letters = new TextDecoder(encoding).decode(bytes).replace('\x98', '');
  const others = new RegExp(`[^\\0-\\x7f${letters}]`, 'u');
  return (text) => others.exec(text)?.[0];
}
