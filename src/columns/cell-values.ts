import { parseCod } from '../address/cod.ts';
import { parseCountry } from '../address/country.ts';
import { parsePostcode } from '../address/postcode.ts';
import { isRussianPostcode } from '../address/postcode-in-address.ts';
import { tokenize } from '../toponym/tokens.ts';

/** The sampled cells of a file, row by row. */
export type Sample = readonly (readonly string[])[];

/** What values can speak for. */
export type ValueKind = 'postcode' | 'address' | 'cod' | 'country';

/** How well a column's sampled cells fit a kind. */
export interface Fit {
  /** Cells that are not empty. */
  readonly filled: number;
  /** 0 to 1: the mean over the filled cells; 0 where there are none. */
  readonly share: number;
}

/** Looks at the sampled cells of one column. */
export function fitOf(sample: Sample, column: number, kind: ValueKind): Fit {
  const cells = sample.map((row) => (row[column] ?? '').trim()).filter((cell) => cell !== '');
  if (cells.length === 0) return { filled: 0, share: 0 };
  const sum = cells.reduce((total, cell) => total + SCORES[kind](cell), 0);
  return { filled: cells.length, share: sum / cells.length };
}

/** 0 to 1 for one cell that is not empty. */
const SCORES: Readonly<Record<ValueKind, (cell: string) => number>> = {
  postcode: (cell) => (isPostcode(cell) ? 1 : 0),
  address: addressScore,
  cod: (cell) => (parseCod(cell).ok ? 1 : 0),
  country: (cell) => (parseCountry(cell, '') === 'ru' || /^[A-Za-z]{2}$/.test(cell) ? 1 : 0),
};

function isPostcode(cell: string): boolean {
  const parsed = parsePostcode(cell);
  return parsed.ok && isRussianPostcode(parsed.value);
}

/**
 * Whether a column is numbers given one after the other, which rise or fall along the file and hardly repeat: order
 * numbers, not postcodes.
 */
export function isNumbering(sample: Sample, column: number): boolean {
  const numbers = sample.map((row) => Number(row[column])).filter((number) => number > 0);
  if (new Set(numbers).size < numbers.length * 0.9) return false;
  const steps = numbers.slice(1).map((number, index) => Math.sign(number - (numbers[index] ?? 0)));
  const mostly = (sign: number) => steps.filter((step) => step === sign).length >= steps.length * 0.9;
  return mostly(1) || mostly(-1);
}

/** So much every amount worth collecting comes to; flags and numbered choices stay below it. */
const LEAST_AMOUNT = 10;

/** Whether any filled cell of a column is an amount that would be collected, and not only a flag such as 1. */
export function holdsAmounts(sample: Sample, column: number): boolean {
  return sample.some((row) => {
    const parsed = parseCod(row[column] ?? '');
    return parsed.ok && parsed.value >= LEAST_AMOUNT;
  });
}

/** A text of several words with a house number, and with words that only addresses have. */
function addressScore(cell: string): number {
  const tokens = tokenize(cell);
  const words = tokens.filter(({ number, folded }) => !number && folded.length > 1);
  if (words.length < 2) return 0;
  const hasNumber = tokens.some(({ number, text }) => number && text.length <= 4);
  const speaks = words.some(({ word }) => word !== undefined && PLACE_ROLES.has(word.role));
  if (speaks) return hasNumber ? 1 : 0.6;
  return hasNumber && cell.includes(',') ? 0.6 : 0;
}

const PLACE_ROLES: ReadonlySet<string> = new Set(['settlement', 'street', 'house', 'region', 'district', 'country']);
