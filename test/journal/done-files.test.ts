import { mkdirSync, readdirSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DoneFile, doneFile, openDoneFiles, readDoneFiles } from '../../src/journal/done-files.ts';
import { fileContent } from '../../src/journal/fingerprint.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/cli.ts';

const FILE: DoneFile = {
  input: '../in/a.csv',
  content: { size: 12, mtimeMs: 1_700_000_000_000.5, sha256: 'abc' },
  options: 'x',
  output: 'a.gorod.csv',
  learnt: { all: 'l', applied: 'a' },
};

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

describe('the record of what is done', () => {
  test('keeps the last word on each file', () => {
    const record = openDoneFiles(folder.path);
    expect(record.recall(FILE.input)).toBeUndefined();
    record.mark(FILE);
    record.mark({ ...FILE, options: 'y' });
    record.close();
    const again = openDoneFiles(folder.path);
    expect(again.recall(FILE.input)).toEqual({ ...FILE, options: 'y' });
    expect(again.inputOf('a.gorod.csv')).toBe('../in/a.csv');
    expect(again.inputOf('b.gorod.csv')).toBeUndefined();
    again.close();
  });

  test('of an earlier gorod is kept, with nothing learnt, also where it is only read', () => {
    const old = new Database(doneFile(folder.path));
    old.exec(
      `CREATE TABLE done (input TEXT PRIMARY KEY, options TEXT NOT NULL, size INTEGER NOT NULL, mtime_ms REAL NOT NULL,
         sha256 TEXT NOT NULL, output TEXT NOT NULL, done_at INTEGER NOT NULL) WITHOUT ROWID;
       INSERT INTO done VALUES ('../in/a.csv', 'x', 12, 1700000000000.5, 'abc', 'a.gorod.csv', 1);
       PRAGMA user_version = 1;`,
    );
    old.close();
    const expected = { ...FILE, learnt: { all: '', applied: '' } };
    const reading = readDoneFiles(folder.path);
    expect(reading.recall(FILE.input)).toEqual(expected);
    reading.close();
    const record = openDoneFiles(folder.path);
    expect(record.recall(FILE.input)).toEqual(expected);
    record.mark(FILE);
    expect(record.recall(FILE.input)).toEqual(FILE);
    record.close();
  });

  test('is shared by runs at one time', () => {
    const [one, other] = [openDoneFiles(folder.path), openDoneFiles(folder.path)];
    one.mark(FILE);
    expect(other.recall(FILE.input)).toEqual(FILE);
    other.mark({ ...FILE, input: 'b', output: 'b.gorod.csv' });
    expect(one.recall('b')).toBeDefined();
    one.close();
    other.close();
    expect(readdirSync(folder.path)).toEqual(['.gorod-done.sqlite']);
    expect(statSync(doneFile(folder.path)).mode & 0o77).toBe(0);
  });

  test('is not made to be read', () => {
    const record = readDoneFiles(folder.path);
    expect(record.recall(FILE.input)).toBeUndefined();
    record.close();
    expect(readdirSync(folder.path)).toEqual([]);
  });

  test('is read without a trace', () => {
    const record = openDoneFiles(folder.path);
    record.mark(FILE);
    record.close();
    const reading = readDoneFiles(folder.path);
    expect(reading.recall(FILE.input)).toEqual(FILE);
    expect(readdirSync(folder.path)).toEqual(['.gorod-done.sqlite']);
    reading.close();
    expect(readdirSync(folder.path)).toEqual(['.gorod-done.sqlite']);
  });

  test('that is damaged is named, with what to do', () => {
    writeFileSync(doneFile(folder.path), 'no database at all, though as long as one would have to be'.repeat(20));
    expect(() => openDoneFiles(folder.path)).toThrow(/\.gorod-done\.sqlite, is damaged\. Remove it/);
    expect(() => openDoneFiles(folder.path)).toThrow(expect.objectContaining({ code: 'OUTPUT_FAILED' }));
  });

  test('of a newer gorod is left alone', () => {
    const database = new Database(doneFile(folder.path));
    database.pragma('user_version = 99');
    database.close();
    expect(() => openDoneFiles(folder.path)).toThrow('made by a newer gorod');
  });

  test('that cannot be made is told', () => {
    mkdirSync(doneFile(folder.path));
    expect(() => openDoneFiles(folder.path)).toThrow(expect.objectContaining({ code: 'OUTPUT_FAILED' }));
  });
});

test('the content of a file is all of it, whatever its times', async () => {
  const path = folder.file('a');
  writeFileSync(path, 'x'.repeat(200_000));
  const before = await fileContent(path);
  utimesSync(path, 1, 1);
  expect(await fileContent(path)).toEqual({ ...before, mtimeMs: 1000 });
  truncateSync(path, 199_999);
  expect((await fileContent(path)).sha256).not.toBe(before.sha256);
});
