import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { AnswerCache } from '../../src/cache/cache.ts';
import { memoryCache } from '../../src/cache/memory-cache.ts';
import { openSqliteCache } from '../../src/cache/sqlite-cache.ts';
import type { StoredAnswer } from '../../src/cache/stored-answer.ts';

const folder = mkdtempSync(join(tmpdir(), 'gorod-cache-'));
let files = 0;
const opened: AnswerCache[] = [];

const IMPLEMENTATIONS: readonly (readonly [string, () => AnswerCache])[] = [
  ['memory', memoryCache],
  ['SQLite', () => openSqliteCache(join(folder, `${files++}.sqlite`)).cache],
];

afterEach(() => {
  for (const cache of opened.splice(0)) cache.close();
});
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const ANSWER: StoredAnswer = {
  detection: {
    status_code: 'OK',
    status_msg: 'CDEK城市识别成功',
    detected_cdek_city: { cityCode: '286', cityName: 'Благовещенск', latitude: 50.2907, paymentLimit: -1 },
    detected_fias_city: { formal_name: 'Благовещенск', guid: '8f41253d-6e3b-48a9-842a-25ba894bd093' },
    possible_cities: ['Благовещенск'],
  },
  okUpTo: 1200.5,
  fetchedAt: 1_790_000_000_000,
};

describe.each(IMPLEMENTATIONS)('a cache in %s', (_, open) => {
  function start(): AnswerCache {
    const cache = open();
    opened.push(cache);
    return cache;
  }

  test('gives nothing for what was never stored', () => {
    expect(start().getMany(['a', 'b'])).toEqual([undefined, undefined]);
    expect(start().getMany([])).toEqual([]);
  });

  test('gives every field back as it was stored', () => {
    const cache = start();
    const stored: StoredAnswer = { ...ANSWER, exceededFrom: 5000, earlier: { ...ANSWER, fetchedAt: 1 } };
    cache.set('a', stored);
    expect(cache.getMany(['a'])).toEqual([stored]);
  });

  test('keeps the order of the keys, also where one is missing or doubled', () => {
    const cache = start();
    const other = { detection: { status_code: 'ERR_NOT_DETECT_CITY_IN_ADDRESS' }, fetchedAt: 2 };
    cache.set('a', ANSWER);
    cache.set('b', other);
    expect(cache.getMany(['b', 'x', 'a', 'b'])).toEqual([other, undefined, ANSWER, other]);
  });

  test('replaces an answer whole', () => {
    const cache = start();
    cache.set('a', { ...ANSWER, earlier: ANSWER });
    const newer = { detection: { status_code: 'ERR_MANY_CITIES_IN_ADDRESS' }, fetchedAt: 3 };
    cache.set('a', newer);
    expect(cache.getMany(['a'])).toEqual([newer]);
  });

  test('keeps questions with the same answer apart', () => {
    const cache = start();
    cache.set('a', ANSWER);
    cache.set('b', { ...ANSWER, okUpTo: 7, fetchedAt: 7 });
    cache.set('a', { detection: { status_code: 'ERR_BAD_COUNTRY' }, fetchedAt: 8 });
    expect(cache.getMany(['b'])).toEqual([{ ...ANSWER, okUpTo: 7, fetchedAt: 7 }]);
  });

  test('gives all that is stored under keys that begin alike, in their order', () => {
    const cache = start();
    const other = { detection: { status_code: 'ERR_NOT_DETECT_CITY_IN_ADDRESS' }, fetchedAt: 2, earlier: ANSWER };
    const keys = ['a|1|b', 'a|1|', 'a|1|я', 'a|1|\u{1f3d9}', 'a|10|a', 'a|1', 'a|2|a', 'A|1|a'];
    for (const key of keys) cache.set(key, ANSWER);
    cache.set('a|2|b', other);
    const [ones, none, twos] = cache.getStarting(['a|1|', 'x', 'a|2|']);
    expect(ones?.map(({ key }) => key)).toEqual(['a|1|', 'a|1|b', 'a|1|я', 'a|1|\u{1f3d9}']);
    expect(none).toEqual([]);
    expect(twos).toEqual([
      { key: 'a|2|a', answer: ANSWER },
      { key: 'a|2|b', answer: other },
    ]);
    expect(cache.getStarting([])).toEqual([]);
  });

  test('is a map: after any stores it gives what was stored last under each key', () => {
    const key = fc.constantFrom('a', 'A', 'ключ', "'; DROP TABLE answers; --", 'k'.repeat(5000), '');
    const answer = fc.record({
      detection: fc.record({
        status_code: fc.constantFrom('OK', 'ERR_X'),
        status_msg: fc.string({ unit: 'grapheme' }),
      }),
      fetchedAt: fc.nat(),
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(key, answer), { maxLength: 20 }), (stores) => {
        const cache = start();
        for (const [k, value] of stores) cache.set(k, value);
        const last = new Map(stores);
        expect(cache.getMany([...last.keys()])).toEqual([...last.values()]);
      }),
      { numRuns: 20 },
    );
  });
});
