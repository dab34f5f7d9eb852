import { type Answered, type InvalidStatus, isFallback, type Outcome } from './outcome.ts';

/**
 * What CDEK answers to an order whose destination is wrong, by the codes of its order API (CDEK API Reference, "order
 * errors"):
 * - ERR_RECCITYPOSTCODE: the recipient's postcode is not in CDEK's database;
 * - ERR_RECCITYPOSTCODE_DUBL: the recipient's postcode means several cities, and no city code was given;
 * - ERR_NOT_FOUND_RECCITY: nothing names a destination, neither a postcode nor a city code;
 * - ERR_CASH_ON_DELIV_PAYREC_MISTAKE: the destination does not offer this cash on delivery.
 */
export const ORDER_ERRORS = [
  'ERR_RECCITYPOSTCODE',
  'ERR_RECCITYPOSTCODE_DUBL',
  'ERR_NOT_FOUND_RECCITY',
  'ERR_CASH_ON_DELIV_PAYREC_MISTAKE',
] as const;

export type OrderError = (typeof ORDER_ERRORS)[number];

/** What a row's order would meet; '' where nothing is foretold, which is no promise. */
export type Foretold = OrderError | '';

/** What of an unrepairable cell an order would stumble over at its destination. */
const OF_INVALID: Readonly<Partial<Record<InvalidStatus, OrderError>>> = {
  ERR_NO_POSTCODE: 'ERR_NOT_FOUND_RECCITY',
  ERR_BAD_POSTCODE: 'ERR_RECCITYPOSTCODE',
};

/**
 * What an order made from a row as it stands would meet at CDEK: with the city code where the row has one, else with
 * its postcode. Only what is known is foretold. A gazetteer that knows no CDEK code for a place, or no such postcode, is
 * no sign that CDEK has none. `status` is the one after the COD rule; `fiasOnly` is said of the question.
 */
export function orderError(outcome: Outcome, status: string, fiasOnly: boolean): Foretold {
  if (outcome.kind === 'deferred') return '';
  if (outcome.kind === 'invalid') return OF_INVALID[outcome.status] ?? '';
  if (status === 'COD_LIMIT_EXCEEDED') return 'ERR_CASH_ON_DELIV_PAYREC_MISTAKE';
  return outcome.detection.order_error ?? ofDestination(outcome, status, fiasOnly);
}

function ofDestination(outcome: Answered, status: string, fiasOnly: boolean): Foretold {
  switch (status) {
    case 'ERR_NO_POSTCODE':
      return 'ERR_NOT_FOUND_RECCITY';
    case 'ERR_MANY_CITIES_IN_ADDRESS':
      return isOfCdek(outcome) || several(outcome) ? 'ERR_RECCITYPOSTCODE_DUBL' : '';
    case 'ERR_NOT_DETECT_CITY_IN_ADDRESS':
      return ofPostcode(outcome);
    case 'ERR_CDEK_HAS_NO_FIAS_GUID':
      // To a question for the FIAS place alone it only says that the GUID is missing.
      return isOfCdek(outcome) && !fiasOnly ? 'ERR_NOT_FOUND_RECCITY' : '';
    default:
      return '';
  }
}

/** The row has no city code to order by: its postcode alone would have to say where. */
function ofPostcode(outcome: Answered): Foretold {
  if (citiesOfPostcode(outcome) === 0) return 'ERR_RECCITYPOSTCODE';
  return several(outcome) ? 'ERR_RECCITYPOSTCODE_DUBL' : '';
}

function several(outcome: Answered): boolean {
  return (citiesOfPostcode(outcome) ?? 0) > 1;
}

/** How many cities CDEK has for the postcode; undefined where nobody said so. */
function citiesOfPostcode(outcome: Answered): number | undefined {
  const { possible_cities } = outcome.detection;
  if (outcome.postcodeCities !== undefined) return outcome.postcodeCities;
  return isOfCdek(outcome) && possible_cities !== undefined ? new Set(possible_cities).size : undefined;
}

/** Whether CDEK itself answered. What stands in for it knows no more than a gazetteer does. */
function isOfCdek(outcome: Answered): boolean {
  return (outcome.source === 'api' || outcome.source === 'cache') && !isFallback(outcome);
}
