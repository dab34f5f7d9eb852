import type { Detection } from '../address/detection.ts';
import type { AddressQuery } from '../address/query.ts';

/**
 * Something over a network that answers one question per request. Decorators of it add rate, retries and failover; they
 * look neither into questions nor into answers.
 */
export interface Upstream<Question = AddressQuery, Answer = Detection> {
  /** Scheme, host and port of the first endpoint, part of the cache key. */
  readonly origin: string;
  /** Resolves with any answer; rejects with UpstreamFailure, or with GorodError BAD_KEY where every request would fail. */
  ask(question: Question, signal?: AbortSignal): Promise<Answer>;
}

export interface FailureDetails {
  /** The HTTP status, where there was a response. */
  readonly status?: number | undefined;
  /** What Retry-After asked for, in milliseconds from now. */
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/** A request that brought no answer: time-out, reset, 429, 5xx, unusable body. Worth another try, never cached. */
export class UpstreamFailure extends Error {
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(reason: string, details: FailureDetails = {}) {
    super(reason, details);
    this.name = 'UpstreamFailure';
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** The upstream fails whoever asks: there is no sense in asking again before `probeInMs` milliseconds have passed. */
export class UpstreamDown extends UpstreamFailure {
  readonly probeInMs: number;

  constructor(reason: string, probeInMs: number, details: FailureDetails = {}) {
    super(reason, details);
    this.name = 'UpstreamDown';
    this.probeInMs = probeInMs;
  }
}
