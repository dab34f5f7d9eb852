import type { CdekCity, Detection } from './detection.ts';
import { type Foretold, orderError } from './order-error.ts';
import { type Answered, confidenceOf, isFallback, type Outcome } from './outcome.ts';
import type { AddressQuery } from './query.ts';

export const VERDICTS = ['accept', 'review', 'reject', 'retry'] as const;

/** What to do with a row: ship it, let a person look, refuse it, or ask again later. */
export type Verdict = (typeof VERDICTS)[number];

/** `COD_LIMIT_EXCEEDED` exactly when the status is; `COD_LIMIT_UNKNOWN` when there is COD and no limit is known. */
export type CodFlag = 'COD_LIMIT_EXCEEDED' | 'COD_LIMIT_UNKNOWN' | '';

/** What makes an OK one for review. */
export type Doubt = 'limit-unknown' | 'low-confidence' | 'guids-differ' | 'no-city' | 'fallback';

/**
 * A row's outcome after the COD rule: what its columns `status`, `verdict`, `cod_flag`, `order_error` and
 * `payment_limit` say.
 */
export interface Judgement {
  readonly status: string;
  readonly verdict: Verdict;
  readonly codFlag: CodFlag;
  /** What an order made from the row would meet at CDEK. */
  readonly orderError: Foretold;
  /** Why an answer that is right as far as it goes is for review. */
  readonly doubt?: Doubt;
  /** The limit in force, in roubles: -1 none, 0 no cash on delivery, undefined not known. */
  readonly paymentLimit: number | undefined;
}

/** The shop's own knowledge of payment limits: roubles, -1 none, undefined where it knows nothing of the city. */
export type LimitOf = (city: CdekCity) => number | undefined;

/** What the judgement depends on beside the outcome. */
export interface JudgementRules {
  readonly limitOf: LimitOf;
  /** Answers of a local matcher under this confidence are for review. */
  readonly acceptConfidence: number;
}

/** Applies the COD rule and the table of verdicts. `query` is undefined for rows that made no question. */
export function judge(outcome: Outcome, query: AddressQuery | undefined, rules: JudgementRules): Judgement {
  const judged = judgeAlone(outcome, query, rules);
  // A substitute settles nothing, not even that a parcel is to be refused: the API is asked again.
  if (outcome.kind !== 'answered' || !isFallback(outcome)) return judged;
  return { ...judged, verdict: 'review', doubt: judged.doubt ?? 'fallback' };
}

/** The judgement whoever answered. */
function judgeAlone(outcome: Outcome, query: AddressQuery | undefined, rules: JudgementRules): Judgement {
  const judgement = (status: string, verdict: Verdict): Judgement => {
    const foretold = orderError(outcome, status, query?.fiasOnly === true);
    return { status, verdict, codFlag: '', orderError: foretold, paymentLimit: undefined };
  };
  if (outcome.kind === 'invalid') return judgement(outcome.status, 'reject');
  if (outcome.kind === 'deferred') return judgement('DEFERRED', 'retry');
  const { detection } = outcome;
  const city = detection.detected_cdek_city;
  const codRub = query?.codRub ?? 0;
  if (detection.status_code !== 'OK' && detection.status_code !== 'COD_LIMIT_EXCEEDED') {
    return judgement(detection.status_code, REFUSED_BY_API.has(detection.status_code) ? 'reject' : 'review');
  }
  const paymentLimit = city === undefined ? undefined : effectiveLimit(city.paymentLimit, rules.limitOf(city));
  const status = codStatus(detection, codRub, paymentLimit);
  if (status === 'COD_LIMIT_EXCEEDED') return { ...judgement(status, 'reject'), codFlag: status, paymentLimit };
  const codUnknown = city !== undefined && paymentLimit === undefined && codRub > 0;
  const doubt = doubtOf(outcome, query, rules) ?? (codUnknown ? 'limit-unknown' : undefined);
  return {
    status,
    verdict: doubt === undefined ? 'accept' : 'review',
    codFlag: codUnknown ? 'COD_LIMIT_UNKNOWN' : '',
    // A city that was found can be ordered to by its code.
    orderError: '',
    paymentLimit,
    ...(doubt === undefined ? {} : { doubt }),
  };
}

/** Whether `codRub` roubles are more than a payment limit allows: -1 never, 0 whenever there is any, else above it. */
export function exceeds(codRub: number, paymentLimit: number): boolean {
  return paymentLimit >= 0 && codRub > paymentLimit;
}

/** The stricter of two limits; where only one is known, that one. A shop's own limit fills and lowers, never raises. */
export function effectiveLimit(answered: number | undefined, own: number | undefined): number | undefined {
  if (answered === undefined || own === undefined) return answered ?? own;
  if (answered < 0) return own;
  return own < 0 ? answered : Math.min(answered, own);
}

const REFUSED_BY_API = new Set(['ERR_NO_POSTCODE', 'ERR_NO_ADDRESS', 'ERR_BAD_COUNTRY']);

function codStatus(detection: Detection, codRub: number, limit: number | undefined): 'OK' | 'COD_LIMIT_EXCEEDED' {
  if (limit !== undefined && exceeds(codRub, limit)) return 'COD_LIMIT_EXCEEDED';
  const ownLimit = detection.detected_cdek_city?.paymentLimit;
  if (detection.status_code === 'COD_LIMIT_EXCEEDED' && ownLimit === undefined) return 'COD_LIMIT_EXCEEDED';
  return 'OK';
}

function doubtOf(answered: Answered, query: AddressQuery | undefined, rules: JudgementRules): Doubt | undefined {
  const { detection } = answered;
  const confidence = confidenceOf(answered);
  if (query?.fiasOnly !== true && detection.detected_cdek_city === undefined) return 'no-city';
  if (isFallback(answered)) return 'fallback';
  if (confidence !== undefined && confidence < rules.acceptConfidence) return 'low-confidence';
  const cityGuid = detection.detected_cdek_city?.fiasGuid?.toLowerCase();
  const placeGuid = detection.detected_fias_city?.guid?.toLowerCase();
  return cityGuid !== undefined && placeGuid !== undefined && cityGuid !== placeGuid ? 'guids-differ' : undefined;
}
