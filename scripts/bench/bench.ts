import type { Figure } from './figures.ts';

/** What every part of the measurements is told. */
export interface Bench {
  /** Where files are kept from one time to the next. */
  readonly folder: string;
  /** Rows of the file of orders. */
  readonly rows: number;
  /** So many rounds, of which the median counts. */
  readonly rounds: number;
}

/** A part of the measurements: its title and what came out. */
export interface Part {
  readonly title: string;
  measure(bench: Bench): Promise<readonly Figure[]>;
}
