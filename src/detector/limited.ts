import type { LimitFunction } from 'p-limit';
import type { RateLimit } from './rate-limit.ts';
import type { Upstream } from './upstream.ts';

export interface Limits {
  readonly limit: RateLimit;
  /** As many requests are under way at one time as it has room for; shared by everything that asks. */
  readonly slots: LimitFunction;
  /** Told of every request at the moment it starts, retries included. */
  readonly onRequest?: () => void;
}

/** Wraps an upstream so that requests start no faster than `limit` lets them and no more are under way than `slots`. */
export function limited(upstream: Upstream, { limit, slots, onRequest = () => {} }: Limits): Upstream {
  return {
    origin: upstream.origin,
    ask: (query, signal) =>
      // The slot is taken first: a start that is granted must be used at once.
      slots(async () => {
        await limit.acquire(signal);
        onRequest();
        return upstream.ask(query, signal);
      }),
  };
}
