import { statSync } from 'node:fs';
import type { Texts } from '../languages.ts';
import { answerStore } from './answer-store.ts';
import type { AnswerCache } from './cache.ts';
import { isDamage, openCacheFile, patiently, setAside, translated } from './cache-file.ts';
import { held } from './held.ts';
import { machineClock } from './machine-clock.ts';
import { ownerName } from './owner.ts';
import type { PostcodeCache } from './postcode-cache.ts';
import { postcodeStore } from './postcode-store.ts';
import type { Sharing } from './sharing.ts';
import { type SqliteSharing, sqliteSharing } from './sqlite-sharing.ts';
import { CACHE_TEXTS } from './texts.ts';
import { gathering, type Together } from './together.ts';

export interface OpenedCache {
  readonly cache: AnswerCache;
  /** Closed with the cache. */
  readonly postcodes: PostcodeCache;
  /** What this run shares with others on the same file; given back when the cache is closed. */
  readonly sharing: Sharing;
  /** For what is written to any of them. */
  readonly together: Together;
  /** What the user should know, e.g. that a damaged file was set aside. Grows when damage shows only later. */
  readonly warnings: readonly Texts[];
}

export interface SqliteCacheOptions {
  /** Milliseconds since 1970: the date in the name of a file that is set aside. */
  readonly now?: () => number;
  /** How long to wait for another run that is writing to the same cache. */
  readonly busyTimeoutMs?: number;
  /** How long a lease and a rate hold when their holder dies, in milliseconds. */
  readonly leaseMs?: number;
}

const LEASE_MS = 10_000;

interface Store {
  /** Of the file as it was opened; another one has its name when another run has set it aside. */
  readonly fileId: bigint | undefined;
  readonly answers: AnswerCache;
  readonly postcodes: PostcodeCache;
  inTransaction(work: () => void): void;
  /** Made with its first use: a run that finds everything in the cache does without. */
  sharing(): SqliteSharing;
}

/**
 * Opens the cache in a SQLite file, shared by any number of runs at one time. Damage that shows only while it is used
 * is treated as at the start: the file is set aside, a new one begun, and what was in it counts as never stored.
 * Throws as `openCacheFile` does.
 */
export function openSqliteCache(file: string, options: SqliteCacheOptions = {}): OpenedCache {
  const { now = Date.now, leaseMs = LEASE_MS, ...waiting } = options;
  const owner = { name: ownerName(), now: machineClock, lifetimeMs: leaseMs, rates: new Map() };
  const warnings: Texts[] = [];
  let store = open();

  function open(): Store {
    const { database, warning } = openCacheFile(file, { ...waiting, whenWrong: { setAsideAt: now() } });
    if (warning !== undefined) warnings.push(warning);
    let shared: SqliteSharing | undefined;
    return {
      fileId: idOf(file),
      answers: answerStore(database),
      postcodes: postcodeStore(database),
      inTransaction: database.transaction((work: () => void) => work()).immediate,
      sharing: () => {
        shared ??= sqliteSharing(database, owner);
        return shared;
      },
    };
  }

  function use<T>(work: (current: Store) => T): T {
    return translated(file, () => {
      try {
        return patiently(() => work(store));
      } catch (error) {
        if (!isDamage(error)) throw error;
        store.answers.close();
        if (idOf(file) === store.fileId) warnings.push(setAside(file, CACHE_TEXTS.damaged, now()));
        store = open();
        return work(store);
      }
    });
  }

  const { together, close: stopGathering } = gathering((work) => use((current) => current.inTransaction(work)));
  const { sharing, leave } = held((work) => use((current) => work(current.sharing())), owner.now, leaseMs);
  return {
    cache: {
      getMany: (keys) => use((current) => current.answers.getMany(keys)),
      getStarting: (starts) => use((current) => current.answers.getStarting(starts)),
      set: (key, answer) => use((current) => current.answers.set(key, answer)),
      close: () => {
        stopGathering();
        leave();
        store.answers.close();
      },
    },
    postcodes: {
      getMany: (keys) => use((current) => current.postcodes.getMany(keys)),
      set: (key, stored) => use((current) => current.postcodes.set(key, stored)),
    },
    sharing,
    together,
    warnings,
  };
}

function idOf(file: string): bigint | undefined {
  return statSync(file, { bigint: true, throwIfNoEntry: false })?.ino;
}
