import { existsSync, statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { canonicalAddress, parseQuestionKey } from '../address/key.ts';
import { answerReader } from './answer-store.ts';
import { openCacheFile, translated } from './cache-file.ts';
import { type StoredOverride, selectOverrides } from './stored-override.ts';
import type { Lifetimes } from './validity.ts';

/** What `gorod cache stats` shows. Times are milliseconds since 1970, undefined where nothing is stored. */
export interface CacheStats {
  readonly answers: number;
  /** Postcodes whose cities are stored. */
  readonly postcodes: number;
  /** How many answers have which status. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly cities: number;
  readonly fiasPlaces: number;
  /** What people have settled: no answers. */
  readonly overrides: number;
  readonly oldest: number | undefined;
  readonly newest: number | undefined;
  /** Size of the file with its write-ahead log. */
  readonly bytes: number;
}

/** One stored answer for `gorod cache export`. The address is the canonical one: the file's own is not kept. */
export interface CacheRow {
  readonly detector: string;
  readonly origin: string;
  readonly country_code: string;
  readonly fias_only: boolean;
  readonly postcode: string;
  readonly address: string;
  readonly status_code: string;
  readonly city_code: string | undefined;
  readonly city_name: string | undefined;
  readonly fias_guid: string | undefined;
  readonly payment_limit: number | undefined;
  readonly ok_up_to: number | undefined;
  readonly exceeded_from: number | undefined;
  /** Milliseconds since 1970. */
  readonly fetched_at: number;
}

export interface CacheMaintenance {
  stats(): CacheStats;
  /** Removes the answers and the postcodes' cities that are no longer valid at `now` and gives their number. */
  prune(lifetimes: Lifetimes, now: number): number;
  /**
   * Removes everything but what people have settled, also from the free space of the file, and gives the number of
   * answers and postcodes.
   */
  clear(): number;
  /**
   * Removes what is stored for a postcode (six digits) and an address in any spelling that makes the same question,
   * whoever answered, also from the free space of the file, and the cities of that postcode; gives the number of
   * answers and postcodes.
   */
  forget(postcode: string, address: string): number;
  /**
   * Removes what people have settled about an address, or by it, whatever its postcode, also from the free space of the
   * file; gives what was removed.
   */
  forgetOverrides(address: string): readonly StoredOverride[];
  /** Every answer, in the order of keys. Nothing else may be done with the cache until the last one is read. */
  rows(): IterableIterator<CacheRow>;
  close(): void;
}

/**
 * Opens a cache file for the commands `gorod cache …`; undefined where there is no file. A file that is damaged or no
 * cache stays as it is: GorodError CACHE_UNUSABLE. Other errors are those of `openCacheFile`.
 */
export function openCacheMaintenance(file: string): CacheMaintenance | undefined {
  if (!existsSync(file)) return undefined;
  const { database } = openCacheFile(file, { whenWrong: 'refuse' });
  // What is removed must not stay readable in the file: it is someone's address.
  database.pragma('secure_delete = ON');
  return {
    stats: () => translated(file, () => readStats(database, file)),
    prune: (lifetimes, at) => translated(file, () => prune(database, lifetimes, at)),
    clear: () => translated(file, () => prune(database, EXPIRED_ALL, Number.MAX_SAFE_INTEGER)),
    forget: (postcode, address) => translated(file, () => forget(database, postcode, address)),
    forgetOverrides: (address) => translated(file, () => forgetOverrides(database, address)),
    rows: () => readRows(database, file),
    close: () => database.close(),
  };
}

function readStats(database: Database, file: string): CacheStats {
  const totals = database
    .prepare<[], [number, number, number, number | null, number | null]>(
      `SELECT count(*), count(DISTINCT city_code), count(DISTINCT fias_guid), min(fetched_at), max(fetched_at)
       FROM questions JOIN answers ON answers.id = answer`,
    )
    .raw(true)
    .get();
  const statuses = database
    .prepare<[], [string, number]>(
      'SELECT status, count(*) FROM questions JOIN answers ON answers.id = answer GROUP BY status ORDER BY status',
    )
    .raw(true)
    .all();
  const [answers, cities, fiasPlaces, ...answered] = totals ?? [0, 0, 0, null, null];
  const [postcodes, ...listed] = database
    .prepare<[], [number, number | null, number | null]>(
      'SELECT count(*), min(fetched_at), max(fetched_at) FROM postcodes',
    )
    .raw(true)
    .get() ?? [0, null, null];
  const times = [...answered, ...listed].filter((time) => time !== null);
  return {
    answers,
    postcodes,
    statuses: Object.fromEntries(statuses),
    cities,
    fiasPlaces,
    overrides: database.prepare<[], number>('SELECT count(*) FROM overrides').pluck().get() ?? 0,
    oldest: times.length === 0 ? undefined : Math.min(...times),
    newest: times.length === 0 ? undefined : Math.max(...times),
    bytes: sizeOf(file) + sizeOf(`${file}-wal`),
  };
}

const EXPIRED_ALL: Lifetimes = { ttlMs: 0, negativeTtlMs: 0 };

function prune(database: Database, { ttlMs, negativeTtlMs }: Lifetimes, at: number): number {
  // max() gives a row also where the answer is missing.
  const expire = database.prepare(
    `DELETE FROM questions WHERE fetched_at + (
       SELECT iif(max(status) IN ('OK', 'COD_LIMIT_EXCEEDED'), @ttlMs, @negativeTtlMs) FROM answers WHERE id = answer
     ) <= @at`,
  );
  const expireCities = database.prepare(
    `DELETE FROM postcodes WHERE fetched_at + iif(cities = '[]', @negativeTtlMs, @ttlMs) <= @at`,
  );
  return remove(
    database,
    () => expire.run({ ttlMs, negativeTtlMs, at }).changes + expireCities.run({ ttlMs, negativeTtlMs, at }).changes,
  );
}

function forget(database: Database, postcode: string, address: string): number {
  // No part of a key but the last can hold the mark between them: the end of the key is the whole question.
  const end = `|${postcode}|${canonicalAddress(address)}`;
  const questions = database.prepare('DELETE FROM questions WHERE substr(key, -length(@end)) = @end');
  const leases = database.prepare('DELETE FROM leases WHERE substr(key, -length(@end)) = @end');
  // That this postcode was asked about may tell of the address too.
  const cities = database.prepare('DELETE FROM postcodes WHERE substr(key, -length(@end)) = @end');
  const ofPostcode = { end: `|${postcode}` };
  return remove(database, () => {
    leases.run({ end });
    leases.run(ofPostcode);
    return questions.run({ end }).changes + cities.run(ofPostcode).changes;
  });
}

function forgetOverrides(database: Database, address: string): readonly StoredOverride[] {
  const wanted = canonicalAddress(address);
  const drop = database.prepare('DELETE FROM overrides WHERE id = ?');
  let found: readonly StoredOverride[] = [];
  remove(database, () => {
    found = selectOverrides(database).filter(({ question, correction }) => {
      const by = correction.kind === 'question' ? correction.address : undefined;
      return question.address === wanted || (by !== undefined && canonicalAddress(by) === wanted);
    });
    for (const { id } of found) drop.run(id);
    return found.length;
  });
  return found;
}

/** Removes what `rows` removes, and the answers that nothing asks for any more; gives the number of rows. */
function remove(database: Database, rows: () => number): number {
  const orphans = database.prepare('DELETE FROM answers WHERE id NOT IN (SELECT answer FROM questions)');
  const removed = database
    .transaction(() => {
      const count = rows();
      orphans.run();
      return count;
    })
    .immediate();
  if (removed > 0) shrink(database);
  return removed;
}

interface ExportedRow {
  readonly key: string;
  readonly answer: number;
  readonly status: string;
  readonly city_code: string | null;
  readonly fias_guid: string | null;
  readonly ok_up_to: number | null;
  readonly exceeded_from: number | null;
  readonly fetched_at: number;
}

function* readRows(database: Database, file: string): IterableIterator<CacheRow> {
  const detectionOf = answerReader(database);
  const rows = translated(file, () =>
    database
      .prepare<[], ExportedRow>(
        `SELECT key, answer, status, city_code, fias_guid, ok_up_to, exceeded_from, fetched_at
         FROM questions JOIN answers ON answers.id = answer ORDER BY key`,
      )
      .iterate(),
  );
  try {
    for (;;) {
      const next = translated(file, () => rows.next());
      if (next.done) return;
      const row = next.value;
      const asked = parseQuestionKey(row.key);
      if (asked === undefined) continue;
      const city = detectionOf(row.answer)?.detected_cdek_city;
      yield {
        detector: asked.detectorId,
        origin: asked.origin,
        country_code: asked.countryCode,
        fias_only: asked.fiasOnly,
        postcode: asked.postcode,
        address: asked.address,
        status_code: row.status,
        city_code: row.city_code ?? undefined,
        city_name: city?.cityName,
        fias_guid: row.fias_guid ?? undefined,
        payment_limit: city?.paymentLimit,
        ok_up_to: row.ok_up_to ?? undefined,
        exceeded_from: row.exceeded_from ?? undefined,
        fetched_at: row.fetched_at,
      };
    }
  } finally {
    // Who stops reading half-way must be able to close the database.
    rows.return?.();
  }
}

/** Gives the freed space back where no other run is in the way. */
function shrink(database: Database): void {
  try {
    database.exec('VACUUM');
    database.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && /^SQLITE_(BUSY|LOCKED)/.test(String(error.code)))) throw error;
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
