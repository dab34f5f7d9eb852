import { closeSync, openSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { GorodError } from '../errors.ts';
import { writeTrouble } from '../file-trouble.ts';
import type { Texts } from '../languages.ts';
import { holderFile, nameHolder, readHolder } from './holder.ts';
import { CHANGED_TEXTS, JOURNAL_TEXTS } from './texts.ts';

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

/** The record of a job beside its partial output. While it is open no other process can open it. */
export interface Journal {
  /** When the first attempt began, in milliseconds since 1970. */
  readonly startedAt: number;
  /** Where to go on; undefined for a job that begins. */
  readonly resumeFrom: Checkpoint | undefined;
  /** The earlier attempt was killed after its output got its name: nothing is left to do but to tidy up. */
  readonly finished: boolean;
  /** Why an earlier attempt is not gone on with; undefined where there was none or it is. */
  readonly startedOver: Texts | undefined;
  /**
   * Durable when it returns. The partial output must be synced before. `finalBytes` says that these are all rows and an
   * output of that size is about to get its name.
   */
  save(checkpoint: Checkpoint, finalBytes?: number): void;
  /** Lets go of the job; the next run may go on with it. May be called again, also after `remove`. */
  close(): void;
  /** Lets go of the job for good. */
  remove(): void;
}

export interface JournalOptions {
  readonly fingerprints: Fingerprints;
  /** Size of the partial output as it is found; undefined where there is none. */
  readonly partialBytes: number | undefined;
  /** Size of the output under its final name; undefined where there is none. */
  readonly outputBytes: number | undefined;
  /** Begin anew whatever is recorded. */
  readonly restart: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Names this process to a second run on the same output, e.g. "process 4711". */
  readonly holder: string;
}

const SCHEMA_VERSION = 3;

/**
 * Opens or begins the journal of an output. Throws GorodError OUTPUT_BUSY naming the process when another one is at
 * work on the same output, and OUTPUT_FAILED when the journal cannot be written.
 */
export function openJournal(file: string, options: JournalOptions): Journal {
  const db = openExclusively(file);
  try {
    nameHolder(file, options.holder);
    const before = readJob(db);
    const startedOver = before === undefined ? undefined : reasonToStartOver(before, options);
    const job = before === undefined || startedOver !== undefined ? beginJob(db, options) : before;
    const write = db.prepare('UPDATE job SET rows = ?, output_bytes = ?, counts = ?, final_bytes = ?');
    return {
      startedAt: job.startedAt,
      resumeFrom: job.checkpoint,
      finished: job === before && isFinished(job, options),
      startedOver,
      save: ({ rows, outputBytes, counts }, finalBytes) => {
        write.run(rows, outputBytes, counts, finalBytes ?? null);
      },
      close: () => db.close(),
      remove: () => {
        db.close();
        for (const name of [file, `${file}-journal`, holderFile(file)]) rmSync(name, { force: true });
      },
    };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** The lock is the database's own: the system lets go of it when its holder dies, however it dies. */
function openExclusively(file: string): Database.Database {
  try {
    return lock(file);
  } catch (cause) {
    const code = cause instanceof Database.SqliteError ? cause.code : '';
    if (code === 'SQLITE_BUSY') {
      throw new GorodError('OUTPUT_BUSY', JOURNAL_TEXTS.busy(readHolder(file)), { cause });
    }
    if (code !== 'SQLITE_NOTADB' && code !== 'SQLITE_CORRUPT') {
      throw new GorodError('OUTPUT_FAILED', JOURNAL_TEXTS.unwritable(file, writeTrouble(cause)), { cause });
    }
    // A journal that cannot be read says nothing: the job begins anew.
    rmSync(file);
    rmSync(`${file}-journal`, { force: true });
    return lock(file);
  }
}

function lock(file: string): Database.Database {
  // SQLite would make the file readable for everyone.
  closeSync(openSync(file, 'a', 0o600));
  const db = new Database(file, { timeout: 0 });
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.pragma('synchronous = FULL');
    db.exec(`
      BEGIN EXCLUSIVE;
      ${db.pragma('user_version', { simple: true }) === SCHEMA_VERSION ? '' : 'DROP TABLE IF EXISTS job;'}
      CREATE TABLE IF NOT EXISTS job (
        started_at INTEGER NOT NULL,
        fingerprints TEXT NOT NULL,
        rows INTEGER,
        output_bytes INTEGER,
        counts TEXT,
        final_bytes INTEGER
      );
      COMMIT;
    `);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

interface RecordedJob {
  readonly startedAt: number;
  readonly fingerprints: Fingerprints;
  readonly checkpoint: Checkpoint | undefined;
  /** Size of the whole output under its final name; undefined until that is known. */
  readonly finalBytes: number | undefined;
}

function readJob(db: Database.Database): RecordedJob | undefined {
  if (db.pragma('user_version', { simple: true }) !== SCHEMA_VERSION) return undefined;
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

function beginJob(db: Database.Database, { fingerprints, now }: JournalOptions): RecordedJob {
  db.transaction(() => {
    db.exec('DELETE FROM job');
    db.prepare('INSERT INTO job (started_at, fingerprints) VALUES (?, ?)').run(now, JSON.stringify(fingerprints));
    db.pragma(`user_version = ${SCHEMA_VERSION}`);
  })();
  return { startedAt: now, fingerprints, checkpoint: undefined, finalBytes: undefined };
}

function reasonToStartOver(recorded: RecordedJob, options: JournalOptions): Texts | undefined {
  if (options.restart) return JOURNAL_TEXTS.restarted;
  for (const part of ['input', 'options', 'answers'] as const) {
    if (recorded.fingerprints[part] !== options.fingerprints[part]) return CHANGED_TEXTS[part];
  }
  if (isFinished(recorded, options)) return undefined;
  const written = recorded.checkpoint?.outputBytes ?? 0;
  return (options.partialBytes ?? 0) < written ? JOURNAL_TEXTS.partialGone : undefined;
}

function isFinished({ finalBytes }: RecordedJob, { partialBytes, outputBytes }: JournalOptions): boolean {
  return finalBytes !== undefined && partialBytes === undefined && outputBytes === finalBytes;
}
