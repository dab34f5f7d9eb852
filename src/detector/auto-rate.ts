import type { AdjustableRate, RateLimit } from './rate-limit.ts';
import { type Upstream, UpstreamFailure } from './upstream.ts';

export interface AutoRateOptions {
  /** How often the rate is judged, in milliseconds. */
  readonly epochMs?: number;
  /** Told of every rate that is tried, in requests a second. */
  readonly onFound?: (perSecond: number) => void;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
}

/** Added to the rate after an epoch in which all went well, in requests a second. */
const STEP = 1;
/** Added once there has been trouble: the limit is near, and every try costs a refusal. */
const CAREFUL_STEP = 0.5;
/** What is left of the rate after trouble. */
const BACK_OFF = 0.8;
const LOWEST_RATE = 1;
/** HTTP statuses by which an upstream says that it is asked too much. */
const THROTTLED: ReadonlySet<number> = new Set([429, 503]);
/** A median latency beyond this many times the floor, and so much more, has clearly risen. */
const RISEN = { times: 2, byMs: 50 };
/** Below this it counts as near its floor. */
const NEAR = { times: 1.5, byMs: 25 };
/** The share of the rate that must have been used before it is raised. */
const USED = 0.75;
/** What was seen since the rate was last judged. */
interface Epoch {
  readonly from: number;
  latencies: number[];
  throttled: number;
  starts: number;
  waited: number;
}

export interface AutoRate {
  /** The limit to ask under. */
  readonly limit: RateLimit;
  /** Wraps the endpoint itself, so that what is measured is its own latency. */
  watch<Question, Answer>(upstream: Upstream<Question, Answer>): Upstream<Question, Answer>;
}

/**
 * Finds the rate an upstream bears: one more request a second (later half of one) after every epoch without 429 and 503
 * in which the latency stays near its floor, a fifth less when it is throttled or the latency has clearly risen. Only a
 * rate that is used is raised: where requests do not wait for it, nothing can be learnt. `firstRate` is what `rate`
 * stands at.
 */
export function autoRate(rate: AdjustableRate, firstRate: number, options: AutoRateOptions = {}): AutoRate {
  const { epochMs = 1000, onFound = () => {}, now = () => performance.now() } = options;
  let wanted = firstRate;
  let floorMs = Number.POSITIVE_INFINITY;
  let troubled = false;
  let epoch = begin();
  /** What comes in until then was asked at the rate before. */
  let heedlessUntil = Number.NEGATIVE_INFINITY;

  function begin(): Epoch {
    return { from: now(), latencies: [], throttled: 0, starts: 0, waited: 0 };
  }

  function change(perSecond: number): void {
    wanted = perSecond;
    rate.setRate(wanted);
    onFound(wanted);
  }

  function backOff(): void {
    troubled = true;
    change(Math.max(wanted * BACK_OFF, LOWEST_RATE));
    heedlessUntil = now() + epochMs;
  }

  function raise(): void {
    // Where others hold the rate down nothing is learnt about a higher one.
    if (rate.perSecond() < wanted) return;
    change(wanted + (troubled ? CAREFUL_STEP : STEP));
  }

  /** Looks at the latencies and says whether they are near their floor, or have clearly risen, or neither. */
  function latency(): 'near' | 'risen' | 'between' {
    const medianMs = median(epoch.latencies);
    if (medianMs === undefined) return 'between';
    // What it is at the lowest rate is no longer our doing.
    floorMs = wanted > LOWEST_RATE ? Math.min(floorMs, medianMs) : medianMs;
    if (medianMs > floorMs * RISEN.times + RISEN.byMs) return 'risen';
    return medianMs <= floorMs * NEAR.times + NEAR.byMs ? 'near' : 'between';
  }

  function judge(): void {
    const elapsedMs = now() - epoch.from;
    const isHeedless = now() < heedlessUntil;
    if (epoch.throttled > 0 && !isHeedless) backOff();
    else if (elapsedMs < epochMs) return;
    else if (!isHeedless) {
      const found = latency();
      const isUsed = epoch.waited > epoch.starts / 2 && epoch.starts > USED * Math.floor(wanted) * (elapsedMs / 1000);
      if (found === 'risen') backOff();
      else if (found === 'near' && isUsed) raise();
    }
    epoch = begin();
  }

  return {
    limit: {
      async acquire(signal) {
        const from = now();
        await rate.acquire(signal);
        epoch.starts += 1;
        if (now() - from > 1) epoch.waited += 1;
      },
      penalize: (waitMs) => rate.penalize(waitMs),
    },
    watch: (upstream) => ({
      origin: upstream.origin,
      async ask(question, signal) {
        const from = now();
        try {
          const answer = await upstream.ask(question, signal);
          epoch.latencies.push(now() - from);
          return answer;
        } catch (error) {
          if (error instanceof UpstreamFailure) {
            if (error.status !== undefined && THROTTLED.has(error.status)) epoch.throttled += 1;
            // A failure says nothing about the floor, but a slow one is slow.
            if (now() - from > floorMs) epoch.latencies.push(now() - from);
          }
          throw error;
        } finally {
          judge();
        }
      },
    }),
  };
}

function median(values: readonly number[]): number | undefined {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
