import { jointWith } from './joint-signal.ts';
import type { RateLimit } from './rate-limit.ts';

/** Wraps a rate limit so that nothing starts any more once `stop` has aborted; who waits is turned away with its reason. */
export function stoppable(limit: RateLimit, stop: AbortSignal): RateLimit {
  const underEither = jointWith(stop);
  return {
    acquire: (signal) =>
      signal === undefined ? limit.acquire(stop) : underEither(signal, (either) => limit.acquire(either)),
    penalize: (waitMs) => limit.penalize(waitMs),
  };
}
