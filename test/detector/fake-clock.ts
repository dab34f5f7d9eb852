/** A clock for tests: time passes only in `run`, from one sleeper's end to the next. */
export interface FakeClock {
  /** Milliseconds. */
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Lets time pass until nobody sleeps any more, or until `untilMs`. */
  run(untilMs?: number): Promise<void>;
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** `late` says by how many milliseconds a sleeper is woken too late, as a busy machine does it. */
export function fakeClock(late: () => number = () => 0): FakeClock {
  let time = 0;
  const sleepers = new Set<Sleeper>();
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    now: () => time,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const onAbort = () => {
          sleepers.delete(sleeper);
          reject(signal?.reason);
        };
        const wake = () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        };
        const sleeper = { at: time + ms + late(), wake };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', onAbort);
      }),
    async run(untilMs = Number.POSITIVE_INFINITY) {
      await settle();
      while (sleepers.size > 0) {
        const first = [...sleepers].reduce((a, b) => (b.at < a.at ? b : a));
        if (first.at > untilMs) break;
        sleepers.delete(first);
        time = Math.max(time, first.at);
        first.wake();
        await settle();
      }
      if (Number.isFinite(untilMs)) time = Math.max(time, untilMs);
    },
  };
}
