import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answerStore } from '../../src/cache/answer-store.ts';
import { openCacheFile } from '../../src/cache/cache-file.ts';
import type { StoredAnswer } from '../../src/cache/stored-answer.ts';

let folder: string;
let database: Database;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gorod-store-'));
  database = openCacheFile(join(folder, 'answers.sqlite'), { whenWrong: { setAsideAt: 0 } }).database;
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

function answer(cityName: string): StoredAnswer {
  return { detection: { status_code: 'OK', detected_cdek_city: { cityCode: '1', cityName } }, okUpTo: 0, fetchedAt: 5 };
}

describe('an answer that is written', () => {
  test('comes back with the very object of an equal one', () => {
    const store = answerStore(database);
    const first = store.set('a', answer('Тула'));
    const second = store.set('b', { ...answer('Тула'), okUpTo: 7 });
    expect(second).toEqual({ ...answer('Тула'), okUpTo: 7 });
    expect(second.detection).toBe(first.detection);
    expect(store.set('c', answer('Пермь')).detection).not.toBe(first.detection);
  });

  test('is not taken for the one that got the number of a write that was undone', () => {
    const store = answerStore(database);
    expect(() =>
      database.transaction(() => {
        store.set('a', answer('Тула'));
        throw new Error('the disk is full');
      })(),
    ).toThrow('full');
    store.set('b', answer('Пермь'));
    store.set('a', answer('Тула'));
    expect(store.getMany(['a', 'b'])).toEqual([answer('Тула'), answer('Пермь')]);
  });

  test('is written anew where another run has removed it', () => {
    const store = answerStore(database);
    store.set('a', answer('Тула'));
    database.exec('DELETE FROM questions; DELETE FROM answers');
    store.set('b', answer('Тула'));
    expect(answerStore(database).getMany(['b'])).toEqual([answer('Тула')]);
  });
});
