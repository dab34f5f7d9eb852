import type { CdekCity, FiasCity } from './detection.ts';
import type { Language } from './languages.ts';
import { renderMessage } from './messages.ts';
import { type Foretold, orderError } from './order-error.ts';
import { type Answered, confidenceOf, isFallback, type Outcome } from './outcome.ts';

/**
 * An answer as detect-city's clients expect it: the seed document's fields in the seed's order. The last three are gorod's
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
}

/** How an outcome is told. */
export interface ApiAnswerSettings {
  /** The status after the COD rule. */
  readonly status: string;
  readonly language: Language;
  /** Answers of a local matcher under this confidence are in doubt. */
  readonly acceptConfidence: number;
}

/** Puts question and outcome together into the API's shape. Objects that were not detected are absent. */
export function toApiAnswer(
  asked: { readonly address: string; readonly postcode: string },
  outcome: Outcome,
  { status, language, acceptConfidence }: ApiAnswerSettings,
): ApiAnswer {
  const answered = outcome.kind === 'answered' ? outcome : undefined;
  const { detected_cdek_city, detected_fias_city, possible_cities } = answered?.detection ?? {};
  return {
    address: asked.address,
    ...(detected_cdek_city === undefined ? {} : { detected_cdek_city }),
    ...(detected_fias_city === undefined ? {} : { detected_fias_city }),
    ...(possible_cities === undefined ? {} : { possible_cities }),
    postcode: asked.postcode,
    status_code: status,
    status_msg: renderMessage(outcome, { status }, language),
    ...(answered === undefined ? {} : { ...doubts(answered, acceptConfidence), ...foretelling(answered, status) }),
  };
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
