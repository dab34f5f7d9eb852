import type { Detection } from './detection.ts';
import type { Teaching } from './teaching.ts';

/** Where an answer came from, judged per job: `api` was fetched by this job, `cache` was there before it began. */
export type Source = 'api' | 'cache' | 'inferred' | 'local' | 'override';

/** What an answer says beyond the API's fields; rendered into the `message` column in the user's language. */
export type Note =
  /** The address names a place that the postcode does not belong to. */
  | {
      readonly kind: 'elsewhere';
      /** The place that the address names, with a postcode of its own where one is known. */
      readonly named: string;
      readonly namedPostcode?: string;
      /** The postcode that was asked, and the place it belongs to where that is one. */
      readonly postcode: string;
      readonly postcodePlace?: string;
    }
  /** The place is of the postcode's federal subject but is not known to own the postcode. */
  | { readonly kind: 'unowned-postcode'; readonly named: string };

/** What a row's own cells made of its postcode; rendered into the `message` column. */
export interface PostcodeRemark {
  /** The cell was empty and the address had one; or the cell was asked and the address has another one. */
  readonly kind: 'taken-from-address' | 'address-has-another';
  /** The one in the address, six digits. */
  readonly postcode: string;
}

/** What a person has settled about a question; rendered into the `message` column. */
export interface Settlement extends Partial<Teaching> {
  /** What was asked in place of the row's own postcode, six digits; absent where that stands. */
  readonly postcode?: string;
  /** What was asked in place of the row's own address; absent where that stands. */
  readonly address?: string;
}

export interface Answered {
  readonly kind: 'answered';
  readonly detection: Detection;
  readonly source: Source;
  /** 0 to 1; only where a local matcher chose. */
  readonly confidence?: number;
  /** The score of the second-best candidate, 0 to 1. */
  readonly runnerUp?: number;
  readonly note?: Note;
  /** Where the answer comes from what a person has settled. */
  readonly settled?: Settlement;
  /** How many cities CDEK is known to have for the postcode; only where a matcher has chosen no city. */
  readonly postcodeCities?: number;
  /** Of the row, not of the answer. */
  readonly remark?: PostcodeRemark;
  /** Given in place of an upstream that could not be asked: never accepted without review. */
  readonly fallback?: boolean;
}

/** How sure an answer is, 0 to 1, whether the own matcher says so or a `gorod serve` that was asked; else undefined. */
export function confidenceOf({ confidence, detection }: Answered): number | undefined {
  return confidence ?? detection.confidence;
}

/** Whether an answer stands in for an upstream that could not be asked, by this gorod or by one that was asked. */
export function isFallback({ fallback, detection }: Answered): boolean {
  return fallback === true || detection.fallback === true;
}

/** The codes of rows that are not worth a request. */
export const INVALID_STATUSES = [
  'ERR_NO_POSTCODE',
  'ERR_NO_ADDRESS',
  'ERR_BAD_COUNTRY',
  'ERR_BAD_POSTCODE',
  'ERR_BAD_COD',
  'ERR_BAD_ROW',
] as const;

export type InvalidStatus = (typeof INVALID_STATUSES)[number];

/** What exactly is wrong with a cell or a row. */
export type Defect =
  | 'digit-count'
  | 'scientific-notation'
  | 'not-six-digits'
  | 'thousands-or-decimals'
  | 'negative'
  | 'not-roubles'
  | 'amount-missing'
  | 'cod-without-amount'
  | 'currency-missing'
  | 'column-count'
  | 'quotes'
  | 'too-long';

export interface Invalid {
  readonly kind: 'invalid';
  readonly status: InvalidStatus;
  readonly defect?: Defect;
}

/** The upstream could not be asked; the row is worth a retry later. */
export interface Deferred {
  readonly kind: 'deferred';
  /** Why, without key or address. */
  readonly reason: string;
}

/** Exactly one per row: a row's failure is data. */
export type Outcome = Answered | Invalid | Deferred;
