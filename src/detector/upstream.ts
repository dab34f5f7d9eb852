import type { Detection } from '../address/detection.ts';
import type { AddressQuery } from '../address/query.ts';

/** Something over a network that answers one question per request. Decorators of it add rate, retries and failover. */
export interface Upstream {
  /** Scheme, host and port of the first endpoint, part of the cache key. */
  readonly origin: string;
  /** Resolves with any answer; rejects with UpstreamFailure, or with GorodError BAD_KEY where every request would fail. */
  ask(query: AddressQuery, signal?: AbortSignal): Promise<Detection>;
}

/** A request that brought no answer: time-out, reset, 429, 5xx, unusable body. Worth another try, never cached. */
export class UpstreamFailure extends Error {
  /** What Retry-After asked for, in milliseconds from now. */
  readonly retryAfterMs: number | undefined;

  constructor(reason: string, options?: { readonly retryAfterMs?: number | undefined; readonly cause?: unknown }) {
    super(reason, options);
    this.name = 'UpstreamFailure';
    this.retryAfterMs = options?.retryAfterMs;
  }
}
