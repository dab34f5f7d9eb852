import { until } from '../until.ts';

/** Lets those who share a key have their turn one after the other, in the order in which they came. */
export interface Turns {
  /** Does `work` once all who came before with the same key are done, however that ended. */
  take<T>(key: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

export function createTurns(): Turns {
  const last = new Map<string, Promise<void>>();
  return {
    take(key, work, signal) {
      const before = last.get(key) ?? Promise.resolve();
      const turn = before.then(() => {
        signal?.throwIfAborted();
        return work();
      });
      const done = turn.then(
        () => {},
        () => {},
      );
      last.set(key, done);
      void done.then(() => {
        if (last.get(key) === done) last.delete(key);
      });
      return until(turn, signal);
    },
  };
}
