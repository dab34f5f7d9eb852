/** Decides when a request may start. */
export interface RateLimit {
  /** Resolves when one more request may start, first come first served. Rejects at once when `signal` aborts. */
  acquire(signal?: AbortSignal): Promise<void>;
  /** Lets nothing start for `waitMs` from now: the upstream asked for a pause. */
  penalize(waitMs: number): void;
}

/** A rate limit whose rate may change while requests wait for it. */
export interface AdjustableRate extends RateLimit {
  /** Starts a second that are allowed now; less than what was set where others who share the limit want less. */
  perSecond(): number;
  /** Sets the rate of this process, in starts a second, above 0. Starts of the past second go on counting. */
  setRate(perSecond: number): void;
}
