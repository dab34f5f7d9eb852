import { closeSync, fstatSync, openSync, rmSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';

/** How long those that begin at one time may be in each other's way; one that is at work keeps its lock for longer. */
const LOCK_TIMEOUT_MS = 300;

/** A file that one process has at a time. */
export interface FileLock {
  /** Lets go of it and removes the file. May be called again. */
  release(): void;
}

/**
 * Makes the file where there is none and locks it; of several processes that try at one time one succeeds. Undefined where
 * another one has it; a process must not try to lock what it has itself. Node knows no locks, so it is that of an empty SQLite
 * database to which nothing is ever written: the system lets go of it when its holder dies, however it dies. Throws what
 * the file system does.
 */
export function lockFile(file: string): FileLock | undefined {
  for (;;) {
    // SQLite would make it readable for everyone. Kept open: to close it would end the lock.
    const descriptor = openSync(file, 'a', 0o600);
    const database = closingOnError(descriptor, () => lockedDatabase(file));
    // Whoever had it may have removed it while this process waited.
    const isStale = database !== undefined && !isAt(file, descriptor);
    if (database !== undefined && !isStale) return { release: () => release(file, descriptor, database) };
    database?.close();
    closeSync(descriptor);
    if (!isStale) return undefined;
  }
}

function closingOnError<T>(descriptor: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

function lockedDatabase(file: string): Database.Database | undefined {
  const database = new Database(file, { timeout: LOCK_TIMEOUT_MS });
  try {
    // With a journal beside it, it could not be removed safely.
    database.pragma('journal_mode = MEMORY');
    database.exec('BEGIN IMMEDIATE');
    return database;
  } catch (error) {
    database.close();
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_BUSY') return undefined;
    throw error;
  }
}

/** Whether the open file still has that name. */
function isAt(file: string, descriptor: number): boolean {
  const now = statSync(file, { bigint: true, throwIfNoEntry: false });
  return now?.ino === fstatSync(descriptor, { bigint: true }).ino;
}

function release(file: string, descriptor: number, database: Database.Database): void {
  if (!database.open) return;
  // While it is locked, for afterwards it may be another's.
  const isGone = isRemoved(file);
  database.close();
  closeSync(descriptor);
  // Some systems remove no file that is open; nor would they one that another process has opened by now.
  if (!isGone) isRemoved(file);
}

function isRemoved(file: string): boolean {
  try {
    rmSync(file, { force: true });
    return true;
  } catch {
    return false;
  }
}
