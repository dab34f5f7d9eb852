import { CONFUSIONS, KEYBOARD_ROWS } from './confusions.ts';

/**
 * How far two folded names are apart: a Damerau–Levenshtein distance in which what writers of Russian names mix up
 * costs less than an arbitrary change. 0 is equality, 1 about one letter. Gives Infinity as soon as `limit` is exceeded
 * and when the digits differ (Горки-2 is not Горки-10).
 */
export function distance(one: string, other: string, limit: number): number {
  if (one === other) return 0;
  const width = other.length;
  if (one.length > LONGEST_NAME || width > LONGEST_NAME) return Number.POSITIVE_INFINITY;
  if (Math.abs(one.length - width) * CHEAPEST_GAP > limit) return Number.POSITIVE_INFINITY;
  if (digitsOf(one) !== digitsOf(other)) return Number.POSITIVE_INFINITY;
  let [before, last, row] = rows;
  row[0] = 0;
  for (let j = 1; j <= width; j += 1) {
    gaps[j] = gap(other, j - 1);
    row[j] = (row[j - 1] ?? 0) + (gaps[j] ?? 0);
  }
  for (let i = 1; i <= one.length; i += 1) {
    [before, last, row] = [last, row, before];
    const missing = gap(one, i - 1);
    row[0] = (last[0] ?? 0) + missing;
    let least = row[0] ?? 0;
    for (let j = 1; j <= width; j += 1) {
      let cost = (last[j - 1] ?? 0) + swap(one, i - 1, other, j - 1);
      cost = Math.min(cost, (last[j] ?? 0) + missing, (row[j - 1] ?? 0) + (gaps[j] ?? 0));
      if (i > 1 && j > 1 && isTransposed(one, i, other, j)) cost = Math.min(cost, (before[j - 2] ?? 0) + TRANSPOSED);
      row[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > limit) return Number.POSITIVE_INFINITY;
  }
  const total = row[width] ?? 0;
  return total > limit ? Number.POSITIVE_INFINITY : total;
}

/** No name of a Russian place, folded, is longer. */
const LONGEST_NAME = 120;
/** Three rows of the table, used again by every call: the comparison runs thousands of times for one address. */
const rows: [Float64Array, Float64Array, Float64Array] = [
  new Float64Array(LONGEST_NAME + 1),
  new Float64Array(LONGEST_NAME + 1),
  new Float64Array(LONGEST_NAME + 1),
];
const gaps = new Float64Array(LONGEST_NAME + 1);

function isTransposed(one: string, i: number, other: string, j: number): boolean {
  return (
    one.charCodeAt(i - 1) === other.charCodeAt(j - 2) &&
    one.charCodeAt(i - 2) === other.charCodeAt(j - 1) &&
    one.charCodeAt(i - 1) !== one.charCodeAt(i - 2)
  );
}

/** A set of letters as bits: two names that differ in more letters than a limit allows need no distance. */
export function letterMask(folded: string): number {
  let mask = 0;
  for (let at = 0; at < folded.length; at += 1) mask |= 1 << (folded.charCodeAt(at) & 31);
  return mask;
}

/** How many letters are in one mask only. Each edit changes at most two. */
export function maskDifference(one: number, other: number): number {
  let bits = one ^ other;
  let count = 0;
  while (bits !== 0) {
    bits &= bits - 1;
    count += 1;
  }
  return count;
}

const TRANSPOSED = 0.7;
const VOWEL_GAP = 0.7;
const CONSONANT_GAP = 0.9;
const GLIDE_GAP = 0.4;
const CHEAPEST_GAP = GLIDE_GAP;
const NEIGHBOUR = 0.8;
/** The first letter is rarely wrong; the last vowel tells Киров from Кирово and Заречный from Заречное. */
const FIRST = 0.4;
const LAST_VOWEL = 0.6;

const costs = new Float32Array(128 * 128).fill(1);
for (const row of KEYBOARD_ROWS) {
  for (let at = 1; at < row.length; at += 1) setCost(row[at - 1] ?? '', row[at] ?? '', NEIGHBOUR);
}
for (const [pair, cost] of Object.entries(CONFUSIONS)) setCost(pair[0] ?? '', pair[1] ?? '', cost);

function setCost(one: string, other: string, cost: number): void {
  costs[one.charCodeAt(0) * 128 + other.charCodeAt(0)] = cost;
  costs[other.charCodeAt(0) * 128 + one.charCodeAt(0)] = cost;
}

/** By the letter's code, which is below 128 but in words of scripts that no rule knows. */
const gapCosts = new Float64Array(128).fill(CONSONANT_GAP);
for (const vowel of 'aeou') gapCosts[vowel.charCodeAt(0)] = VOWEL_GAP;
gapCosts['i'.charCodeAt(0)] = GLIDE_GAP;

/** a, e, i, o and u, by their codes. */
function isVowel(letter: number): boolean {
  return letter === 97 || letter === 101 || letter === 105 || letter === 111 || letter === 117;
}

function gap(name: string, at: number): number {
  const letter = name.charCodeAt(at);
  let cost = letter < 128 ? (gapCosts[letter] ?? CONSONANT_GAP) : CONSONANT_GAP;
  if (at === 0) cost += FIRST;
  if (at === name.length - 1 && isVowel(letter)) cost += LAST_VOWEL;
  return cost;
}

function swap(one: string, i: number, other: string, j: number): number {
  const a = one.charCodeAt(i);
  const b = other.charCodeAt(j);
  if (a === b) return 0;
  let cost = a < 128 && b < 128 ? (costs[a * 128 + b] ?? 1) : 1;
  if (i === 0 && j === 0) cost += FIRST;
  const last = i === one.length - 1 && j === other.length - 1;
  if (last && isVowel(a) && isVowel(b)) cost += LAST_VOWEL;
  return cost;
}

function digitsOf(folded: string): string {
  let digits = '';
  for (let at = 0; at < folded.length; at += 1) {
    const code = folded.charCodeAt(at);
    if (code >= 48 && code <= 57) digits += folded[at];
  }
  return digits;
}
