import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { GorodError } from '../../errors.ts';
import { type FileLock, lockFile } from '../../file-lock.ts';
import type { JsonObject, SyncedCity } from './directory.ts';

/** SQLite's `application_id`: "gors" in ASCII. */
const APPLICATION_ID = 0x676f7273;
const SCHEMA_VERSION = 2;

/** `now` is the sync at work, `earlier` the last complete one. `next_page` is null once all pages are read. */
const SCHEMA = `
CREATE TABLE syncs (
  which TEXT PRIMARY KEY CHECK (which IN ('now', 'earlier')), base TEXT NOT NULL, started_at INTEGER NOT NULL,
  next_page INTEGER, size INTEGER NOT NULL, fruitless_pages INTEGER NOT NULL
) STRICT;
CREATE TABLE cities (
  which TEXT NOT NULL, key TEXT NOT NULL, code TEXT, json TEXT NOT NULL, postcodes TEXT,
  PRIMARY KEY (which, key)
) STRICT, WITHOUT ROWID;
`;

/** How far the pages have been read. */
export interface PagesRead {
  /** Undefined once all are read. */
  readonly nextPage: number | undefined;
  readonly size: number;
  /** How many pages in a row brought nothing new up to now. */
  readonly fruitlessPages: number;
}

export interface SyncHead {
  readonly base: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
}

/** What a sync has read so far, on disk after every call, and what the last complete one had read. */
export interface SyncState {
  /** The sync to go on with; undefined where none is under way. */
  underway(): (SyncHead & PagesRead) | undefined;
  /** The last complete sync. */
  earlier(): SyncHead | undefined;
  /** Begins a sync, forgetting one that is under way. */
  begin(head: SyncHead, size: number): void;
  /** Whether the sync under way has them all. */
  hasAll(cities: readonly SyncedCity[]): boolean;
  /** Takes cities in, each whole; those that are new are counted. */
  addCities(cities: readonly SyncedCity[], pages?: PagesRead): number;
  setPostcodes(key: string, postcodes: readonly string[]): void;
  remove(key: string): void;
  /** Keys and codes of the cities whose postcodes are not known yet. */
  unasked(): readonly { readonly key: string; readonly code: string }[];
  /** Codes of the earlier sync's cities that this one has not seen. */
  missing(): readonly string[];
  cities(which: 'now' | 'earlier'): IterableIterator<SyncedCity>;
  count(which: 'now' | 'earlier'): number;
  /** Makes the sync under way the earlier one. */
  finish(): void;
  close(): void;
}

/**
 * Opens the state of the syncs into one gazetteer, and makes it where there is none. It is locked until it is closed.
 * Throws GorodError OUTPUT_FAILED when it cannot be used, naming what to do.
 */
export function openSyncState(file: string): SyncState {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat !== undefined && !stat.isFile()) throw unusable(file, 'is not a regular file');
  return translated(file, () => {
    const lock = lockFile(`${file}.lock`);
    if (lock === undefined) throw unusable(file, 'is in use by another sync');
    try {
      return openLocked(file, lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  });
}

function openLocked(file: string, lock: FileLock): SyncState {
  const database = new Database(file);
  try {
    const applicationId = database.pragma('application_id', { simple: true });
    const version = database.pragma('user_version', { simple: true });
    const tables = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();
    const isOurs = applicationId === APPLICATION_ID && version === SCHEMA_VERSION;
    if (tables !== 0 && !isOurs) throw unusable(file, 'is of something else, or of another gorod');
    database.pragma('journal_mode = WAL');
    database.transaction(() => {
      if (tables === 0) database.exec(SCHEMA);
      database.pragma(`application_id = ${APPLICATION_ID}`);
      // Written at every opening, so that a state that cannot be written is known at once.
      database.pragma(`user_version = ${SCHEMA_VERSION}`);
    })();
    return stateOver(file, database, lock);
  } catch (error) {
    database.close();
    throw error;
  }
}

interface HeadRow {
  readonly base: string;
  readonly started_at: number;
  readonly next_page: number | null;
  readonly size: number;
  readonly fruitless_pages: number;
}

interface CityRow {
  readonly key: string;
  readonly code: string | null;
  readonly json: string;
  readonly postcodes: string | null;
}

function stateOver(file: string, database: Database.Database, lock: FileLock): SyncState {
  const head = database.prepare<[string], HeadRow>('SELECT * FROM syncs WHERE which = ?');
  const known = database.prepare<[string]>("SELECT 1 FROM cities WHERE which = 'now' AND key = ?");
  const putCity = database.prepare(
    `INSERT INTO cities VALUES ('now', @key, @code, @json, @postcodes) ON CONFLICT (which, key)
     DO UPDATE SET json = excluded.json, postcodes = coalesce(excluded.postcodes, postcodes)`,
  );
  const putPages = database.prepare(
    `UPDATE syncs SET next_page = @nextPage, fruitless_pages = @fruitlessPages WHERE which = 'now'`,
  );
  const putPostcodes = database.prepare("UPDATE cities SET postcodes = ? WHERE which = 'now' AND key = ?");
  const drop = database.prepare("DELETE FROM cities WHERE which = 'now' AND key = ?");
  const use = <T>(work: () => T): T => translated(file, work);
  const inOne = (work: () => void) => use(() => database.transaction(work)());

  return {
    underway() {
      const row = use(() => head.get('now'));
      if (row === undefined) return undefined;
      const { base, started_at: startedAt, size } = row;
      return { base, startedAt, size, nextPage: row.next_page ?? undefined, fruitlessPages: row.fruitless_pages };
    },
    earlier() {
      const row = use(() => head.get('earlier'));
      return row && { base: row.base, startedAt: row.started_at };
    },
    begin({ base, startedAt }, size) {
      inOne(() => {
        database.exec("DELETE FROM cities WHERE which = 'now'");
        const put = database.prepare("INSERT OR REPLACE INTO syncs VALUES ('now', ?, ?, 0, ?, 0)");
        put.run(base, startedAt, size);
      });
    },
    hasAll: (cities) => use(() => cities.every(({ key }) => known.get(key) !== undefined)),
    addCities(cities, pages) {
      let added = 0;
      inOne(() => {
        for (const { key, code, json, postcodes } of cities) {
          if (known.get(key) === undefined) added += 1;
          const stored = postcodes === undefined ? null : JSON.stringify(postcodes);
          putCity.run({ key, code: code ?? null, json: JSON.stringify(json), postcodes: stored });
        }
        if (pages !== undefined) {
          const { nextPage = null, fruitlessPages } = pages;
          putPages.run({ nextPage, fruitlessPages });
        }
      });
      return added;
    },
    setPostcodes: (key, postcodes) => {
      use(() => putPostcodes.run(JSON.stringify(postcodes), key));
    },
    remove: (key) => {
      use(() => drop.run(key));
    },
    unasked: () =>
      use(() => {
        const select = "SELECT key, code FROM cities WHERE which = 'now' AND postcodes IS NULL AND code IS NOT NULL";
        return database.prepare<[], { key: string; code: string }>(select).all();
      }),
    missing: () =>
      use(() => {
        const select = `SELECT code FROM cities AS e WHERE which = 'earlier' AND code IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM cities WHERE which = 'now' AND key = e.key)`;
        return database.prepare<[], string>(select).pluck().all();
      }),
    *cities(which) {
      const select = 'SELECT key, code, json, postcodes FROM cities WHERE which = ? ORDER BY length(key), key';
      // All at once: the state may be written to while they are looked at.
      for (const row of use(() => database.prepare<[string], CityRow>(select).all(which))) yield toCity(row);
    },
    count: (which) =>
      use(() => Number(database.prepare('SELECT count(*) FROM cities WHERE which = ?').pluck().get(which))),
    finish() {
      inOne(() => {
        database.exec("DELETE FROM cities WHERE which = 'earlier'; DELETE FROM syncs WHERE which = 'earlier'");
        database.exec("UPDATE cities SET which = 'earlier'; UPDATE syncs SET which = 'earlier'");
      });
    },
    close: () => {
      database.close();
      lock.release();
    },
  };
}

function toCity({ key, code, json, postcodes }: CityRow): SyncedCity {
  return {
    key,
    code: code ?? undefined,
    json: JSON.parse(json) as JsonObject,
    postcodes: postcodes === null ? undefined : (JSON.parse(postcodes) as string[]),
  };
}

/** Runs `work`; the errors of SQLite and of the file system become OUTPUT_FAILED, others pass. */
function translated<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error && 'code' in error && 'syscall' in error) {
      throw unusable(file, `cannot be used (${error.code})`, error);
    }
    if (!(error instanceof Database.SqliteError)) throw error;
    if (error.code.startsWith('SQLITE_BUSY')) throw unusable(file, 'is in use by another sync', error);
    throw unusable(file, `cannot be used (${error.code})`, error);
  }
}

function unusable(file: string, what: string, cause?: unknown): GorodError {
  const message = `The state ${file} of gorod gazetteer sync ${what}. Wait, or move it away to begin anew.`;
  return new GorodError('OUTPUT_FAILED', message, { cause });
}
