import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GorodError } from '../../src/errors.ts';
import { builtinGazetteerFile } from '../../src/gazetteer/builtin-file.ts';
import { openGazetteer } from '../../src/gazetteer/sqlite-gazetteer.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/cli.ts';

let folder: TemporaryFolder;

beforeAll(() => {
  folder = temporaryFolder();
});

afterAll(() => {
  folder[Symbol.dispose]();
});

function copy(name: string, damage: (file: string) => void): string {
  const file = folder.file(name);
  copyFileSync(builtinGazetteerFile(), file);
  damage(file);
  return file;
}

function changed(name: string, sql: string): string {
  return copy(name, (file) => {
    const database = new Database(file);
    database.pragma('foreign_keys = OFF');
    database.exec(sql);
    database.close();
  });
}

function failure(use: () => unknown): GorodError {
  try {
    use();
  } catch (error) {
    if (error instanceof GorodError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

const damaged: readonly (readonly [what: string, make: () => string, message: RegExp])[] = [
  ['missing', () => folder.file('missing.sqlite'), /is not there; make it with: gorod gazetteer import/],
  ['a folder', () => folder.path, /is not there/],
  ['empty', () => copy('empty.sqlite', (file) => truncateSync(file, 0)), /is not a gazetteer/],
  ['truncated', () => copy('truncated.sqlite', (file) => truncateSync(file, 200_000)), /is damaged/],
  ['another kind of file', () => copy('text.sqlite', (file) => writeFileSync(file, 'postcode,city\n')), /is damaged/],
  ['a foreign database', () => changed('foreign.sqlite', 'PRAGMA application_id = 1'), /is not a gazetteer/],
  ['made by a newer gorod', () => changed('newer.sqlite', 'PRAGMA user_version = 99'), /newer gorod \(schema 99/],
  ['made by an older gorod', () => changed('older.sqlite', 'PRAGMA user_version = 0'), /older gorod \(schema 0/],
  [
    'folded in another way',
    () => changed('fold.sqlite', "UPDATE meta SET value = '0' WHERE key = 'fold_version'"),
    /folds names in another way/,
  ],
  ['without a table', () => changed('table.sqlite', 'DROP TABLE prefix_owners'), /is damaged/],
];

describe('a gazetteer file that cannot be used', () => {
  it.each(damaged)('is one clear error when it is %s', (_, make, message) => {
    const file = make();
    const error = failure(() => openGazetteer(file));
    expect(error.code).toBe('GAZETTEER_UNUSABLE');
    expect(error.message).toMatch(message);
    expect(error.message).toContain(file);
    expect(error.message).toMatch(/gorod gazetteer import FILE… -o/);
  });

  const nameless = '{"id": 1, "name": "Белогорск", "names": [1, 2]}';
  const texts = ['[1,2]', '[{', 'null', '{}', '', `[${nameless}]`].map(
    (text) => `UPDATE subject_places SET places = '${text}' WHERE subject = '28'`,
  );
  it.each(["DELETE FROM subject_places WHERE subject = '28'", ...texts])(
    'is the same error when the places of a subject cannot be read: %s',
    (sql) => {
      const file = changed('places.sqlite', sql);
      expect(failure(() => openGazetteer(file).candidates('675000'))).toMatchObject({
        code: 'GAZETTEER_UNUSABLE',
        message: expect.stringMatching(/places\.sqlite is damaged: it lacks the places of its subject 28; move/),
      });
    },
  );

  it('is the same error when the damage shows only at a question', () => {
    const file = copy('zeroed.sqlite', (path) => {
      const content = readFileSync(path);
      writeFileSync(path, content.fill(0, 16_384));
    });
    const error = failure(() => openGazetteer(file).candidates('675000'));
    expect([error.code, error.message.includes(file)]).toEqual(['GAZETTEER_UNUSABLE', true]);
  });

  it('is the same error when it holds a place of a subject that it lacks', () => {
    const file = changed('subject.sqlite', "DELETE FROM subjects WHERE code = '28'");
    const error = failure(() => openGazetteer(file).candidates('675000').subjects);
    expect([error.code, error.message]).toEqual(['GAZETTEER_UNUSABLE', expect.stringContaining('its subject 28')]);
  });
});
