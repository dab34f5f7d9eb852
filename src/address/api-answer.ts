import type { CdekCity, FiasCity } from './detection.ts';
import type { Language } from './languages.ts';
import { renderMessage } from './messages.ts';
import type { Outcome } from './outcome.ts';

/** An answer as detect-city's clients expect it: the seed document's fields in the seed's order. */
export interface ApiAnswer {
  readonly address: string;
  readonly detected_cdek_city?: CdekCity;
  readonly detected_fias_city?: FiasCity;
  readonly possible_cities?: readonly string[];
  readonly postcode: string;
  readonly status_code: string;
  readonly status_msg: string;
}

/** Puts question and outcome together into the API's shape. Objects that were not detected are absent. */
export function toApiAnswer(
  asked: { readonly address: string; readonly postcode: string },
  outcome: Outcome,
  status: string,
  language: Language,
): ApiAnswer {
  const detection = outcome.kind === 'answered' ? outcome.detection : undefined;
  const { detected_cdek_city, detected_fias_city, possible_cities } = detection ?? {};
  return {
    address: asked.address,
    ...(detected_cdek_city === undefined ? {} : { detected_cdek_city }),
    ...(detected_fias_city === undefined ? {} : { detected_fias_city }),
    ...(possible_cities === undefined ? {} : { possible_cities }),
    postcode: asked.postcode,
    status_code: status,
    status_msg: renderMessage(outcome, { status }, language),
  };
}
