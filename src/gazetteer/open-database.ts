import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { GorodError } from '../errors.ts';
import { FOLD_VERSION } from '../toponym/fold.ts';
import { builtinGazetteerFile } from './builtin-file.ts';
import { APPLICATION_ID, META, SCHEMA_VERSION } from './schema.ts';

/**
 * Opens a gazetteer file for reading and makes sure that it is one, of this schema and this fold. `anyFold` lets pass
 * one that only folds names in another way, for a reader that folds them anew.
 * Throws GorodError GAZETTEER_UNUSABLE naming the file and the command that rebuilds it.
 */
export function openGazetteerDatabase(file: string, options: { readonly anyFold?: boolean } = {}): Database.Database {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) throw unusable(file, 'is not there', 'make');
  return translated(file, () => {
    const database = new Database(file, { readonly: true, fileMustExist: true });
    try {
      checkIdentity(file, database);
      if (options.anyFold !== true) checkFold(file, database);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

/** Runs `read`; SQLite's own errors become GAZETTEER_UNUSABLE of `file`, others pass. */
export function translated<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Database.SqliteError) throw unusable(file, 'is damaged or no gazetteer', 'replace', error);
    throw error;
  }
}

function checkIdentity(file: string, database: Database.Database): void {
  const applicationId = database.pragma('application_id', { simple: true });
  if (applicationId !== APPLICATION_ID) throw unusable(file, 'is not a gazetteer', 'replace');
  const version = Number(database.pragma('user_version', { simple: true }));
  if (version > SCHEMA_VERSION) {
    throw unusable(file, `was made by a newer gorod (schema ${version}, this one reads ${SCHEMA_VERSION})`, 'replace');
  }
  if (version < SCHEMA_VERSION) throw unusable(file, `was made by an older gorod (schema ${version})`, 'replace');
}

function checkFold(file: string, database: Database.Database): void {
  const fold = database.prepare('SELECT value FROM meta WHERE key = ?').pluck().get(META.foldVersion);
  if (fold === String(FOLD_VERSION)) return;
  throw unusable(file, `folds names in another way (${String(fold)}, this gorod ${FOLD_VERSION})`, 'rebuild');
}

/** What is to be done with the file before the command that makes it anew. */
const STEPS = { make: 'make it with', rebuild: 'rebuild it with', replace: 'move it away and rebuild it with' };

/** The error about a gazetteer that lacks what other parts of it refer to. */
export function incomplete(file: string, what: string, cause?: unknown): GorodError {
  return unusable(file, `is damaged: it lacks ${what}`, 'replace', cause);
}

function unusable(file: string, what: string, step: keyof typeof STEPS, cause?: unknown): GorodError {
  const builtin = file === builtinGazetteerFile();
  const command = builtin ? 'npm run build' : `gorod gazetteer import FILE… -o ${JSON.stringify(file)}`;
  const message = `gazetteer ${file} ${what}; ${builtin ? STEPS.rebuild : STEPS[step]}: ${command}`;
  return new GorodError('GAZETTEER_UNUSABLE', message, { cause });
}
