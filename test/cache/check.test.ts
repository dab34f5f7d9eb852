import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkCacheFile } from '../../src/cache/check.ts';
import { MIGRATIONS, SCHEMA_VERSION } from '../../src/cache/schema.ts';
import { openSqliteCache } from '../../src/cache/sqlite-cache.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gorod-check-'));
  file = join(folder, 'answers.sqlite');
  const { cache } = openSqliteCache(file);
  for (let i = 0; i < 500; i++) {
    cache.set(`key ${i}`, { detection: { status_code: 'OK', status_msg: `${i}` }, okUpTo: 0, fetchedAt: 1 });
  }
  cache.close();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function change(sql: string): void {
  const database = new Database(file);
  database.exec(sql);
  database.close();
}

describe('a sound cache', () => {
  test('has no faults', () => {
    expect(checkCacheFile(file)).toEqual({ faults: [], answers: 500, schemaVersion: SCHEMA_VERSION });
  });

  test('stays as it is', () => {
    const before = readFileSync(file);
    checkCacheFile(file);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toEqual([]);
  });

  test('may be of an older schema', () => {
    rmSync(file);
    const database = new Database(file);
    database.exec(MIGRATIONS[0] ?? '');
    database.pragma('application_id = 0x676f7263');
    database.pragma('user_version = 1');
    database.close();
    expect(checkCacheFile(file)).toEqual({ faults: [], answers: 0, schemaVersion: 1 });
  });

  test('may be in use', () => {
    const { cache } = openSqliteCache(file);
    cache.set('more', { detection: { status_code: 'OK' }, fetchedAt: 2 });
    expect(checkCacheFile(file)).toMatchObject({ faults: [], answers: 501 });
    cache.close();
  });
});

describe('what is wrong is found', () => {
  const DAMAGES: readonly (readonly [string, () => void, RegExp])[] = [
    ['truncated to half', () => truncateSync(file, Math.floor(statSync(file).size / 2)), /./],
    ['truncated by a few bytes', () => truncateSync(file, statSync(file).size - 10), /truncated/],
    ['emptied', () => truncateSync(file, 0), /empty/],
    ['zeroed', () => writeFileSync(file, Buffer.alloc(statSync(file).size)), /no cache of gorod/],
    ['a text', () => writeFileSync(file, 'postcode;address\n'.repeat(200)), /no cache of gorod/],
    ['overwritten in the middle', () => overwrite(8192, 20_000), /./],
    ['without a table', () => change('DROP TABLE leases'), /leases is not as schema 4 has it/],
    ['without an index', () => change('DROP INDEX questions_answer'), /questions_answer is not as/],
    ['with a table too many', () => change('CREATE TABLE other (x)'), /other is not as/],
    [
      'answers gone',
      () => change('PRAGMA foreign_keys = OFF; DELETE FROM answers WHERE id < 3'),
      /2 questions have no answer/,
    ],
    [
      'unreadable answers',
      () => change("UPDATE answers SET json = '{' || id WHERE id < 4"),
      /3 answers cannot be read/,
    ],
    [
      'unreadable cities',
      () => change("INSERT INTO postcodes VALUES ('a', '{', 1), ('b', '{}', 1), ('c', '[]', 1)"),
      /the cities of 2 postcodes cannot be read/,
    ],
  ];

  function overwrite(from: number, length: number): void {
    const bytes = readFileSync(file);
    bytes.fill(0xa5, from, from + length);
    writeFileSync(file, bytes);
  }

  test.each(DAMAGES)('%s', (_, damage, fault) => {
    damage();
    const before = readFileSync(file);
    const faults = checkCacheFile(file)?.faults ?? [];
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.join('\n')).toMatch(fault);
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

test('no file is nothing to check', () => {
  expect(checkCacheFile(join(folder, 'none.sqlite'))).toBeUndefined();
});

test('a cache of a newer gorod is not judged', () => {
  change(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
  expect(() => checkCacheFile(file)).toThrow(expect.objectContaining({ code: 'CACHE_NEWER', exitCode: 2 }));
});
