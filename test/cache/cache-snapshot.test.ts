import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openCacheSnapshot } from '../../src/cache/cache-snapshot.ts';
import { openSqliteCache } from '../../src/cache/sqlite-cache.ts';
import type { StoredAnswer } from '../../src/cache/stored-answer.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/cli.ts';

const ANSWER: StoredAnswer = { detection: { status_code: 'ERR_MANY_CITIES_IN_ADDRESS' }, fetchedAt: 5 };

let folder: TemporaryFolder;
let file: string;
beforeEach(() => {
  folder = temporaryFolder();
  file = folder.file('answers.sqlite');
});
afterEach(() => folder[Symbol.dispose]());

function copies(): readonly string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('gorod-cache-'));
}

describe('a look into a cache', () => {
  test('sees its answers and leaves no trace', () => {
    const { cache } = openSqliteCache(file);
    cache.set('a', ANSWER);
    cache.close();
    const before = copies();
    const snapshot = openCacheSnapshot(file);
    expect(snapshot?.answers.getMany(['a', 'b'])).toEqual([ANSWER, undefined]);
    expect(readdirSync(folder.path)).toEqual(['answers.sqlite']);
    snapshot?.close();
    expect(readdirSync(folder.path)).toEqual(['answers.sqlite']);
    expect(copies()).toEqual(before);
  });

  test('sees what another run has just stored', () => {
    const { cache } = openSqliteCache(file);
    cache.set('a', ANSWER);
    const before = readdirSync(folder.path);
    const snapshot = openCacheSnapshot(file);
    expect(snapshot?.answers.getMany(['a'])).toEqual([ANSWER]);
    snapshot?.close();
    cache.set('b', ANSWER);
    expect(readdirSync(folder.path)).toEqual(before);
    cache.close();
  });

  test('finds nothing where there is no cache, or one that a run would set aside', () => {
    expect(openCacheSnapshot(file)).toBeUndefined();
    for (const content of ['', 'no cache at all', 'x'.repeat(10_000)]) {
      writeFileSync(file, content);
      expect(openCacheSnapshot(file)).toBeUndefined();
    }
    expect(readdirSync(folder.path)).toEqual(['answers.sqlite']);
  });

  test('is refused where a newer gorod made it, and where it is a folder', () => {
    openSqliteCache(file).cache.close();
    const database = new Database(file);
    database.pragma('user_version = 99');
    database.close();
    expect(() => openCacheSnapshot(file)).toThrow(expect.objectContaining({ code: 'CACHE_NEWER' }));
    mkdirSync(folder.file('d'));
    expect(() => openCacheSnapshot(folder.file('d'))).toThrow(expect.objectContaining({ code: 'CACHE_UNUSABLE' }));
  });
});
