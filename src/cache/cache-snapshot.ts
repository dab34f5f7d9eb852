import { constants, copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { GorodError } from '../errors.ts';
import { answerStore } from './answer-store.ts';
import type { AnswerCache } from './cache.ts';
import { newer, openCacheFile, translated } from './cache-file.ts';
import { readCacheHeader } from './cache-header.ts';
import type { PostcodeCache } from './postcode-cache.ts';
import { postcodeStore } from './postcode-store.ts';
import { APPLICATION_ID, SCHEMA_VERSION } from './schema.ts';
import { type StoredOverride, selectOverrides } from './stored-override.ts';

/** What a cache file holds, to look into. */
export interface CacheSnapshot {
  readonly answers: Pick<AnswerCache, 'getMany' | 'getStarting'>;
  readonly postcodes: Pick<PostcodeCache, 'getMany'>;
  close(): void;
}

/**
 * Opens a cache file to look into it without leaving a trace beside it; undefined where there is none, or one that a
 * run would set aside. SQLite makes files beside a database even to read it, so that one which nobody has open is read
 * from a copy in the system's folder for temporary files. Throws GorodError CACHE_NEWER or CACHE_UNUSABLE.
 */
export function openCacheSnapshot(file: string): CacheSnapshot | undefined {
  const opened = openSnapshot(file);
  return opened && overDatabase(opened);
}

/** What people have settled, read without a trace in the same way. Throws GorodError CACHE_NEWER or CACHE_UNUSABLE. */
export function snapshotOverrides(file: string): readonly StoredOverride[] {
  const opened = openSnapshot(file);
  if (opened === undefined) return [];
  try {
    return translated(file, () => selectOverrides(opened.database));
  } finally {
    opened.database.close();
    opened.remove();
  }
}

interface Snapshot {
  readonly database: Database.Database;
  /** Leaves nothing behind once the database is closed. */
  remove(): void;
}

function openSnapshot(file: string): Snapshot | undefined {
  if (!existsSync(file)) return undefined;
  return translated(file, () => {
    const { applicationId, schemaVersion } = readCacheHeader(file);
    if (applicationId !== APPLICATION_ID || statSync(file).size === 0) return undefined;
    if (schemaVersion > SCHEMA_VERSION) throw newer(file, schemaVersion);
    const isOpenElsewhere = existsSync(`${file}-wal`) && existsSync(`${file}-shm`);
    if (isOpenElsewhere && schemaVersion === SCHEMA_VERSION) {
      return { database: new Database(file, { readonly: true }), remove: () => {} };
    }
    return copied(file);
  });
}

function copied(file: string): Snapshot | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'gorod-cache-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const copy = join(folder, 'answers.sqlite');
    copyFileSync(file, copy, constants.COPYFILE_FICLONE);
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`);
    return { database: openCacheFile(copy, { whenWrong: 'refuse' }).database, remove };
  } catch (error) {
    remove();
    if ((error as Partial<GorodError>).code === 'CACHE_UNUSABLE') return undefined;
    throw error;
  }
}

function overDatabase({ database, remove }: Snapshot): CacheSnapshot {
  const answers = answerStore(database);
  return {
    answers,
    postcodes: postcodeStore(database),
    close: () => {
      answers.close();
      remove();
    },
  };
}
