import { API_STATUS_CODES } from '../address/detection.ts';
import { ORDER_ERRORS } from '../address/order-error.ts';
import { INVALID_STATUSES } from '../address/outcome.ts';
import { VERDICTS } from '../address/verdict.ts';
import type { Tally } from './tally.ts';

/** What `--fail-on` counts beside verdicts, statuses and order errors. */
const GROUPS = ['any', 'cod'] as const;

const STATUSES: readonly string[] = [...new Set([...API_STATUS_CODES, ...INVALID_STATUSES, 'DEFERRED'])];
const NAMES: readonly string[] = [...GROUPS, ...VERDICTS, ...STATUSES, ...ORDER_ERRORS];

/** So many rows of a kind are too many. */
export interface Threshold {
  /** A verdict, a status, an order error; `any` for every row that is not accepted, `cod` for those with a cod_flag. */
  readonly name: string;
  /** More than this fails: rows, or percent of all rows. */
  readonly most: number;
  readonly unit: 'rows' | 'percent';
}

/** Reads `--fail-on` texts: `NAME`, `NAME>N` or `NAME>N%`, several separated by commas. Throws an Error that completes "--fail-on: …". */
export function parseThresholds(texts: readonly string[]): readonly Threshold[] {
  return texts.flatMap((text) => text.split(',')).map(parseThreshold);
}

function parseThreshold(text: string): Threshold {
  const [, given = '', figure, percent] = /^\s*(\w+)\s*(?:>\s*(\d+(?:\.\d+)?)\s*(%)?)?\s*$/.exec(text) ?? [];
  if (given === '') throw new Error(`must be a name, NAME>N or NAME>N%, not "${text}"`);
  const name = NAMES.find((known) => known.toLowerCase() === given.toLowerCase());
  // A misspelt name would let everything pass.
  if (name === undefined) throw new Error(`"${given}" is none of ${NAMES.join(', ')}`);
  const most = Number(figure ?? 0);
  if (percent === undefined && !Number.isInteger(most)) throw new Error(`"${text}" counts rows: give a whole number`);
  if (percent !== undefined && most >= 100) throw new Error(`"${text}" can never be passed`);
  return { name, most, unit: percent === undefined ? 'rows' : 'percent' };
}

/** A threshold as `--fail-on` takes it. */
export function showThreshold({ name, most, unit }: Threshold): string {
  if (unit === 'percent') return `${name}>${most}%`;
  return most === 0 ? name : `${name}>${most}`;
}

/** A threshold that was passed, with the figures. */
export interface Passed {
  readonly threshold: Threshold;
  readonly count: number;
  readonly rows: number;
}

/** The thresholds that a run's counts have passed, in the order given. */
export function passedThresholds(thresholds: readonly Threshold[], tally: Tally): readonly Passed[] {
  return thresholds.flatMap((threshold) => {
    const count = countOf(threshold.name, tally);
    const rows = tally.rowsOut;
    // No division: 3 of 100 is not more than 3 %.
    const isPassed = threshold.unit === 'rows' ? count > threshold.most : count * 100 > threshold.most * rows;
    return isPassed ? [{ threshold, count, rows }] : [];
  });
}

function countOf(name: string, { rowsOut, verdicts, statuses, orderErrors, codFlags }: Tally): number {
  if (name === 'any') return rowsOut - (verdicts.get('accept') ?? 0);
  if (name === 'cod') return codFlags;
  return verdicts.get(name) ?? statuses.get(name) ?? orderErrors.get(name) ?? 0;
}
