import type { RateLimit } from './rate-limit.ts';

/** Wraps a rate limit so that nothing starts any more once `stop` has aborted; who waits is turned away with its reason. */
export function stoppable(limit: RateLimit, stop: AbortSignal): RateLimit {
  return {
    acquire: (signal) => limit.acquire(signal === undefined ? stop : AbortSignal.any([stop, signal])),
    penalize: (waitMs) => limit.penalize(waitMs),
  };
}
