import type { LimitFunction } from 'p-limit';
import type { RateLimit } from './rate-limit.ts';
import type { Upstream } from './upstream.ts';

/**
 * Wraps an upstream so that no more requests are under way than `slots` has room for; shared by everything that asks.
 * It goes around `limited`: a start that is granted must be used at once.
 */
export function slotted(upstream: Upstream, slots: LimitFunction): Upstream {
  return { origin: upstream.origin, ask: (query, signal) => slots(() => upstream.ask(query, signal)) };
}

/**
 * Wraps an upstream so that requests start no faster than `limit` lets them. `onRequest` is told of every request at
 * the moment it starts, retries included.
 */
export function limited(upstream: Upstream, limit: RateLimit, onRequest: () => void = () => {}): Upstream {
  return {
    origin: upstream.origin,
    async ask(query, signal) {
      await limit.acquire(signal);
      onRequest();
      return upstream.ask(query, signal);
    },
  };
}
