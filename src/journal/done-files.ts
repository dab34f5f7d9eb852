import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { GorodError } from '../errors.ts';
import { writeTrouble } from '../file-trouble.ts';
import type { FileContent } from './fingerprint.ts';
import { JOURNAL_TEXTS } from './texts.ts';

/** What is recorded of a file when it is done. */
export interface DoneFile {
  /** The input, by its path from the folder of the record. */
  readonly input: string;
  readonly content: FileContent;
  /** A short text that changes when an option does that decides what the result says. */
  readonly options: string;
  /** The name of the result in the folder of the record. */
  readonly output: string;
  /**
   * What was learnt when it was done: of everything, and of what answered its rows. Short texts that change when that does,
   * empty where there was nothing.
   */
  readonly learnt: { readonly all: string; readonly applied: string };
}

/** The record, in a folder of results, of the files that are done. Any number of runs may use it at one time. */
export interface DoneFiles {
  /** What is recorded of an input; undefined where it was never done. */
  recall(input: string): DoneFile | undefined;
  /** The input that a result was made from last. */
  inputOf(output: string): string | undefined;
  /** Records that a file is done, in place of what was recorded of it. Durable when it returns. */
  mark(file: DoneFile): void;
  close(): void;
}

/** A dot file: no folder listing shows it, and gorod takes none for an input. */
export function doneFile(folder: string): string {
  return join(folder, '.gorod-done.sqlite');
}

const SCHEMA_VERSION = 2;
const BUSY_TIMEOUT_MS = 15_000;

/** Opens the record of a folder, and makes it where there is none. Throws GorodError OUTPUT_FAILED. */
export function openDoneFiles(folder: string): DoneFiles {
  const file = doneFile(folder);
  return translated(file, () => {
    // SQLite would make the file readable for everyone.
    closeSync(openSync(file, 'a', 0o600));
    return overDatabase(file, new Database(file, { timeout: BUSY_TIMEOUT_MS }));
  });
}

/** What the record of a folder says, without making one: nothing where there is none. Throws GorodError OUTPUT_FAILED. */
export function readDoneFiles(folder: string): Pick<DoneFiles, 'recall' | 'inputOf' | 'close'> {
  const file = doneFile(folder);
  if (!existsSync(file)) return { recall: () => undefined, inputOf: () => undefined, close: () => {} };
  return translated(file, () => {
    const database = new Database(file, { readonly: true, timeout: BUSY_TIMEOUT_MS });
    const { recall, inputOf, close } = overDatabase(file, database);
    return { recall, inputOf, close };
  });
}

interface Row {
  readonly input: string;
  readonly options: string;
  readonly size: number;
  readonly mtime_ms: number;
  readonly sha256: string;
  readonly output: string;
  /** Absent in a record that is only read and of an earlier schema. */
  readonly learnt_all?: string;
  readonly learnt_applied?: string;
}

function overDatabase(file: string, database: Database.Database): DoneFiles {
  try {
    if (!database.readonly) prepare(file, database);
    const byInput = database.prepare<[string], Row>('SELECT * FROM done WHERE input = ?');
    const byOutput = database
      .prepare<[string], string>('SELECT input FROM done WHERE output = ? ORDER BY done_at DESC')
      .pluck();
    return {
      recall: (input) => translated(file, () => fromRow(byInput.get(input))),
      inputOf: (output) => translated(file, () => byOutput.get(output)),
      mark: ({ input, content: { size, mtimeMs, sha256 }, options, output, learnt }) => {
        translated(file, () => {
          database
            .prepare(
              `INSERT OR REPLACE INTO done
                 (input, options, size, mtime_ms, sha256, output, done_at, learnt_all, learnt_applied)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
            )
            .run(input, options, size, mtimeMs, sha256, output, Date.now(), learnt.all, learnt.applied);
        });
      },
      close: () => database.close(),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

function prepare(file: string, database: Database.Database): void {
  const version = Number(database.pragma('user_version', { simple: true }));
  if (version > SCHEMA_VERSION) {
    throw new GorodError('OUTPUT_FAILED', JOURNAL_TEXTS.newerRecord(file));
  }
  if (version === SCHEMA_VERSION) return;
  // Another run may be doing the same at this moment.
  const migrate = database.transaction(() => {
    const from = Number(database.pragma('user_version', { simple: true }));
    for (const step of MIGRATIONS.slice(from)) database.exec(step);
    database.pragma(`user_version = ${SCHEMA_VERSION}`);
  });
  migrate.immediate();
}

/** What leads from each schema to the next. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE done (
     input TEXT PRIMARY KEY,
     options TEXT NOT NULL,
     size INTEGER NOT NULL,
     mtime_ms REAL NOT NULL,
     sha256 TEXT NOT NULL,
     output TEXT NOT NULL,
     done_at INTEGER NOT NULL
   ) WITHOUT ROWID;`,
  `ALTER TABLE done ADD COLUMN learnt_all TEXT NOT NULL DEFAULT '';
   ALTER TABLE done ADD COLUMN learnt_applied TEXT NOT NULL DEFAULT '';`,
];

function fromRow(row: Row | undefined): DoneFile | undefined {
  if (row === undefined) return undefined;
  const { input, options, size, mtime_ms, sha256, output, learnt_all = '', learnt_applied = '' } = row;
  const learnt = { all: learnt_all, applied: learnt_applied };
  return { input, options, content: { size, mtimeMs: mtime_ms, sha256 }, output, learnt };
}

function translated<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof GorodError) throw cause;
    const isDamaged = cause instanceof Database.SqliteError && /^SQLITE_(?:CORRUPT|NOTADB|ERROR)/.test(cause.code);
    const text = isDamaged ? JOURNAL_TEXTS.damagedRecord(file) : JOURNAL_TEXTS.uselessRecord(file, writeTrouble(cause));
    throw new GorodError('OUTPUT_FAILED', text, { cause });
  }
}
