import type { StartLog, StartView } from '../cache/start-log.ts';

/** The log of a process that asks alone. `now` gives milliseconds of a clock that never goes back. */
export function ownStarts(now: () => number = () => performance.now()): StartLog {
  /** Oldest first; `forgotten` older ones were dropped. */
  let starts: number[] = [];
  let forgotten = 0;
  let lowestRate = Number.POSITIVE_INFINITY;
  const view: StartView = {
    get now() {
      return now();
    },
    get lowestRate() {
      return lowestRate;
    },
    planned: Number.NEGATIVE_INFINITY,
    pausedUntil: Number.NEGATIVE_INFINITY,
    nthLast: (count) => starts.at(-count) ?? Number.NEGATIVE_INFINITY,
    start(keepSince) {
      // By halves, so that no start is dearer for the number of those before it.
      const half = starts.length >> 1;
      if (half > 64 && (starts[half] ?? keepSince) < keepSince) {
        starts = starts.slice(half);
        forgotten += half;
      }
      return forgotten + starts.push(now()) - 1;
    },
  };
  return {
    now,
    exclusively: (work) => work(view),
    amend(late, at) {
      for (const start of late) if (start >= forgotten) starts[start - forgotten] = at;
    },
    announce: (perSecond) => {
      lowestRate = perSecond;
    },
  };
}
