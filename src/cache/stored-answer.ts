import type { Detection } from '../address/detection.ts';

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
}

/** The answer for an amount, or undefined when the API has to be asked for it. */
export function serve(stored: StoredAnswer, codRub: number): Detection | undefined {
  const { detection, okUpTo, exceededFrom } = stored;
  if (okUpTo === undefined && exceededFrom === undefined) return detection;
  const limit = detection.detected_cdek_city?.paymentLimit;
  if (limit !== undefined) return withStatus(detection, exceeds(codRub, limit));
  if (okUpTo !== undefined && codRub <= okUpTo) return withStatus(detection, false);
  if (exceededFrom !== undefined && codRub >= exceededFrom) return withStatus(detection, true);
  return undefined;
}

/** What is known after one more answer to the same question. `codRub` is the amount that was asked with it. */
export function absorb(
  known: StoredAnswer | undefined,
  detection: Detection,
  asked: { readonly codRub: number; readonly fiasOnly: boolean; readonly now: number },
): StoredAnswer {
  const fetchedAt = asked.now;
  if (asked.fiasOnly || !dependsOnAmount(detection)) return { detection, fetchedAt };
  const before = known !== undefined && dependsOnAmount(known.detection) ? known : undefined;
  const ok = detection.status_code === 'OK';
  const okUpTo = ok ? Math.max(asked.codRub, before?.okUpTo ?? asked.codRub) : before?.okUpTo;
  const exceededFrom = ok ? before?.exceededFrom : Math.min(asked.codRub, before?.exceededFrom ?? asked.codRub);
  const kept = detection.detected_cdek_city === undefined && before !== undefined ? before.detection : detection;
  return {
    detection: kept,
    ...(okUpTo === undefined ? {} : { okUpTo }),
    ...(exceededFrom === undefined ? {} : { exceededFrom }),
    fetchedAt,
  };
}

/** Whether `codRub` roubles are more than a payment limit allows: -1 never, 0 whenever there is any, else above it. */
export function exceeds(codRub: number, paymentLimit: number): boolean {
  if (paymentLimit < 0) return false;
  return codRub > paymentLimit;
}

function dependsOnAmount(detection: Detection): boolean {
  return detection.status_code === 'OK' || detection.status_code === 'COD_LIMIT_EXCEEDED';
}

function withStatus(detection: Detection, exceeded: boolean): Detection {
  const status_code = exceeded ? 'COD_LIMIT_EXCEEDED' : 'OK';
  if (detection.status_code === status_code) return detection;
  const { status_msg: _, ...rest } = detection;
  return { ...rest, status_code };
}
