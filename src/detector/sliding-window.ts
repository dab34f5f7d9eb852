import { nextTick } from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import type { RateLimit } from './rate-limit.ts';

/** How much may be caught up on after a late timer or a stalled process, as a share of the window. */
const SLACK = 0.04;
/** Whoever measures by the wall clock sees it being adjusted now and then. */
const GUARD_MS = 2;
/** Node's timers hold 31 bits; a longer wait is waited in parts. */
const LONGEST_SLEEP_MS = 2 ** 31 - 1;

export interface SlidingWindowOptions {
  /** Starts a second; below 1 the window is stretched, so that 0.5 means one start in two seconds. */
  readonly perSecond: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

interface Waiter {
  readonly start: () => void;
}

/**
 * A rate limit that holds in every window [t, t + 1 s), not only on average: it keeps the times of the last starts and
 * lets the next one go when the window behind it has room. Starts are also spread over the window, because a burst at
 * its edge could reach the server closer together than it left here.
 */
export function slidingWindow(options: SlidingWindowOptions): RateLimit {
  const { perSecond, now = () => performance.now() } = options;
  const { sleep = (ms, signal) => delay(ms, undefined, { signal }) } = options;
  if (!(perSecond > 0)) throw new RangeError('a rate is above 0');
  const capacity = Math.max(1, Math.floor(perSecond));
  const windowMs = perSecond < 1 ? 1000 / perSecond : 1000;
  const spacingMs = windowMs / capacity;

  /** The last `capacity` starts, a ring: at `next` stands the oldest. */
  const starts = new Array<number>(capacity).fill(Number.NEGATIVE_INFINITY);
  let next = 0;
  let planned = Number.NEGATIVE_INFINITY;
  let pausedUntil = Number.NEGATIVE_INFINITY;

  const waiting = new Set<Waiter>();
  let awake: AbortController | undefined;

  /** When the next start may be. */
  function due(time: number): number {
    return Math.max((starts[next] ?? 0) + windowMs + GUARD_MS, plan(time), pausedUntil);
  }

  /** Its place in an even spread. Places that were missed are lost, but for those within the slack. */
  function plan(time: number): number {
    return Math.max(planned + spacingMs, time - SLACK * windowMs);
  }

  /** Lets one go. Its time is taken when it surely has started: the process may be held up in between. */
  async function release(waiter: Waiter): Promise<void> {
    planned = plan(now());
    waiter.start();
    await new Promise<void>((resolve) => nextTick(resolve));
    starts[next] = now();
    next = (next + 1) % capacity;
  }

  async function serve(wake: AbortController): Promise<void> {
    for (const waiter of waiting) {
      for (let time = now(); time < due(time); time = now()) {
        await sleep(Math.min(due(time) - time, LONGEST_SLEEP_MS), wake.signal);
        if (!waiting.has(waiter)) break;
      }
      // Whoever left while it slept has left its place to the next.
      if (waiting.delete(waiter)) await release(waiter);
    }
  }

  /** One loop at a time serves the queue in order, for as long as there is one. */
  function wakeUp(): void {
    if (awake !== undefined) return;
    const wake = new AbortController();
    awake = wake;
    serve(wake)
      .catch((error: unknown) => {
        if (!wake.signal.aborted) throw error;
      })
      .finally(() => {
        awake = undefined;
        if (waiting.size > 0) wakeUp();
      });
  }

  return {
    acquire(signal) {
      return new Promise<void>((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const leave = () => {
          waiting.delete(waiter);
          reject(signal?.reason);
          // Nobody is left to wait for: a long pause must not keep the process alive.
          if (waiting.size === 0) awake?.abort();
        };
        const waiter: Waiter = {
          start: () => {
            signal?.removeEventListener('abort', leave);
            resolve();
          },
        };
        signal?.addEventListener('abort', leave, { once: true });
        // Only a late start is caught up on, not the time in which nobody wanted one.
        if (waiting.size === 0) planned = Math.max(planned, now() - spacingMs);
        waiting.add(waiter);
        wakeUp();
      });
    },
    penalize(waitMs) {
      pausedUntil = Math.max(pausedUntil, now() + waitMs);
    },
  };
}
