/** Decides when a request may start. */
export interface RateLimit {
  /** Resolves when one more request may start, first come first served. Rejects at once when `signal` aborts. */
  acquire(signal?: AbortSignal): Promise<void>;
  /** Lets nothing start for `waitMs` from now: the upstream asked for a pause. */
  penalize(waitMs: number): void;
}
