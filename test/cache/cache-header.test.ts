import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readCacheHeader } from '../../src/cache/cache-header.ts';
import { openCacheSnapshot } from '../../src/cache/cache-snapshot.ts';
import { readOverrides } from '../../src/cache/override-file.ts';
import { APPLICATION_ID, SCHEMA_VERSION } from '../../src/cache/schema.ts';
import { openSqliteCache } from '../../src/cache/sqlite-cache.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/cli.ts';

const HEADER = { applicationId: APPLICATION_ID, schemaVersion: SCHEMA_VERSION };

let folder: TemporaryFolder;
let file: string;
beforeEach(() => {
  folder = temporaryFolder();
  file = folder.file('answers.sqlite');
  openSqliteCache(file).cache.close();
});
afterEach(() => folder[Symbol.dispose]());

/** What another process is told that wants the file for itself; "free" where nobody has it. */
function tryToHave(): string {
  const attempt = `const database = new (require('better-sqlite3'))(process.argv[1], { timeout: 0 });
    database.pragma('locking_mode = EXCLUSIVE');
    try {
      database.prepare('SELECT count(*) FROM questions').get();
      console.log('free');
    } catch ({ code }) {
      console.log(code);
    }`;
  return spawnSync(process.execPath, ['-e', attempt, file], { encoding: 'utf8' }).stdout.trim();
}

describe('the header of a cache', () => {
  test('is the same whether or not the file is in use', () => {
    expect(readCacheHeader(file)).toEqual(HEADER);
    const { cache } = openSqliteCache(file);
    expect(readCacheHeader(file)).toEqual(HEADER);
    cache.close();
  });

  test('is read also where only the write-ahead log has it', () => {
    const database = new Database(file);
    database.pragma('user_version = 77');
    expect(readCacheHeader(file)).toEqual({ ...HEADER, schemaVersion: 77 });
    database.close();
  });

  test('of a file that is no database is nothing, whatever lies beside it', () => {
    writeFileSync(file, 'no cache at all '.repeat(100));
    expect(readCacheHeader(file)).toEqual({ applicationId: 0, schemaVersion: 0 });
    for (const suffix of ['-wal', '-shm']) writeFileSync(file + suffix, '');
    expect(readCacheHeader(file)).toEqual({ applicationId: 0, schemaVersion: 0 });
  });
});

describe('a cache that is in use', () => {
  test.each([
    ['its header', () => void readCacheHeader(file)],
    ['what was learnt', () => void readOverrides(file)],
    ['its answers', () => openCacheSnapshot(file)?.close()],
    ['its answers, as a run', () => openSqliteCache(file).cache.close()],
  ])('stays locked when the same process reads %s', (_, look) => {
    expect(tryToHave()).toBe('free');
    const { cache } = openSqliteCache(file);
    expect(tryToHave()).toBe('SQLITE_BUSY');
    look();
    expect(tryToHave()).toBe('SQLITE_BUSY');
    cache.close();
  });
});
