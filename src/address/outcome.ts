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
      /** Whether only the first digits of the postcode are known, so that it may belong to the named place all the same. */
      readonly byPrefix?: true;
    }
  /** The place is of the postcode's federal subject but is not known to own the postcode. */
  | { readonly kind: 'unowned-postcode'; readonly named: string }
  /** No postcode of Russia, or none of a region that the gazetteer knows. */
  | { readonly kind: 'foreign-postcode'; readonly postcode: string }
  /** The gazetteer has no code for the place, which says nothing about CDEK. Only on the wire: here the source says it. */
  | { readonly kind: 'gazetteer-short' };

/** What a row's own cells made of its postcode; rendered into the `message` column. */
export interface PostcodeRemark {
  /**
   * The cell was empty and the address had one; the cell was asked and the address has another one; or the cell's can be
   * no Russian one.
   */
  readonly kind: 'taken-from-address' | 'address-has-another' | 'not-russian';
  /** The one in the address, or that of the cell; six digits. */
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
  /** Whether it answers the question with every other amount too, but for the status, which the amount decides. */
  readonly forEveryAmount?: true;
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
  /** Of the row: something is owed of which it does not say that it is collected on delivery, so that no amount was asked. */
  readonly isUnpaid?: boolean;
  /** Given in place of an upstream that could not be asked: never accepted without review. */
  readonly fallback?: boolean;
  /** Of an answer of the API that could have been inferred: whether that would have been the same. */
  readonly audit?: 'agreeing' | 'differing';
}

/** How sure an answer is, 0 to 1, whether the own matcher says so or a `gorod serve` that was asked; else undefined. */
export function confidenceOf({ confidence, detection }: Answered): number | undefined {
  return confidence ?? detection.confidence;
}

/** Whether an answer stands in for an upstream that could not be asked, by this gorod or by one that was asked. */
export function isFallback({ fallback, detection }: Answered): boolean {
  return fallback === true || detection.fallback === true;
}

/** What an answer says beyond the API's fields, whether it was given here or by a `gorod serve` that was asked. */
export function noteOf({ note, detection }: Answered): Note | undefined {
  return note ?? detection.note;
}

/** Whether a place has no city code because a gazetteer is short of it, and not because CDEK has none. */
export function isGazetteerShort(outcome: Answered, status: string): boolean {
  if (status !== 'ERR_CDEK_HAS_NO_FIAS_GUID') return false;
  return outcome.source === 'local' || outcome.detection.note?.kind === 'gazetteer-short';
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
  | 'totals-line'
  | 'no-order'
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
