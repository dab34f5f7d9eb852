import { closeSync, openSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';

/** What makes two runs the same job; each a short text that changes when its subject does. */
export interface Fingerprints {
  readonly input: string;
  readonly options: string;
  /** Of the gazetteer file, or of the API that is asked. */
  readonly answers: string;
}

/** How far a job had come when it was last synced. */
export interface Checkpoint {
  /** Rows read, answered and written. */
  readonly rows: number;
  /** Bytes of the partial output that belong to them; whatever follows is to be cut off. */
  readonly outputBytes: number;
  /** The counts up to here, as JSON. */
  readonly counts: string;
}

const SCHEMA_VERSION = 3;

/**
 * Opens the database of a journal, which is this process's alone, and makes it where there is none. One that cannot be read
 * or is of another gorod says nothing: it is made anew. Throws what SQLite and the file system do.
 */
export function openRecord(file: string): Database.Database {
  try {
    return openDatabase(file);
  } catch (cause) {
    const code = cause instanceof Database.SqliteError ? cause.code : '';
    if (code !== 'SQLITE_NOTADB' && code !== 'SQLITE_CORRUPT') throw cause;
    rmSync(file);
    rmSync(`${file}-journal`, { force: true });
    return openDatabase(file);
  }
}

function openDatabase(file: string): Database.Database {
  // SQLite would make the file readable for everyone.
  closeSync(openSync(file, 'a', 0o600));
  const db = new Database(file);
  try {
    db.pragma('synchronous = FULL');
    if (db.pragma('user_version', { simple: true }) !== SCHEMA_VERSION) {
      db.exec(`
        BEGIN;
        DROP TABLE IF EXISTS job;
        CREATE TABLE job (
          started_at INTEGER NOT NULL,
          fingerprints TEXT NOT NULL,
          rows INTEGER,
          output_bytes INTEGER,
          counts TEXT,
          final_bytes INTEGER
        );
        PRAGMA user_version = ${SCHEMA_VERSION};
        COMMIT;
      `);
    }
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** What is recorded of the job under way. */
export interface RecordedJob {
  readonly startedAt: number;
  readonly fingerprints: Fingerprints;
  readonly checkpoint: Checkpoint | undefined;
  /** Size of the whole output under its final name; undefined until that is known. */
  readonly finalBytes: number | undefined;
}

/** Undefined where none is begun. */
export function readJob(db: Database.Database): RecordedJob | undefined {
  const row = db.prepare('SELECT * FROM job').get() as
    | {
        started_at: number;
        fingerprints: string;
        rows: number | null;
        output_bytes: number;
        counts: string;
        final_bytes: number | null;
      }
    | undefined;
  if (row === undefined) return undefined;
  const { started_at, fingerprints, rows, output_bytes, counts, final_bytes } = row;
  return {
    startedAt: started_at,
    fingerprints: JSON.parse(fingerprints) as Fingerprints,
    checkpoint: rows === null ? undefined : { rows, outputBytes: output_bytes, counts },
    finalBytes: final_bytes ?? undefined,
  };
}

/** Begins a job in place of what is recorded; `now` in milliseconds since 1970. */
export function beginJob(
  db: Database.Database,
  { fingerprints, now }: { readonly fingerprints: Fingerprints; readonly now: number },
): RecordedJob {
  db.transaction(() => {
    db.exec('DELETE FROM job');
    db.prepare('INSERT INTO job (started_at, fingerprints) VALUES (?, ?)').run(now, JSON.stringify(fingerprints));
  })();
  return { startedAt: now, fingerprints, checkpoint: undefined, finalBytes: undefined };
}
