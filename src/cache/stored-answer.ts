import type { Detection } from '../address/detection.ts';
import { exceeds } from '../address/verdict.ts';

/**
 * What is known about one question. Only OK and COD_LIMIT_EXCEEDED of a full question depend on the amount: with the
 * city's `paymentLimit` they serve every amount, without it only those that `okUpTo` and `exceededFrom` allow.
 */
export interface StoredAnswer {
  readonly detection: Detection;
  /** The largest amount, in roubles, for which the API said OK. */
  readonly okUpTo?: number;
  /** The smallest amount, in roubles, for which the API said COD_LIMIT_EXCEEDED. */
  readonly exceededFrom?: number;
  /** Milliseconds since 1970. */
  readonly fetchedAt: number;
  /**
   * What was known before the job that fetched this. It goes on serving its amounts, so that a row gets the same
   * answer and source whether it is read before or after another amount had to be asked.
   */
  readonly earlier?: StoredAnswer;
  /**
   * Of an `earlier` one alone: a refusal that was no longer valid when the question was asked again. It serves nothing
   * any more, but still tells that the API did not find the city once.
   */
  readonly expired?: true;
}

/** With which amount, by which job and when an answer was fetched. Times are milliseconds since 1970. */
export interface Asked {
  readonly codRub: number;
  readonly fiasOnly: boolean;
  readonly now: number;
  readonly jobStart: number;
}

/** The answer for an amount, or undefined when the API has to be asked for it. Looks neither at age nor at `earlier`. */
export function serve(stored: StoredAnswer, codRub: number): Detection | undefined {
  const { detection, okUpTo, exceededFrom } = stored;
  if (okUpTo === undefined && exceededFrom === undefined) return detection;
  const limit = detection.detected_cdek_city?.paymentLimit;
  if (limit !== undefined) return withStatus(detection, exceeds(codRub, limit));
  if (okUpTo !== undefined && codRub <= okUpTo) return withStatus(detection, false);
  if (exceededFrom !== undefined && codRub >= exceededFrom) return withStatus(detection, true);
  return undefined;
}

/** Whether the same detection serves every amount, with the status that the amount decides. */
export function servesEveryAmount({ detection, okUpTo, exceededFrom, earlier }: StoredAnswer): boolean {
  if (earlier !== undefined) return false;
  const isBound = okUpTo !== undefined || exceededFrom !== undefined;
  return !isBound || detection.detected_cdek_city?.paymentLimit !== undefined;
}

/** What is known after one more answer to the same question. `known` must still be valid: its bounds are kept. */
export function absorb(known: StoredAnswer | undefined, detection: Detection, asked: Asked): StoredAnswer {
  const ofThisJob = known !== undefined && known.fetchedAt >= asked.jobStart;
  const earlier = ofThisJob ? known.earlier : known;
  return {
    ...merge(ofThisJob ? known : undefined, detection, asked),
    fetchedAt: asked.now,
    ...(earlier === undefined ? {} : { earlier }),
  };
}

/**
 * Whether an answer is only half of one: the amount is too much for a city that is not named. The contract has it asked
 * once more without an amount.
 */
export function owesCity({ detection, okUpTo, exceededFrom }: StoredAnswer): boolean {
  if (exceededFrom === undefined || exceededFrom === 0 || okUpTo !== undefined) return false;
  return detection.detected_cdek_city === undefined;
}

type Known = Pick<StoredAnswer, 'detection' | 'okUpTo' | 'exceededFrom'>;

function merge(known: StoredAnswer | undefined, detection: Detection, asked: Asked): Known {
  if (asked.fiasOnly || !dependsOnAmount(detection)) return { detection };
  const before = known !== undefined && dependsOnAmount(known.detection) ? known : undefined;
  const { codRub } = asked;
  let okUpTo = before?.okUpTo;
  let exceededFrom = before?.exceededFrom;
  // Where two answers contradict each other the newer one stands.
  if (detection.status_code === 'OK') {
    okUpTo = Math.max(codRub, okUpTo ?? codRub);
    if (exceededFrom !== undefined && exceededFrom <= codRub) exceededFrom = undefined;
  } else {
    exceededFrom = Math.min(codRub, exceededFrom ?? codRub);
    if (okUpTo !== undefined && okUpTo >= codRub) okUpTo = undefined;
  }
  return {
    detection: detection.detected_cdek_city === undefined && before !== undefined ? before.detection : detection,
    ...(okUpTo === undefined ? {} : { okUpTo }),
    ...(exceededFrom === undefined ? {} : { exceededFrom }),
  };
}

function dependsOnAmount(detection: Detection): boolean {
  return detection.status_code === 'OK' || detection.status_code === 'COD_LIMIT_EXCEEDED';
}

function withStatus(detection: Detection, exceeded: boolean): Detection {
  const status_code = exceeded ? 'COD_LIMIT_EXCEEDED' : 'OK';
  if (detection.status_code === status_code) return detection;
  const known = otherwise.get(detection);
  if (known !== undefined) return known;
  const { status_msg: _, ...rest } = detection;
  const other = { ...rest, status_code };
  otherwise.set(detection, other);
  return other;
}

/** Answers with the other of the two statuses: the same object for the same answer, as the cache hands it out. */
const otherwise = new WeakMap<Detection, Detection>();
