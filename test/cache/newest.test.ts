import { expect, test } from 'vitest';
import { newest } from '../../src/cache/newest.ts';

test('the entries that were set last are kept, those that were set again among them', () => {
  const kept = newest<number>(3);
  for (const [index, key] of ['a', 'b', 'c', 'a', 'd'].entries()) kept.set(key, index);
  expect(['a', 'b', 'c', 'd'].map((key) => kept.get(key))).toEqual([3, undefined, 2, 4]);
  kept.clear();
  expect(kept.get('a')).toBeUndefined();
});

test('without a bound all are kept', () => {
  const kept = newest<number>(Number.POSITIVE_INFINITY);
  for (let number = 0; number < 1000; number += 1) kept.set(`${number}`, number);
  expect(kept.get('0')).toBe(0);
});
