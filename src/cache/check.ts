import { existsSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { isDamage, isTruncated, newer, translated } from './cache-file.ts';
import { readCacheHeader } from './cache-header.ts';
import { APPLICATION_ID, MIGRATIONS, SCHEMA_VERSION } from './schema.ts';

/** What `gorod cache check` found. */
export interface CheckedCache {
  /** What is wrong, a line each; none where the cache is sound. */
  readonly faults: readonly string[];
  readonly answers: number;
  readonly schemaVersion: number;
}

/** No more lines than these for what SQLite finds: one is enough to condemn a file. */
const MAX_FAULTS = 20;

/** The first schema that has the table of postcodes. */
const POSTCODES_SINCE = 3;
const UNREADABLE_POSTCODES = `SELECT count(*) FROM postcodes
  WHERE iif(json_valid(cities), json_type(cities) <> 'array', true)`;

/** The first schema that has the table of overrides. */
const OVERRIDES_SINCE = 4;
const UNREADABLE_OVERRIDES = `SELECT count(*) FROM overrides
  WHERE iif(json_valid(correction), correction ->> '$.kind' IS NULL, true)`;

/**
 * Looks through a cache file and changes nothing in it; undefined where there is no file. Throws GorodError CACHE_NEWER
 * where a newer gorod made it, and CACHE_UNUSABLE where it cannot be read.
 */
export function checkCacheFile(file: string): CheckedCache | undefined {
  if (!existsSync(file)) return undefined;
  return translated(file, () => {
    const { applicationId, schemaVersion } = readCacheHeader(file);
    const condemned = (fault: string): CheckedCache => ({ faults: [fault], answers: 0, schemaVersion });
    if (statSync(file).size === 0) return condemned('the file is empty');
    if (applicationId !== APPLICATION_ID) return condemned('the file is no cache of gorod');
    if (schemaVersion > SCHEMA_VERSION) throw newer(file, schemaVersion);
    const database = new Database(file, { readonly: true });
    try {
      return isTruncated(file, database) ? condemned('the file is truncated') : inspect(database, schemaVersion);
    } catch (error) {
      if (!isDamage(error)) throw error;
      return condemned('the file is damaged');
    } finally {
      database.close();
    }
  });
}

function inspect(database: Database.Database, schemaVersion: number): CheckedCache {
  const faults = database
    .prepare<[], string>(`PRAGMA integrity_check(${MAX_FAULTS})`)
    .pluck()
    .all()
    .flatMap((line) => (line === 'ok' ? [] : line.split('\n')));
  if (faults.length > 0) return { faults, answers: 0, schemaVersion };
  const wrong = differingTables(database, schemaVersion);
  if (wrong.length > 0) {
    return {
      faults: wrong.map((name) => `${name} is not as schema ${schemaVersion} has it`),
      answers: 0,
      schemaVersion,
    };
  }
  const count = (sql: string) => Number(database.prepare(sql).pluck().get());
  const orphans = count('SELECT count(*) FROM questions WHERE answer NOT IN (SELECT id FROM answers)');
  const unreadable = count(
    "SELECT count(*) FROM answers WHERE NOT json_valid(json) OR json ->> '$.status_code' IS NULL",
  );
  // A schema without the table has been found whole above.
  const lists = schemaVersion < POSTCODES_SINCE ? 0 : count(UNREADABLE_POSTCODES);
  const overrides = schemaVersion < OVERRIDES_SINCE ? 0 : count(UNREADABLE_OVERRIDES);
  return {
    faults: [
      ...(orphans === 0 ? [] : [`${orphans} questions have no answer`]),
      ...(unreadable === 0 ? [] : [`${unreadable} answers cannot be read`]),
      ...(lists === 0 ? [] : [`the cities of ${lists} postcodes cannot be read`]),
      ...(overrides === 0 ? [] : [`${overrides} overrides cannot be read`]),
    ],
    answers: count('SELECT count(*) FROM questions'),
    schemaVersion,
  };
}

/** The tables and indexes that are not as the migrations make them, by comparison with a new database. */
function differingTables(database: Database.Database, schemaVersion: number): readonly string[] {
  const model = new Database(':memory:');
  try {
    for (const step of MIGRATIONS.slice(0, schemaVersion)) model.exec(step);
    const found = definitions(database);
    const expected = definitions(model);
    const names = new Set([...expected.keys(), ...found.keys()]);
    return [...names].filter((name) => found.get(name) !== expected.get(name));
  } finally {
    model.close();
  }
}

function definitions(database: Database.Database): ReadonlyMap<string, string> {
  const rows = database
    .prepare<[], [string, string]>(
      "SELECT name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'",
    )
    .raw(true)
    .all();
  return new Map(rows);
}
