import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { GorodError } from '../errors.ts';
import { type FileLock, lockFile } from '../file-lock.ts';
import type { Texts } from '../languages.ts';
import { readCacheHeader } from './cache-header.ts';
import { APPLICATION_ID, MIGRATIONS, SCHEMA_VERSION } from './schema.ts';
import { CACHE_TEXTS } from './texts.ts';

export interface CacheFileOptions {
  /**
   * What to do with a file that is damaged or no cache: leave it as it is, or set it aside under a name with this date
   * (milliseconds since 1970).
   */
  readonly whenWrong: 'refuse' | { readonly setAsideAt: number };
  /** How long to wait for another run that is writing to the same cache. */
  readonly busyTimeoutMs?: number;
}

const BUSY_TIMEOUT_MS = 15_000;

export interface OpenedFile {
  readonly database: Database.Database;
  /** What the user should know: that a damaged or foreign file was set aside, and under which name. */
  readonly warning?: Texts;
}

/**
 * Opens the cache file, and makes it where there is none. A file that is damaged or no cache is set aside under a
 * dated name and a new one begun, or refused. Throws GorodError CACHE_NEWER, the file untouched, when a newer gorod
 * made it, and CACHE_UNUSABLE when it cannot be opened for writing.
 */
export function openCacheFile(file: string, options: CacheFileOptions): OpenedFile {
  return translated(file, () => {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const wrong = patiently(() => findWrong(file, options));
    if (wrong instanceof Database) return { database: wrong };
    if (options.whenWrong === 'refuse') {
      throw new GorodError('CACHE_UNUSABLE', CACHE_TEXTS.refused(file, wrong));
    }
    return openAnew(file, options, options.whenWrong.setAsideAt);
  });
}

/** Of several runs that find the same file wrong one sets it aside, and the others open the one that it begins. */
function openAnew(file: string, options: CacheFileOptions, setAsideAt: number): OpenedFile {
  const lock = lockToSetAside(file);
  try {
    const wrong = patiently(() => findWrong(file, options));
    if (wrong instanceof Database) return { database: wrong };
    const warning = setAside(file, wrong, setAsideAt);
    const database = patiently(() => findWrong(file, options));
    if (!(database instanceof Database)) throw unusable(file, CACHE_TEXTS.againWrong(database));
    return { database, warning };
  } finally {
    lock.release();
  }
}

const LOCK_TRIES = 50;

function lockToSetAside(file: string): FileLock {
  for (let attempt = 0; attempt < LOCK_TRIES; attempt += 1) {
    const lock = lockFile(`${file}.lock`);
    if (lock !== undefined) return lock;
  }
  throw unusable(file, CACHE_TEXTS.locked);
}

/** Moves a useless cache, with its write-ahead log, out of the way; says so in a sentence. */
export function setAside(file: string, wrong: Texts, now: number): Texts {
  const stamp = new Date(now).toISOString().replace(/[:.]/g, '');
  let kept = `${file}.damaged-${stamp}`;
  for (let copy = 2; existsSync(kept); copy += 1) kept = `${file}.damaged-${stamp}-${copy}`;
  // The file last: once it is gone, another run may begin a new one, with a journal of the same name.
  for (const suffix of ['-wal', '-shm', '-journal', '']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, kept + suffix);
  }
  return CACHE_TEXTS.setAside(file, wrong, kept);
}

/** Whether an error of SQLite means that the file itself is damaged. */
export function isDamage(error: unknown): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code);
}

const BUSY_TRIES = 3;

/** Runs `work`, and again where other runs kept it from its lock: SQLite does not wait for every kind of lock. */
export function patiently<T>(work: () => T): T {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return work();
    } catch (error) {
      if (attempt === BUSY_TRIES || !isBusy(error)) throw error;
    }
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

/** Runs `work`; the errors of SQLite and of the file system become CACHE_UNUSABLE, others pass. */
export function translated<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Database.SqliteError) throw unusable(file, sqliteReason(error.code), error);
    if (error instanceof Error && 'code' in error && 'syscall' in error) {
      throw unusable(file, CACHE_TEXTS.notWritable(String(error.code)), error);
    }
    throw error;
  }
}

/** The opened database, or what is wrong with the file. */
function findWrong(file: string, { busyTimeoutMs = BUSY_TIMEOUT_MS }: CacheFileOptions): Database.Database | Texts {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat !== undefined && !stat.isFile()) throw unusable(file, CACHE_TEXTS.notRegular);
  // SQLite would make the file readable for everyone.
  if (stat === undefined) closeSync(openSync(file, 'a', 0o600));
  const header = readCacheHeader(file);
  if (header.applicationId === APPLICATION_ID && header.schemaVersion > SCHEMA_VERSION) {
    throw newer(file, header.schemaVersion);
  }
  const database = new Database(file, { timeout: busyTimeoutMs });
  try {
    const wrong = prepare(file, database);
    if (wrong === undefined) return database;
    database.close();
    return wrong;
  } catch (error) {
    database.close();
    if (isDamage(error)) return CACHE_TEXTS.damagedOrNone;
    throw error;
  }
}

function prepare(file: string, database: Database.Database): Texts | undefined {
  // In one transaction: another run may be making its tables at this moment.
  const isForeign = database.transaction(() => {
    const applicationId = database.pragma('application_id', { simple: true });
    return applicationId !== APPLICATION_ID && database.prepare('SELECT 1 FROM sqlite_schema').get() !== undefined;
  });
  if (isForeign()) return CACHE_TEXTS.foreign;
  const isWhole = database.transaction(() => {
    if (isTruncated(file, database)) return false;
    migrate(file, database);
    return true;
  });
  if (!isWhole.immediate()) return CACHE_TEXTS.truncated;
  try {
    database.pragma('journal_mode = WAL');
  } catch (error) {
    // Another run is opening the file at this moment and will switch it.
    if (!isBusy(error)) throw error;
  }
  database.pragma('synchronous = NORMAL');
  // Kibibytes. Look-ups are scattered: the system's own file cache serves them as well, without counting as ours.
  database.pragma('cache_size = -32000');
  return undefined;
}

/**
 * SQLite itself finds whole pages missing, but fills up half a page with zeros. Under the lock nobody else changes the
 * size, unless a write-ahead log holds pages that are still to come.
 */
export function isTruncated(file: string, database: Database.Database): boolean {
  if ((statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) return false;
  const pages = Number(database.pragma('page_count', { simple: true }));
  const { size } = statSync(file);
  return size > 0 && size < pages * Number(database.pragma('page_size', { simple: true }));
}

function migrate(file: string, database: Database.Database): void {
  const version = Number(database.pragma('user_version', { simple: true }));
  if (version > SCHEMA_VERSION) throw newer(file, version);
  for (const step of MIGRATIONS.slice(version)) database.exec(step);
  database.pragma(`application_id = ${APPLICATION_ID}`);
  // Written at every opening, so that a read-only file is known at once and not with the first answer.
  database.pragma(`user_version = ${SCHEMA_VERSION}`);
}

function sqliteReason(code: string): Texts {
  if (/^SQLITE_(READONLY|CANTOPEN|PERM)/.test(code)) return CACHE_TEXTS.notWritable(code);
  if (code.startsWith('SQLITE_BUSY')) return CACHE_TEXTS.locked;
  if (code === 'SQLITE_FULL') return CACHE_TEXTS.diskFull;
  return CACHE_TEXTS.useless(code);
}

function unusable(file: string, what: Texts, cause?: unknown): GorodError {
  return new GorodError('CACHE_UNUSABLE', CACHE_TEXTS.unusable(file, what), { cause });
}

/** The error of a cache that a newer gorod made. */
export function newer(file: string, version: number): GorodError {
  return new GorodError('CACHE_NEWER', CACHE_TEXTS.newer(file, version, SCHEMA_VERSION));
}
