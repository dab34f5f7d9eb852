import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyTally, type Tally } from '../../src/pipeline/tally.ts';
import { parseThresholds, passedThresholds, showThreshold } from '../../src/pipeline/thresholds.ts';

function tallyOf(verdicts: Readonly<Record<string, number>>, more: Partial<Tally> = {}): Tally {
  const rowsOut = Object.values(verdicts).reduce((sum, count) => sum + count, 0);
  return { ...emptyTally(), rowsOut, verdicts: new Map(Object.entries(verdicts)), ...more };
}

function passed(text: string, tally: Tally): readonly string[] {
  return passedThresholds(parseThresholds([text]), tally).map(
    ({ threshold, count, rows }) => `${showThreshold(threshold)}: ${count} of ${rows}`,
  );
}

describe('--fail-on', () => {
  test.each([
    ['any', { name: 'any', most: 0, unit: 'rows' }],
    ['review>2%', { name: 'review', most: 2, unit: 'percent' }],
    [' Reject > 10 ', { name: 'reject', most: 10, unit: 'rows' }],
    ['err_bad_cod>0.5%', { name: 'ERR_BAD_COD', most: 0.5, unit: 'percent' }],
    ['ERR_RECCITYPOSTCODE_DUBL', { name: 'ERR_RECCITYPOSTCODE_DUBL', most: 0, unit: 'rows' }],
    ['DEFERRED>3', { name: 'DEFERRED', most: 3, unit: 'rows' }],
  ])('reads %j', (text, threshold) => {
    expect(parseThresholds([text])).toEqual([threshold]);
  });

  test('may be given several times, or once with commas', () => {
    const apart = parseThresholds(['cod', 'review>2%']);
    expect(parseThresholds(['cod,review>2%'])).toEqual(apart);
    expect(apart.map(showThreshold)).toEqual(['cod', 'review>2%']);
  });

  test.each([
    ['', 'must be a name'],
    ['review>', 'must be a name'],
    ['review>=2', 'must be a name'],
    ['review>-1', 'must be a name'],
    ['reviews', 'is none of any, cod, accept'],
    ['toString', 'is none of'],
    ['review>1.5', 'whole number'],
    ['review>100%', 'never'],
  ])('refuses %j', (text, why) => {
    expect(() => parseThresholds([text])).toThrow(why);
  });
});

describe('a threshold is passed', () => {
  test('by the first row more than it allows', () => {
    expect(passed('review>2', tallyOf({ accept: 8, review: 2 }))).toEqual([]);
    expect(passed('review>2', tallyOf({ accept: 8, review: 3 }))).toEqual(['review>2: 3 of 11']);
    expect(passed('review', tallyOf({ accept: 8, review: 1 }))).toEqual(['review: 1 of 9']);
  });

  test('not by exactly its share, whatever the figures', () => {
    const share = fc.record({ percent: fc.integer({ min: 0, max: 99 }), hundreds: fc.integer({ min: 1, max: 9999 }) });
    fc.assert(
      fc.property(share, ({ percent, hundreds }) => {
        const review = percent * hundreds;
        const at = (count: number) =>
          passed(`review>${percent}%`, tallyOf({ review: count, accept: hundreds * 100 - count }));
        expect(at(review)).toEqual([]);
        expect(at(review + 1)).toHaveLength(1);
      }),
    );
  });

  test('never by a file without rows', () => {
    for (const text of ['any', 'review>0%', 'cod']) expect(passed(text, tallyOf({}))).toEqual([]);
  });

  test('by any row that is not accepted', () => {
    expect(passed('any>2', tallyOf({ accept: 1, review: 1, reject: 1, retry: 1 }))).toEqual(['any>2: 3 of 4']);
  });

  test('by cod flags, statuses and foretold order errors', () => {
    const tally = tallyOf(
      { accept: 7, reject: 3 },
      { codFlags: 2, statuses: new Map([['ERR_BAD_COD', 1]]), orderErrors: new Map([['ERR_RECCITYPOSTCODE', 1]]) },
    );
    expect(passed('cod', tally)).toEqual(['cod: 2 of 10']);
    expect(passed('ERR_BAD_COD>9%', tally)).toEqual(['ERR_BAD_COD>9%: 1 of 10']);
    expect(passed('ERR_RECCITYPOSTCODE', tally)).toEqual(['ERR_RECCITYPOSTCODE: 1 of 10']);
    expect(passed('ERR_NO_ADDRESS', tally)).toEqual([]);
  });
});
