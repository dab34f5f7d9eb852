import { nextTick } from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import type { StartLog, StartView } from '../cache/start-log.ts';
import { atOnce, type Together } from '../cache/together.ts';
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
  readonly log?: StartLog | undefined;
  /**
   * Writes to the log together with what came with those who wait, such as the answer that freed their place: it is
   * committed before they start, so that after a kill no more has to be asked again than may be under way at once.
   */
  readonly together?: Together | undefined;
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/** Starts that may be closer than this go at one time: a shared log is dear to open. */
const CLOSE_MS = 1;

interface Waiter {
  readonly start: () => void;
  readonly fail: (error: unknown) => void;
}

/**
 * A rate limit that holds in every window [t, t + 1 s), not only on average: the log has the times of the last starts,
 * and the next one goes when the window behind it has room. Starts are also spread over the window, because a burst at
 * its edge could reach the server closer together than it left here. Whoever shares the log shares the limit, and the
 * lowest rate among them holds.
 */
export function slidingWindow(options: SlidingWindowOptions): AdjustableRate {
  const { log = ownStarts(), together = atOnce, sleep = (ms, signal) => delay(ms, undefined, { signal }) } = options;
  announce(options.perSecond);

  const waiting = new Set<Waiter>();
  let awake: AbortController | undefined;

  function announce(perSecond: number): void {
    if (!(perSecond > 0)) throw new RangeError('a rate is above 0');
    log.announce(perSecond);
  }

  /** Lets the first ones go. Where that took long, all are logged anew as starting when the last one did. */
  async function release({ starts, at }: Taken): Promise<void> {
    for (const waiter of [...waiting].slice(0, starts.length)) waiter.start();
    await new Promise<void>((resolve) => nextTick(resolve));
    const left = log.now();
    // With whatever is written next. What is wrong with the log will show there too, to those who wait for it.
    if (left - at > LATE_MS) together(() => log.amend(starts, left)).catch(() => {});
  }

  async function serve(wake: AbortController): Promise<void> {
    // Only a late start is caught up on, not the time in which nobody wanted one.
    let afterIdle = true;
    while (waiting.size > 0) {
      const taken = await together(() => log.exclusively((view) => take(view, waiting.size, afterIdle)));
      afterIdle = false;
      if (taken.starts.length > 0) await release(taken);
      else if (waiting.size > 0) await sleep(Math.min(taken.waitMs, LONGEST_SLEEP_MS), wake.signal);
    }
  }

  /** One loop at a time serves the queue in order, for as long as there is one. */
  function wakeUp(): void {
    if (awake !== undefined) return;
    const wake = new AbortController();
    awake = wake;
    serve(wake)
      .catch((error: unknown) => {
        for (const waiter of [...waiting]) if (!wake.signal.aborted) waiter.fail(error);
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
        const end = () => {
          waiting.delete(waiter);
          signal?.removeEventListener('abort', leave);
        };
        const leave = () => {
          waiter.fail(signal?.reason);
          // Nobody is left to wait for: a long pause must not keep the process alive.
          if (waiting.size === 0) awake?.abort();
        };
        const waiter: Waiter = {
          start: () => {
            end();
            resolve();
          },
          fail: (error) => {
            end();
            reject(error);
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

interface Taken {
  /** Numbers in the log of the starts that were due. */
  readonly starts: readonly number[];
  /** When they were logged. */
  readonly at: number;
  /** How long it is until the next one may be, in milliseconds. */
  readonly waitMs: number;
}

/** Takes the starts that are due, `most` at most. */
function take(view: StartView, most: number, afterIdle: boolean): Taken {
  const { now, lowestRate } = view;
  const capacity = Math.max(1, Math.floor(lowestRate));
  const windowMs = lowestRate < 1 ? 1000 / lowestRate : 1000;
  const spacingMs = windowMs / capacity;
  if (afterIdle) view.planned = Math.max(view.planned, now - Math.max(spacingMs, CLOSE_MS));
  const starts: number[] = [];
  for (;;) {
    // Its place in an even spread. Places that were missed are lost, but for those within the slack.
    const planned = Math.max(view.planned + spacingMs, now - SLACK * windowMs);
    const due = Math.max(view.nthLast(capacity) + windowMs + GUARD_MS, planned, view.pausedUntil);
    if (now < due || starts.length === most) return { starts, at: now, waitMs: due - now };
    view.planned = planned;
    starts.push(view.start(now - windowMs - GUARD_MS));
  }
}
