import { setTimeout as delay } from 'node:timers/promises';
import type { RateLimit } from './rate-limit.ts';
import { type Upstream, UpstreamFailure } from './upstream.ts';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

export interface RetryOptions {
  /** How often a question is asked again after its first failure. */
  readonly retries: number;
  /** Paused for the whole run when the upstream asks for it with Retry-After. */
  readonly limit: RateLimit;
  /** Told before every wait for another attempt. */
  readonly onRetry?: (failure: UpstreamFailure) => void;
  readonly sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<unknown>;
  /** From 0 to below 1. */
  readonly random?: () => number;
}

/**
 * Wraps an upstream so that a failed question is asked again, after waits that double from half a second up to 30 s,
 * each shortened by up to a half at random so that rows which failed together do not come back together. Rejects with
 * the last failure. An answer and a refused key pass at once.
 */
export function retried(upstream: Upstream, options: RetryOptions): Upstream {
  const { retries, limit, onRetry = () => {}, random = Math.random } = options;
  const { sleep = (ms, signal) => delay(ms, undefined, signal === undefined ? {} : { signal }) } = options;
  return {
    origin: upstream.origin,
    async ask(query, signal) {
      for (let attempt = 0; ; attempt += 1) {
        try {
          return await upstream.ask(query, signal);
        } catch (error) {
          if (!(error instanceof UpstreamFailure)) throw error;
          if (error.retryAfterMs !== undefined) limit.penalize(error.retryAfterMs);
          if (attempt >= retries) throw error;
          onRetry(error);
        }
        const longest = Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_WAIT_MS);
        await sleep(longest * (1 - random() / 2), signal).catch((error: unknown) => {
          signal?.throwIfAborted();
          throw error;
        });
      }
    },
  };
}
