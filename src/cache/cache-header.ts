import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import Database from 'better-sqlite3';

/** What a file says of itself before it is opened as a cache. */
export interface CacheHeader {
  /** SQLite's application_id and user_version; 0 where the file is no database. */
  readonly applicationId: number;
  readonly schemaVersion: number;
}

const HEADER_BYTES = 100;

/**
 * Reads the header of a file. One that is in use is left to SQLite: if this process has it open, to open and close it
 * otherwise would end its locks (POSIX; "How To Corrupt An SQLite Database File", section 2.2), and whoever closed it next
 * would take away the write-ahead log. Any other is read without SQLite, which makes files beside a database to look into it.
 */
export function readCacheHeader(file: string): CacheHeader {
  const isInUse = existsSync(`${file}-wal`) && existsSync(`${file}-shm`);
  return (isInUse ? headerOfDatabase(file) : undefined) ?? firstBytes(file);
}

/** Undefined where SQLite cannot read it. */
function headerOfDatabase(file: string): CacheHeader | undefined {
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { readonly: true });
    const applicationId = Number(database.pragma('application_id', { simple: true }));
    return { applicationId, schemaVersion: Number(database.pragma('user_version', { simple: true })) };
  } catch (error) {
    if (error instanceof Database.SqliteError) return undefined;
    throw error;
  } finally {
    database?.close();
  }
}

/** The offsets are those of SQLite's file format, section 1.3. */
function firstBytes(file: string): CacheHeader {
  const header = Buffer.alloc(HEADER_BYTES);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, header, 0, HEADER_BYTES, 0);
  } finally {
    closeSync(descriptor);
  }
  if (header.toString('latin1', 0, 16) !== 'SQLite format 3\0') return { applicationId: 0, schemaVersion: 0 };
  return { applicationId: header.readUInt32BE(68), schemaVersion: header.readUInt32BE(60) };
}
