import { answerStore } from './answer-store.ts';
import type { AnswerCache } from './cache.ts';
import { isDamage, openCacheFile, setAside, translated } from './cache-file.ts';

export interface OpenedCache {
  readonly cache: AnswerCache;
  /** What the user should know, e.g. that a damaged file was set aside. Grows when damage shows only later. */
  readonly warnings: readonly string[];
}

export interface SqliteCacheOptions {
  /** Milliseconds since 1970: the date in the name of a file that is set aside. */
  readonly now?: () => number;
  /** How long to wait for another run that is writing to the same cache. */
  readonly busyTimeoutMs?: number;
}

/**
 * Opens the cache in a SQLite file, shared by any number of runs at one time. Damage that shows only while it is used
 * is treated as at the start: the file is set aside, a new one begun, and what was in it counts as never stored.
 * Throws as `openCacheFile` does.
 */
export function openSqliteCache(file: string, options: SqliteCacheOptions = {}): OpenedCache {
  const { now = Date.now, ...waiting } = options;
  const warnings: string[] = [];
  let store = open();

  function open(): AnswerCache {
    const { database, warning } = openCacheFile(file, { ...waiting, now: now() });
    if (warning !== undefined) warnings.push(warning);
    return answerStore(database);
  }

  function use<T>(work: (current: AnswerCache) => T): T {
    return translated(file, () => {
      try {
        return work(store);
      } catch (error) {
        if (!isDamage(error)) throw error;
        store.close();
        warnings.push(setAside(file, 'is damaged', now()));
        store = open();
        return work(store);
      }
    });
  }

  return {
    cache: {
      getMany: (keys) => use((current) => current.getMany(keys)),
      set: (key, answer) => use((current) => current.set(key, answer)),
      close: () => store.close(),
    },
    warnings,
  };
}
