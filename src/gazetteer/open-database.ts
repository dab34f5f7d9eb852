import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { GorodError } from '../errors.ts';
import { FOLD_VERSION } from '../toponym/fold.ts';
import { builtinGazetteerFile } from './builtin-file.ts';
import { APPLICATION_ID, META, SCHEMA_VERSION } from './schema.ts';

/**
 * Opens a gazetteer file for reading and makes sure that it is one, of this schema and this fold.
 * Throws GorodError GAZETTEER_UNUSABLE naming the file and the command that rebuilds it.
 */
export function openGazetteerDatabase(file: string): Database.Database {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) throw unusable(file, 'is not there');
  return translated(file, () => {
    const database = new Database(file, { readonly: true, fileMustExist: true });
    try {
      checkIdentity(file, database);
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
    if (error instanceof Database.SqliteError) throw unusable(file, 'is damaged or no gazetteer', error);
    throw error;
  }
}

function checkIdentity(file: string, database: Database.Database): void {
  const applicationId = database.pragma('application_id', { simple: true });
  if (applicationId !== APPLICATION_ID) throw unusable(file, 'is not a gazetteer');
  const version = Number(database.pragma('user_version', { simple: true }));
  if (version > SCHEMA_VERSION) {
    throw unusable(file, `was made by a newer gorod (schema ${version}, this one reads ${SCHEMA_VERSION})`);
  }
  if (version < SCHEMA_VERSION) throw unusable(file, `was made by an older gorod (schema ${version})`);
  const fold = database.prepare('SELECT value FROM meta WHERE key = ?').pluck().get(META.foldVersion);
  if (fold !== String(FOLD_VERSION)) {
    throw unusable(file, `folds names in another way (${String(fold)}, this gorod ${FOLD_VERSION})`);
  }
}

function unusable(file: string, what: string, cause?: unknown): GorodError {
  const rebuild =
    file === builtinGazetteerFile() ? 'npm run build' : `gorod gazetteer import FILE… -o ${JSON.stringify(file)}`;
  return new GorodError('GAZETTEER_UNUSABLE', `gazetteer ${file} ${what}; rebuild it with: ${rebuild}`, { cause });
}
