import type { Sharing } from './sharing.ts';
import type { SqliteSharing } from './sqlite-sharing.ts';

/** So often in its lifetime is what is held renewed. */
const RENEWALS = 4;

/** Runs `work` over the database that is open at this time. */
export type UseSharing = <T>(work: (sharing: SqliteSharing) => T) => T;

export interface HeldSharing {
  readonly sharing: Sharing;
  /** Gives back all that is held. */
  leave(): void;
}

/** Sharing whose leases and rates are renewed for as long as the process lives, every quarter of `lifetimeMs`. */
export function held(use: UseSharing, now: () => number, lifetimeMs: number): HeldSharing {
  let heart: NodeJS.Timeout | undefined;
  let left = false;

  function beat(): void {
    try {
      use((sharing) => sharing.renew());
    } catch {
      // What is wrong will show when the cache is next used, where someone waits for the error.
    }
  }

  function hold<T>(work: (sharing: SqliteSharing) => T): T {
    heart ??= setInterval(beat, lifetimeMs / RENEWALS).unref();
    return use(work);
  }

  return {
    sharing: {
      leases: {
        claim: (key) => hold(({ leases }) => leases.claim(key)),
        release: (key) => {
          // Leaving gave back all that was held.
          if (!left) hold(({ leases }) => leases.release(key));
        },
      },
      foundRates: {
        recall: (origin) => use(({ foundRates }) => foundRates.recall(origin)),
        remember: (origin, perSecond) => use(({ foundRates }) => foundRates.remember(origin, perSecond)),
      },
      startLog: (origin) => ({
        now,
        exclusively: (work) => hold((sharing) => sharing.startLog(origin).exclusively(work)),
        amend: (starts, at) => {
          if (!left) hold((sharing) => sharing.startLog(origin).amend(starts, at));
        },
        announce: (perSecond) => hold((sharing) => sharing.startLog(origin).announce(perSecond)),
      }),
    },
    leave() {
      left = true;
      if (heart === undefined) return;
      clearInterval(heart);
      try {
        use((sharing) => sharing.leave());
      } catch {
        // What could not be given back expires.
      }
    },
  };
}
