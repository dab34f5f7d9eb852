import { isSound } from './decoder.ts';
import { type Encoding, markedEncoding } from './encodings.ts';
import { type Likelihood, likelihoodOf } from './likelihood.ts';
import type { Sample } from './sample.ts';

/** An encoding that was told from the bytes. */
export interface Recognised {
  readonly encoding: Encoding;
  /** Those that are nearly as likely, the likeliest first. */
  readonly runnersUp: readonly Encoding[];
}

/** Knows the words that headers of orders are made of, in all languages. */
export interface HeaderWords {
  has(header: string): boolean;
}

const CANDIDATES = ['utf-8', 'gb18030', 'windows-1251', 'koi8-r'] as const;

interface Candidate extends Likelihood {
  readonly encoding: (typeof CANDIDATES)[number];
  readonly score: number;
}

/** Logarithms: what is known before the text is seen. */
const BEFOREHAND = { 'utf-8': 6, gb18030: 0, 'windows-1251': 0, 'koi8-r': -3 } as const;
const HEADER_WORD = 10;
/** A runner-up that is less likely by at least this (22,000 times) is not worth a word. */
const CLEAR = 10;

/**
 * Tells the encoding by a byte-order mark, by the pattern of zero bytes in UTF-16, by what is strictly UTF-8, else by
 * what the text looks like in each of the others. Undefined where it looks like a text in none of them.
 */
export function recogniseEncoding(sample: Sample, words: HeaderWords): Recognised | undefined {
  const sure = markedEncoding(sample.beginning) ?? wideEncoding(sample.beginning);
  if (sure !== undefined) return { encoding: sure, runnersUp: [] };
  // Few bytes that are no UTF-8 make a broken file, not one of another encoding; whoever decodes it finds the line.
  if (sample.bytes.length === 0 || isMostlyUtf8(sample.bytes)) return { encoding: 'utf-8', runnersUp: [] };
  const found = CANDIDATES.flatMap((encoding) => candidate(encoding, sample, words) ?? []);
  const [best, ...others] = found.sort((a, b) => b.score - a.score);
  if (best === undefined || !isPlausible(best)) return undefined;
  const near = others.filter(({ score }) => best.score - score < CLEAR);
  return { encoding: best.encoding, runnersUp: near.map(({ encoding }) => encoding) };
}

/** A text in another encoding has hardly so many sequences of UTF-8 by chance, and then far more that are none. */
const ENOUGH_LETTERS = 6;
const FEW = 0.2;

function isMostlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes);
  let broken = 0;
  let letters = 0;
  for (const character of text) {
    if (character === '\ufffd') broken += 1;
    else if (character > '\x7f') letters += 1;
  }
  return letters >= ENOUGH_LETTERS && broken < FEW * letters;
}

function candidate(encoding: (typeof CANDIDATES)[number], sample: Sample, words: HeaderWords): Candidate | undefined {
  const text = strictly(encoding, sample.bytes, sample.isWhole);
  const header = strictly(encoding, firstLine(sample.beginning), true);
  if (text === undefined || header === undefined) return undefined;
  const likelihood = likelihoodOf(text);
  const known = header.split(/[,;\t|]/).filter((cell) => /[^\0-\x7f]/.test(cell) && words.has(cell));
  const score = likelihood.total + BEFOREHAND[encoding] + HEADER_WORD * known.length;
  return { ...likelihood, encoding, score };
}

function strictly(encoding: Encoding, bytes: Uint8Array, isWhole: boolean): string | undefined {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: !isWhole });
    return isSound(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** A line end is a byte of its own in all encodings but the wide ones. */
function firstLine(beginning: Uint8Array): Uint8Array {
  const start = beginning.findIndex((byte) => byte !== 0x0a && byte !== 0x0d);
  const text = beginning.subarray(Math.max(0, start));
  const end = text.findIndex((byte) => byte === 0x0a || byte === 0x0d);
  return end === -1 ? text : text.subarray(0, end);
}

const LEAST_ZEROS = 2;

/** Commas, digits and line ends have a zero byte in UTF-16, always on the same side. */
function wideEncoding(beginning: Uint8Array): Encoding | undefined {
  let even = 0;
  let odd = 0;
  for (const [at, byte] of beginning.entries()) {
    if (byte !== 0) continue;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  }
  const [most, fewest] = [Math.max(even, odd), Math.min(even, odd)];
  if (most < LEAST_ZEROS || most * 20 < beginning.length || fewest * 8 > most) return undefined;
  const encoding = odd > even ? 'utf-16le' : 'utf-16be';
  return strictly(encoding, beginning, false)?.includes('\0') === false ? encoding : undefined;
}

/**
 * Logarithms of the likelihood of a letter. Russian texts have -2.9 to -3.3, orders in capitals -3.8; the same read in
 * the wrong one of the two encodings, or written in ISO 8859-5, below -5. Chinese ones have -7 to -8.5, others as
 * GB18030 below -10.
 */
const LEAST_PER_LETTER = {
  gb18030: -10,
  'windows-1251': -4.6,
  'koi8-r': -4.6,
} as const;
const MOST_STRANGE = 0.01;

function isPlausible({ encoding, letters, counted, strange }: Candidate): boolean {
  if (encoding === 'utf-8') return true;
  return letters.total >= LEAST_PER_LETTER[encoding] * letters.counted && strange <= MOST_STRANGE * counted;
}
