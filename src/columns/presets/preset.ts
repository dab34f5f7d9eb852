import type { Texts } from '../../languages.ts';

/** Where the columns of a well-known export are. Headers are matched whatever their case. */
export interface Preset {
  /** What the export is, for people. */
  readonly title: Texts;
  /** The public pages that list the headers and tell what the rows mean. */
  readonly sources: readonly Source[];
  readonly postcode: string;
  /** In the order of joining. The first must be there, of the others those that are. */
  readonly address: readonly [string, ...string[]];
  readonly country?: string;
  /** The amount, and when it is collected on delivery. Left out where no source tells. */
  readonly cod?: {
    readonly amount: string;
    /** The column that names the way of payment. */
    readonly payment: string;
    readonly currency: string;
    /** Whether it is what is still owed, or what the order costs, paid or not. */
    readonly amountIs: 'unpaid' | 'total';
  };
  /** The column with the number of the order, where one order may take several rows of which only the first is addressed. */
  readonly orderKey?: string;
}

export interface Source {
  readonly url: string;
  /** When it was read: year, month, day. */
  readonly read: string;
  readonly tells: string;
}
