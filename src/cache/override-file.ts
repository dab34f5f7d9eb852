import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Override } from '../address/override.ts';
import { GorodError } from '../errors.ts';
import type { Texts } from '../languages.ts';
import { isDamage, newer, openCacheFile, translated } from './cache-file.ts';
import { readCacheHeader } from './cache-header.ts';
import { type KnownCity, selectCity } from './known-city.ts';
import { APPLICATION_ID, SCHEMA_VERSION } from './schema.ts';
import { type StoredOverride, selectOverrides } from './stored-override.ts';

/** The first schema that has the table of overrides. */
const OVERRIDES_SINCE = 4;

/**
 * Reads the overrides of a cache file and changes nothing in it; none where there is no file, or one that is no cache.
 * Throws GorodError CACHE_NEWER where a newer gorod made it, and CACHE_UNUSABLE where it cannot be read.
 */
export function readOverrides(file: string): readonly StoredOverride[] {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return [];
  return translated(file, () => {
    const { applicationId, schemaVersion } = readCacheHeader(file);
    if (applicationId !== APPLICATION_ID) return [];
    if (schemaVersion > SCHEMA_VERSION) throw newer(file, schemaVersion);
    const database = new Database(file, { fileMustExist: true });
    try {
      // The header may lag behind the write-ahead log.
      const version = Number(database.pragma('user_version', { simple: true }));
      if (version > SCHEMA_VERSION) throw newer(file, version);
      return version < OVERRIDES_SINCE ? [] : selectOverrides(database);
    } finally {
      database.close();
    }
  });
}

/** Whether overrides could not be read because the file itself is damaged. */
export function isOfDamage(error: unknown): boolean {
  return error instanceof GorodError && error.code === 'CACHE_UNUSABLE' && isDamage(error.cause);
}

/**
 * Sets a damaged cache file aside, under a name with the date `now`, and begins a new one; gives what to tell of it.
 * Undefined where SQLite can still open it, so that it stays. Throws GorodError like `openCacheFile`.
 */
export function setAsideDamaged(file: string, now: number): Texts | undefined {
  const { database, warning } = openCacheFile(file, { whenWrong: { setAsideAt: now } });
  database.close();
  return warning;
}

/** What is to be taken as an override, with who settled it, when (milliseconds since 1970) and why. */
export type Lesson = Override & Pick<StoredOverride, 'by' | 'at' | 'why'>;

/** The overrides of a cache file, to be changed. */
export interface OverrideFile {
  /** In the order of their ids. */
  all(): readonly StoredOverride[];
  /** Takes all of them or none, each in place of what was settled about its question before. Durable when it returns. */
  teach(lessons: readonly Lesson[]): void;
  /** Removes overrides by their ids, also from the free space of the file, and gives the ids that there were. */
  remove(ids: readonly number[]): readonly number[];
  /** The city of a code as an API last gave it; undefined where no answer in the file has it. */
  cityOf(code: string): KnownCity | undefined;
  close(): void;
}

/**
 * Opens a cache file for its overrides, and makes it where there is none. A file that is damaged or no cache stays as
 * it is: GorodError CACHE_UNUSABLE. Other errors are those of `openCacheFile`.
 */
export function openOverrides(file: string): OverrideFile {
  const { database } = openCacheFile(file, { whenWrong: 'refuse' });
  // What is removed must not stay readable in the file: it is someone's address. What people have settled cannot be
  // asked again, so that it has to outlive a crash of the machine.
  database.pragma('secure_delete = ON');
  database.pragma('synchronous = FULL');
  const insert = database.prepare(
    `INSERT INTO overrides (country, fias_only, postcode, address, correction, taught_by, taught_at, why)
     VALUES (@country, @fiasOnly, @postcode, @address, @correction, @by, @at, @why)
     ON CONFLICT DO UPDATE SET correction = @correction, taught_by = @by, taught_at = @at, why = @why`,
  );
  const drop = database.prepare('DELETE FROM overrides WHERE id = ?');
  const teach = database.transaction((lessons: readonly Lesson[]) => {
    for (const { question, correction, by, at, why } of lessons) {
      const { countryCode: country, fiasOnly, postcode, address } = question;
      const json = JSON.stringify(correction);
      insert.run({ country, fiasOnly: fiasOnly ? 1 : 0, postcode, address, correction: json, by, at, why });
    }
  });
  const remove = database.transaction((ids: readonly number[]) => ids.filter((id) => drop.run(id).changes > 0));
  return {
    all: () => translated(file, () => selectOverrides(database)),
    teach: (lessons) => translated(file, () => teach.immediate(lessons)),
    remove: (ids) =>
      translated(file, () => {
        const removed = remove.immediate(ids);
        database.pragma('wal_checkpoint(TRUNCATE)');
        return removed;
      }),
    cityOf: (code) => translated(file, () => selectCity(database, code)),
    close: () => database.close(),
  };
}
