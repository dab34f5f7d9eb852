import { setTimeout as delay } from 'node:timers/promises';
import type { RateLimit } from './rate-limit.ts';
import { type Upstream, UpstreamDown, UpstreamFailure } from './upstream.ts';

const SHORTEST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

export interface RetryOptions {
  /** How often a question is asked again after its first failure. */
  readonly retries: number;
  /** Paused for the whole run when the upstream asks for it with Retry-After. */
  readonly limit: RateLimit;
  /** Told of every request that brought an answer or failed, and whether it was a retry. */
  readonly onAttempt?: (isRetry: boolean) => void;
  /** Told before every wait for another attempt. */
  readonly onRetry?: (failure: UpstreamFailure) => void;
  readonly sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<unknown>;
  /** From 0 to below 1. */
  readonly random?: () => number;
}

/**
 * Wraps an upstream so that a failed question is asked again. Each wait is drawn from half a second up to three times
 * the one before, at most 30 s ("decorrelated jitter"), so that rows which failed together do not come back together.
 * Rejects with the last failure. An answer, a refused key and an upstream that is down pass at once.
 */
export function retried<Question, Answer>(
  upstream: Upstream<Question, Answer>,
  options: RetryOptions,
): Upstream<Question, Answer> {
  const { retries, limit, onAttempt = () => {}, onRetry = () => {}, random = Math.random } = options;
  const { sleep = (ms, signal) => delay(ms, undefined, signal === undefined ? {} : { signal }) } = options;

  /** Says what is to be done about a failure: nothing but to wait, or throws what cannot be helped by asking again. */
  function bear(error: unknown, attempt: number): void {
    if (!(error instanceof UpstreamFailure)) throw error;
    if (error.retryAfterMs !== undefined) limit.penalize(error.retryAfterMs);
    if (error instanceof UpstreamDown) throw error;
    onAttempt(attempt > 0);
    if (attempt >= retries) throw error;
    onRetry(error);
  }

  return {
    origin: upstream.origin,
    async ask(question, signal) {
      let waitMs = SHORTEST_WAIT_MS;
      for (let attempt = 0; ; attempt += 1) {
        try {
          const answer = await upstream.ask(question, signal);
          onAttempt(attempt > 0);
          return answer;
        } catch (error) {
          bear(error, attempt);
        }
        waitMs = Math.min(SHORTEST_WAIT_MS + random() * (3 * waitMs - SHORTEST_WAIT_MS), LONGEST_WAIT_MS);
        await sleep(waitMs, signal).catch((error: unknown) => {
          signal?.throwIfAborted();
          throw error;
        });
      }
    },
  };
}
