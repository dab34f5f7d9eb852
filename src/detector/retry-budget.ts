import type { AdjustableRate } from './rate-limit.ts';

/** So many of the last requests are looked at. */
const REQUESTS = 50;
/** After a change, so many must have been made at the new rate before it is judged. */
const ENOUGH = 20;
/** Whatever happens, so many requests a second stay allowed. */
const LOWEST_RATE = 1;

export interface RetryBudget {
  /** The limit with the budget in force. `setRate` sets the rate that holds while retries are few. */
  readonly rate: AdjustableRate;
  /** To be told of every request that was made. */
  onAttempt(isRetry: boolean): void;
}

/**
 * Halves the rate when more than half of the last requests were retries, again and again down to one a second, and
 * doubles it back when they no longer are.
 */
export function retryBudget(limit: AdjustableRate, perSecond: number): RetryBudget {
  let full = perSecond;
  let share = 1;
  let recent: boolean[] = [];

  const lowest = () => Math.min(full, LOWEST_RATE);

  function change(factor: number): void {
    share *= factor;
    recent = [];
    limit.setRate(Math.max(full * share, lowest()));
  }

  return {
    rate: {
      ...limit,
      setRate(wanted) {
        full = wanted;
        change(1);
      },
    },
    onAttempt(isRetry) {
      recent.push(isRetry);
      if (recent.length > REQUESTS) recent.shift();
      if (recent.length < ENOUGH) return;
      const tooMany = recent.filter(Boolean).length > recent.length / 2;
      if (tooMany && full * share > lowest()) change(0.5);
      else if (!tooMany && share < 1) change(2);
    },
  };
}
