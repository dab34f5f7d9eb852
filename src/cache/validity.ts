import type { Detection } from '../address/detection.ts';
import { owesCity, type StoredAnswer, serve } from './stored-answer.ts';

/** How long answers stay valid, in milliseconds. */
export interface Lifetimes {
  /** OK and COD_LIMIT_EXCEEDED. */
  readonly ttlMs: number;
  /** Every other answer. */
  readonly negativeTtlMs: number;
  /** Nothing that is older than the job is valid. */
  readonly refresh?: boolean;
}

/** Whether the API found the city; only such answers depend on the amount. */
export function isPositive(detection: Detection): boolean {
  return detection.status_code === 'OK' || detection.status_code === 'COD_LIMIT_EXCEEDED';
}

/** Whether an answer may serve a job that began at `jobStart`; what the job fetched itself always may. */
export function isValid(stored: StoredAnswer, lifetimes: Lifetimes, jobStart: number): boolean {
  if (stored.expired === true) return false;
  if (stored.fetchedAt >= jobStart) return true;
  // Half an answer is good only for the job that could not get the other half.
  if (lifetimes.refresh === true || owesCity(stored)) return false;
  const ttlMs = isPositive(stored.detection) ? lifetimes.ttlMs : lifetimes.negativeTtlMs;
  return stored.fetchedAt + ttlMs > jobStart;
}

/** Whether the API did not find the city, so long ago that this says nothing any more. `--refresh` is left aside. */
export function isExpiredRefusal(
  { detection, fetchedAt }: StoredAnswer,
  { negativeTtlMs }: Pick<Lifetimes, 'negativeTtlMs'>,
  jobStart: number,
): boolean {
  return !isPositive(detection) && fetchedAt + negativeTtlMs <= jobStart;
}

/** The part of a stored answer that is still valid. */
export function validPart(
  stored: StoredAnswer | undefined,
  lifetimes: Lifetimes,
  jobStart: number,
): StoredAnswer | undefined {
  if (stored === undefined || !isValid(stored, lifetimes, jobStart)) return undefined;
  if (stored.earlier === undefined) return stored;
  const { earlier, ...own } = stored;
  const rest = validPart(earlier, lifetimes, jobStart);
  return rest === undefined ? own : { ...own, earlier: rest };
}

/**
 * The oldest valid answer that serves an amount, with the time at which it was fetched. The oldest, so that a row gets
 * the same whether it is read before or after another amount was asked.
 */
export function validAnswer(
  stored: StoredAnswer | undefined,
  codRub: number,
  lifetimes: Lifetimes,
  jobStart: number,
): { readonly detection: Detection; readonly fetchedAt: number } | undefined {
  if (stored === undefined) return undefined;
  if (stored.earlier !== undefined) {
    const before = validAnswer(stored.earlier, codRub, lifetimes, jobStart);
    if (before !== undefined) return before;
  }
  if (!isValid(stored, lifetimes, jobStart)) return undefined;
  const detection = serve(stored, codRub);
  return detection === undefined ? undefined : { detection, fetchedAt: stored.fetchedAt };
}
