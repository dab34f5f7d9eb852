import { nextTick } from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import type { StartLog, StartView } from '../cache/start-log.ts';
import { ownStarts } from './own-starts.ts';
import type { AdjustableRate } from './rate-limit.ts';

/** How much may be caught up on after a late timer or a stalled process, as a share of the window. */
const SLACK = 0.04;
/** Whoever measures by the wall clock sees it being adjusted now and then. */
const GUARD_MS = 2;
/** A start that came so much later than it was logged is corrected; what is less, the guard covers. */
const LATE_MS = 1;
/** Node's timers hold 31 bits; a longer wait is waited in parts. */
const LONGEST_SLEEP_MS = 2 ** 31 - 1;

export interface SlidingWindowOptions {
  /** Starts a second; below 1 the window is stretched, so that 0.5 means one start in two seconds. */
  readonly perSecond: number;
  /** Shared with other processes; by default the process's own. */
  readonly log?: StartLog;
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

interface Waiter {
  readonly start: () => void;
}

/**
 * A rate limit that holds in every window [t, t + 1 s), not only on average: the log has the times of the last starts,
 * and the next one goes when the window behind it has room. Starts are also spread over the window, because a burst at
 * its edge could reach the server closer together than it left here. Whoever shares the log shares the limit, and the
 * lowest rate among them holds.
 */
export function slidingWindow(options: SlidingWindowOptions): AdjustableRate {
  const { log = ownStarts(), sleep = (ms, signal) => delay(ms, undefined, { signal }) } = options;
  announce(options.perSecond);

  const waiting = new Set<Waiter>();
  let awake: AbortController | undefined;

  function announce(perSecond: number): void {
    if (!(perSecond > 0)) throw new RangeError('a rate is above 0');
    log.announce(perSecond);
  }

  /** Lets one go. The start is logged anew where the process was held up in between. */
  async function release(waiter: Waiter, start: number, loggedAt: number): Promise<void> {
    waiter.start();
    await new Promise<void>((resolve) => nextTick(resolve));
    if (log.now() - loggedAt > LATE_MS) log.amend(start);
  }

  async function serve(wake: AbortController): Promise<void> {
    // Only a late start is caught up on, not the time in which nobody wanted one.
    let afterIdle = true;
    for (const waiter of waiting) {
      while (waiting.has(waiter)) {
        const loggedAt = log.now();
        const taken = log.exclusively((view) => take(view, afterIdle));
        afterIdle = false;
        if ('start' in taken) {
          waiting.delete(waiter);
          await release(waiter, taken.start, loggedAt);
        } else {
          await sleep(Math.min(taken.waitMs, LONGEST_SLEEP_MS), wake.signal);
        }
      }
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
        waiting.add(waiter);
        wakeUp();
      });
    },
    penalize(waitMs) {
      log.exclusively((view) => {
        view.pausedUntil = Math.max(view.pausedUntil, view.now + waitMs);
      });
    },
    perSecond: () => log.exclusively((view) => view.lowestRate),
    setRate: announce,
  };
}

type Taken = { readonly start: number } | { readonly waitMs: number };

/** Takes the start that is due, or says how long it is until one may be. */
function take(view: StartView, afterIdle: boolean): Taken {
  const { now, lowestRate } = view;
  const capacity = Math.max(1, Math.floor(lowestRate));
  const windowMs = lowestRate < 1 ? 1000 / lowestRate : 1000;
  const spacingMs = windowMs / capacity;
  if (afterIdle) view.planned = Math.max(view.planned, now - spacingMs);
  // Its place in an even spread. Places that were missed are lost, but for those within the slack.
  const planned = Math.max(view.planned + spacingMs, now - SLACK * windowMs);
  const due = Math.max(view.nthLast(capacity) + windowMs + GUARD_MS, planned, view.pausedUntil);
  if (now < due) return { waitMs: due - now };
  view.planned = planned;
  return { start: view.start(now - windowMs - GUARD_MS) };
}
