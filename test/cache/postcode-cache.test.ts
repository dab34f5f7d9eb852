import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { PostcodeCity } from '../../src/address/postcode-city.ts';
import { openCacheFile } from '../../src/cache/cache-file.ts';
import { memoryPostcodes, type PostcodeCache } from '../../src/cache/postcode-cache.ts';
import { openSqliteCache } from '../../src/cache/sqlite-cache.ts';

const folder = mkdtempSync(join(tmpdir(), 'gorod-postcodes-'));
const opened: { close(): void }[] = [];
let files = 0;

function openFile(file = join(folder, `${files++}.sqlite`)): PostcodeCache {
  const { postcodes, cache } = openSqliteCache(file);
  opened.push(cache);
  return postcodes;
}

afterEach(() => {
  for (const cache of opened.splice(0)) cache.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TULA: PostcodeCity = { cityCode: '150', cityName: 'Тула', paymentLimit: 0, latitude: 54.19 };

describe.each([
  ['memory', memoryPostcodes],
  ['SQLite', openFile],
] as const)("postcodes' cities in %s", (_, open) => {
  test('come back as they were stored, in the order of the keys', () => {
    const cache = open();
    cache.set('a', { cities: [TULA, { cityName: 'Безкодово' }], fetchedAt: 5 });
    cache.set('b', { cities: [], fetchedAt: 6 });
    expect(cache.getMany(['b', 'x', 'a'])).toEqual([
      { cities: [], fetchedAt: 6 },
      undefined,
      { cities: [TULA, { cityName: 'Безкодово' }], fetchedAt: 5 },
    ]);
    expect(cache.getMany([])).toEqual([]);
  });

  test('are replaced whole', () => {
    const cache = open();
    cache.set('a', { cities: [TULA], fetchedAt: 5 });
    cache.set('a', { cities: [], fetchedAt: 7 });
    expect(cache.getMany(['a'])).toEqual([{ cities: [], fetchedAt: 7 }]);
  });
});

test.each(['{', '{}', '[1]', '[{"cityCode":"1"}]', '[null]'])(
  'a stored list that reads %s was never stored',
  (json) => {
    const file = join(folder, `${files++}.sqlite`);
    const cache = openFile(file);
    cache.set('a', { cities: [TULA], fetchedAt: 5 });
    const database = new Database(file);
    database.prepare('UPDATE postcodes SET cities = ?').run(json);
    database.close();
    expect(cache.getMany(['a'])).toEqual([undefined]);
  },
);

/** The first schema with the table of postcodes. */
const POSTCODES_SCHEMA = 3;

test('a cache of an older schema gets the table and keeps its answers', () => {
  const file = join(folder, `${files++}.sqlite`);
  openCacheFile(file, { whenWrong: 'refuse' }).database.close();
  const old = new Database(file);
  old.exec('DROP TABLE postcodes; DROP TABLE overrides');
  old.exec('INSERT INTO answers (json, status) VALUES (\'{"status_code":"OK"}\', \'OK\')');
  old.exec("INSERT INTO questions (key, answer, fetched_at) VALUES ('q', 1, 5)");
  old.pragma(`user_version = ${POSTCODES_SCHEMA - 1}`);
  old.close();
  const { cache, postcodes, warnings } = openSqliteCache(file);
  opened.push(cache);
  expect(warnings).toEqual([]);
  expect(cache.getMany(['q'])).toEqual([{ detection: { status_code: 'OK' }, fetchedAt: 5 }]);
  postcodes.set('a', { cities: [TULA], fetchedAt: 5 });
  expect(postcodes.getMany(['a'])).toHaveLength(1);
});
