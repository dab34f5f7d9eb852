import type { PostcodeCity } from '../address/postcode-city.ts';
import { newest } from './newest.ts';
import type { Lifetimes } from './validity.ts';

/** What API v2 said of one postcode. */
export interface StoredCities {
  /** Empty where it knows no such postcode. */
  readonly cities: readonly PostcodeCity[];
  /** Milliseconds since 1970. */
  readonly fetchedAt: number;
}

/** Stored lists of cities by postcode key (see address/key.ts). Synchronous: everything is in memory or in a local file. */
export interface PostcodeCache {
  /** The stored lists in the order of `keys`; undefined where none is stored. */
  getMany(keys: readonly string[]): readonly (StoredCities | undefined)[];
  /** Stores a list; it is committed when this returns. */
  set(key: string, stored: StoredCities): void;
}

/** The list where it may serve a job that began at `jobStart`; what the job fetched itself always may. */
export function validCities(
  stored: StoredCities | undefined,
  { ttlMs, negativeTtlMs, refresh }: Lifetimes,
  jobStart: number,
): StoredCities | undefined {
  if (stored === undefined || stored.fetchedAt >= jobStart) return stored;
  const lifetimeMs = stored.cities.length > 0 ? ttlMs : negativeTtlMs;
  return refresh !== true && stored.fetchedAt + lifetimeMs > jobStart ? stored : undefined;
}

/** Lists that live as long as the process: the `most` newest. */
export function memoryPostcodes(most = Number.POSITIVE_INFINITY): PostcodeCache {
  const lists = newest<StoredCities>(most);
  return {
    getMany: (keys) => keys.map((key) => lists.get(key)),
    set: (key, stored) => {
      lists.set(key, stored);
    },
  };
}
