import type { Foretold } from './order-error.ts';
import type { Note } from './outcome.ts';

/**
 * The answer of detect-city, with the API's own field names (seed document "detect-city").
 * The echoed `address` and `postcode` are left out: they belong to the question.
 */

/** Every `status_code` that the API documents. */
export const API_STATUS_CODES = [
  'OK',
  'COD_LIMIT_EXCEEDED',
  'ERR_CDEK_HAS_NO_FIAS_GUID',
  'ERR_MANY_CITIES_IN_ADDRESS',
  'ERR_NOT_DETECT_CITY_IN_ADDRESS',
  'ERR_NO_POSTCODE',
  'ERR_NO_DEVKEY',
  'ERR_BAD_DEVKEY',
  'ERR_BAD_COUNTRY',
  'ERR_NO_ADDRESS',
  'ERR_INTERNAL',
] as const;

export type ApiStatusCode = (typeof API_STATUS_CODES)[number];

/** CDEK's city object. Codes are strings of digits; a field that is not known is absent. */
export interface CdekCity {
  readonly cityCode: string;
  readonly cityName: string;
  readonly cityUuid?: string;
  readonly country?: string;
  readonly countryCode?: string;
  readonly fiasGuid?: string;
  readonly kladr?: string;
  readonly latitude?: number;
  readonly longitude?: number;
  /** Roubles; -1 = no limit, 0 = no cash on delivery, absent = not known. */
  readonly paymentLimit?: number;
  readonly region?: string;
  readonly regionCode?: string;
  readonly regionCodeExt?: string;
  readonly regionFiasGuid?: string;
  readonly subRegion?: string;
  readonly timezone?: string;
}

/** A place of the FIAS register. `ao_level` 4 and 6 are towns and settlements. */
export interface FiasCity {
  readonly formal_name: string;
  readonly official_name?: string;
  readonly prefix?: string;
  readonly guid?: string;
  readonly ao_level?: string;
}

export interface Detection {
  /** One of API_STATUS_CODES, or a code unknown to us that is passed through. */
  readonly status_code: string;
  readonly status_msg?: string;
  readonly detected_cdek_city?: CdekCity;
  readonly detected_fias_city?: FiasCity;
  /** Names of the places that the postcode may mean. */
  readonly possible_cities?: readonly string[];
  /**
   * gorod's own extension, 0 to 1: how sure the local matcher behind a `gorod serve` is, where that is too little to be
   * accepted without review.
   */
  readonly confidence?: number;
  /** gorod's own extension: given in place of an upstream that could not be asked. */
  readonly fallback?: boolean;
  /**
   * gorod's own extension: what an order would meet as far as the gazetteer behind a `gorod serve` knows, where the
   * other fields alone would make CDEK's own answer foretell something else.
   */
  readonly order_error?: Foretold;
  /** gorod's own extension: what the matcher behind a `gorod serve` has to say about its answer. */
  readonly note?: Note;
}
