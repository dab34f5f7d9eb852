import { closeSync, openSync, readSync } from 'node:fs';

/** What the first bytes of a file say without SQLite, which may write to a database by merely opening it. */
export interface CacheHeader {
  /** SQLite's application_id and user_version; 0 where the file is no database. */
  readonly applicationId: number;
  readonly schemaVersion: number;
}

const HEADER_BYTES = 100;

/** Reads the header of a file. The offsets are those of SQLite's file format, section 1.3. */
export function readCacheHeader(file: string): CacheHeader {
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
