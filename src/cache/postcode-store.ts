import type { Database } from 'better-sqlite3';
import type { PostcodeCity } from '../address/postcode-city.ts';
import type { PostcodeCache, StoredCities } from './postcode-cache.ts';

type PostcodeRow = readonly [cities: string, fetchedAt: number];

/** The postcodes of an open database of schema.ts. SQLite's errors pass as they are. */
export function postcodeStore(database: Database): PostcodeCache {
  const select = database
    .prepare<[string], PostcodeRow>('SELECT cities, fetched_at FROM postcodes WHERE key = ?')
    .raw(true);
  const replace = database.prepare('INSERT OR REPLACE INTO postcodes (key, cities, fetched_at) VALUES (?, ?, ?)');

  function get(key: string): StoredCities | undefined {
    const row = select.get(key);
    if (row === undefined) return undefined;
    const cities = parseCities(row[0]);
    // A row that makes no sense counts as never stored: it is asked and written anew.
    return cities && { cities, fetchedAt: row[1] };
  }

  const getAll = database.transaction((keys: readonly string[]) => keys.map(get));
  return {
    getMany: (keys) => (keys.length > 1 ? getAll(keys) : keys.map(get)),
    set: (key, { cities, fetchedAt }) => {
      replace.run(key, JSON.stringify(cities), Math.floor(fetchedAt));
    },
  };
}

function parseCities(json: string): readonly PostcodeCity[] | undefined {
  try {
    const parsed: unknown = JSON.parse(json);
    return Array.isArray(parsed) && parsed.every(isCity) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function isCity(value: unknown): value is PostcodeCity {
  return typeof value === 'object' && value !== null && 'cityName' in value && typeof value.cityName === 'string';
}
