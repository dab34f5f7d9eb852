import type { LimitFunction } from 'p-limit';
import type { RateLimit } from './rate-limit.ts';
import { type Upstream, UpstreamFailure } from './upstream.ts';

/**
 * Wraps an upstream so that no more requests are under way than `slots` has room for; shared by everything that asks.
 * It goes around `limited`: a start that is granted must be used at once.
 */
export function slotted<Question, Answer>(
  upstream: Upstream<Question, Answer>,
  slots: LimitFunction,
): Upstream<Question, Answer> {
  return { origin: upstream.origin, ask: (question, signal) => slots(() => upstream.ask(question, signal)) };
}

/** Told of what goes out, retries included. */
export interface RequestWatch {
  /** A request starts now, after so many milliseconds of waiting for its turn. */
  readonly onRequest?: (waitedMs: number) => void;
  /** A request brought no answer. */
  readonly onFailure?: () => void;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
}

/** Wraps an upstream so that requests start no faster than `limit` lets them. */
export function limited<Question, Answer>(
  upstream: Upstream<Question, Answer>,
  limit: RateLimit,
  watch: RequestWatch = {},
): Upstream<Question, Answer> {
  const { onRequest = () => {}, onFailure = () => {}, now = () => performance.now() } = watch;
  return {
    origin: upstream.origin,
    async ask(question, signal) {
      const from = now();
      await limit.acquire(signal);
      onRequest(now() - from);
      try {
        return await upstream.ask(question, signal);
      } catch (error) {
        if (error instanceof UpstreamFailure) onFailure();
        throw error;
      }
    },
  };
}
