import type { Texts } from '../languages.ts';

/** The roles that `--columns` settles. */
export const ROLES = ['postcode', 'address', 'city', 'region', 'cod', 'country'] as const;

export type Role = (typeof ROLES)[number];

/** Which columns, counted from 0, hold what. */
export interface ColumnMap {
  /** Undefined where the postcode stands in the address. */
  readonly postcode: number | undefined;
  /** The cells that make up the address, in the order of joining. */
  readonly address: readonly number[];
  readonly cod: number | undefined;
  readonly country: number | undefined;
  /** Only where an export says so: which rows have their amount collected on delivery. Undefined: all. */
  readonly codRule?: CodRule;
  /** Only where an export says so: rows with the same cell here as the row before belong to its order. */
  readonly orderKey?: number;
}

/** When the amount of a row is collected on delivery, in an export that has it for every row. */
export interface CodRule {
  /** The column that names the way of payment. */
  readonly payment: number;
  /** The column with the currency of the amount. */
  readonly currency: number;
  /** Whether it is what is still owed, or what the order costs, paid or not. */
  readonly amountIs: 'unpaid' | 'total';
}

/** Why a column was taken: its header, its cells, the user, a preset. */
export type Why = 'header' | 'values' | 'named' | 'preset';

/** The columns of a file, and how they were found. */
export interface FoundColumns {
  readonly map: ColumnMap;
  /** How each column was found, and what spoke for it beside its header; by column, counted from 0. */
  readonly reasons: ReadonlyMap<number, Reason>;
  /** What the user should know about the choice. */
  readonly warnings: readonly Texts[];
  /** Columns that may hold amounts to be collected, where none was taken and nothing else is said of them. */
  readonly perhapsCod?: readonly number[];
}

export interface Reason {
  readonly why: Why;
  /** E.g. "97 % of 300 cells are postcodes". */
  readonly detail?: Texts;
}
