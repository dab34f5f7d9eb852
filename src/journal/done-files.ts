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

const SCHEMA_VERSION = 1;
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
  return translated(file, () => overDatabase(file, new Database(file, { readonly: true, timeout: BUSY_TIMEOUT_MS })));
}

interface Row {
  readonly input: string;
  readonly options: string;
  readonly size: number;
  readonly mtime_ms: number;
  readonly sha256: string;
  readonly output: string;
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
      mark: ({ input, content: { size, mtimeMs, sha256 }, options, output }) => {
        translated(file, () => {
          database
            .prepare('INSERT OR REPLACE INTO done VALUES (?, ?, ?, ?, ?, ?, ?)')
            .run(input, options, size, mtimeMs, sha256, output, Date.now());
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
  database.exec(`
    BEGIN IMMEDIATE;
    CREATE TABLE IF NOT EXISTS done (
      input TEXT PRIMARY KEY,
      options TEXT NOT NULL,
      size INTEGER NOT NULL,
      mtime_ms REAL NOT NULL,
      sha256 TEXT NOT NULL,
      output TEXT NOT NULL,
      done_at INTEGER NOT NULL
    ) WITHOUT ROWID;
    PRAGMA user_version = ${SCHEMA_VERSION};
    COMMIT;
  `);
}

function fromRow(row: Row | undefined): DoneFile | undefined {
  if (row === undefined) return undefined;
  const { input, options, size, mtime_ms, sha256, output } = row;
  return { input, options, content: { size, mtimeMs: mtime_ms, sha256 }, output };
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
