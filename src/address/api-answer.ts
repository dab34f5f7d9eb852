import type { Language } from '../languages.ts';
import type { CdekCity, FiasCity } from './detection.ts';
import { renderMessage } from './messages.ts';
import { type Foretold, orderError } from './order-error.ts';
import {
  type Answered,
  confidenceOf,
  isFallback,
  isGazetteerShort,
  type Note,
  noteOf,
  type Outcome,
} from './outcome.ts';
import type { CodFlag } from './verdict.ts';

/**
 * An answer as detect-city's clients expect it: the seed document's fields in the seed's order. The last ones are gorod's
 * own and only there where the answer is in doubt.
 */
export interface ApiAnswer {
  readonly address: string;
  readonly detected_cdek_city?: CdekCity;
  readonly detected_fias_city?: FiasCity;
  readonly possible_cities?: readonly string[];
  readonly postcode: string;
  readonly status_code: string;
  readonly status_msg: string;
  /** 0 to 1; never rounded up. */
  readonly confidence?: number;
  readonly fallback?: true;
  readonly order_error?: Foretold;
  /** Cash is to be collected, and no limit is known. */
  readonly cod_flag?: 'COD_LIMIT_UNKNOWN';
  readonly note?: Note;
}

/** How an outcome is told. */
export interface ApiAnswerSettings {
  /** The status after the COD rule. */
  readonly status: string;
  /** The flag of the COD rule. */
  readonly codFlag?: CodFlag;
  /** The limit in force, in roubles, where the shop has its own; it takes the place of the city's. */
  readonly paymentLimit?: number | undefined;
  readonly language: Language;
  /** Answers of a local matcher under this confidence are in doubt. */
  readonly acceptConfidence: number;
}

/** Puts question and outcome together into the API's shape. Objects that were not detected are absent. */
export function toApiAnswer(
  asked: { readonly address: string; readonly postcode: string },
  outcome: Outcome,
  { status, codFlag, paymentLimit, language, acceptConfidence }: ApiAnswerSettings,
): ApiAnswer {
  const answered = outcome.kind === 'answered' ? outcome : undefined;
  const { detected_fias_city, possible_cities } = answered?.detection ?? {};
  const detected_cdek_city = limited(answered?.detection.detected_cdek_city, paymentLimit);
  return {
    address: asked.address,
    ...(detected_cdek_city === undefined ? {} : { detected_cdek_city }),
    ...(detected_fias_city === undefined ? {} : { detected_fias_city }),
    ...(possible_cities === undefined ? {} : { possible_cities }),
    postcode: asked.postcode,
    status_code: status,
    status_msg: renderMessage(outcome, { status }, language),
    ...(answered === undefined ? {} : { ...doubts(answered, acceptConfidence), ...foretelling(answered, status) }),
    ...(codFlag === 'COD_LIMIT_UNKNOWN' ? { cod_flag: codFlag } : {}),
    ...(answered === undefined ? {} : remarks(answered, status)),
  };
}

/** The city with the limit in force, in the place that it has among the fields of the seed: they are in the alphabet's order. */
function limited(city: CdekCity | undefined, paymentLimit: number | undefined): CdekCity | undefined {
  if (city === undefined || paymentLimit === undefined || city.paymentLimit === paymentLimit) return city;
  const fields = Object.entries({ ...city, paymentLimit }).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(fields) as unknown as CdekCity;
}

/** What a reader in another process cannot see from the rest. */
function remarks(answered: Answered, status: string): Pick<ApiAnswer, 'note'> {
  const note = isGazetteerShort(answered, status) ? ({ kind: 'gazetteer-short' } as const) : noteOf(answered);
  return note === undefined ? {} : { note };
}

/** What this gorod foretells of an order, where its reader would take the answer for CDEK's own and read more from it. */
function foretelling(outcome: Answered, status: string): Pick<ApiAnswer, 'order_error'> {
  const order_error = orderError(outcome, status, false);
  const { order_error: _, ...detection } = outcome.detection;
  const read = orderError({ kind: 'answered', source: 'api', detection }, status, false);
  return order_error === read ? {} : { order_error };
}

/** Where no place was found there is nothing to be sure of. */
function doubts(answered: Answered, acceptConfidence: number): Pick<ApiAnswer, 'confidence' | 'fallback'> {
  const { detected_cdek_city, detected_fias_city } = answered.detection;
  const isFound = detected_cdek_city !== undefined || detected_fias_city !== undefined;
  const confidence = confidenceOf(answered);
  const isUnsure = isFound && confidence !== undefined && confidence < acceptConfidence;
  return {
    ...(isUnsure ? { confidence: Math.floor(confidence * 1000) / 1000 } : {}),
    ...(isFallback(answered) ? { fallback: true } : {}),
  };
}
