import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../src/languages.ts';
import { emptyTally, type Tally } from '../../src/pipeline/tally.ts';
import { parseThresholds, passedThresholds } from '../../src/pipeline/thresholds.ts';
import { type FileCounts, nextSteps } from '../../src/report/next-steps.ts';
import { renderPassed } from '../../src/report/threshold-text.ts';

function file(
  output: string | undefined,
  verdicts: Readonly<Record<string, number>>,
  more: Partial<Tally> = {},
): FileCounts {
  return { output, tally: { ...emptyTally(), verdicts: new Map(Object.entries(verdicts)), ...more } };
}

const retry = (output: string) => `gorod retry ${output}`;

function texts(files: readonly FileCounts[], verdictColumn: string | undefined = 'cdek_verdict'): readonly string[] {
  return nextSteps(files, { language: 'en', verdictColumn, retry }).map(({ text }) => text);
}

describe('what to do next', () => {
  test('is nothing where every row was accepted', () => {
    expect(texts([file('a.csv', { accept: 9 })])).toEqual([]);
  });

  test('names the file, the column and the command', () => {
    expect(texts([file('a.csv', { accept: 9, review: 1, reject: 2, retry: 3 }, { deferred: 3 })])).toEqual([
      '3 rows to ask again: gorod retry a.csv',
      '1 row to review: open a.csv and filter cdek_verdict = review',
      '2 rows to correct before shipping: open a.csv and filter cdek_verdict = reject',
    ]);
  });

  test('names only the files that have such rows, and not too many', () => {
    const files = Array.from({ length: 9 }, (_, index) => file(`${index}.csv`, index > 1 ? { review: 1 } : {}));
    expect(texts(files)).toEqual([
      '7 rows to review: open 2.csv, 3.csv, 4.csv, 5.csv, 6.csv and 2 more and filter cdek_verdict = review',
    ]);
  });

  test('has rows that were answered in place of the API asked again, not reviewed', () => {
    expect(texts([file('a.csv', { review: 3 }, { fallbacks: 2 })])).toEqual([
      '2 rows to ask again: gorod retry a.csv',
      '1 row to review: open a.csv and filter cdek_verdict = review',
    ]);
  });

  test('counts rows that lack only a limit apart from those that a person can correct', () => {
    expect(texts([file('a.csv', { review: 3 }, { limitsUnknown: 3, limitsAlone: 2 })])).toEqual([
      '2 rows lack only a payment limit, not a fix: run again with --cod-limits FILE.csv (columns city_code and ' +
        'payment_limit)',
      '1 row to review: open a.csv and filter cdek_verdict = review',
    ]);
    expect(texts([file(undefined, { review: 1 }, { limitsUnknown: 1, limitsAlone: 1 })])).toHaveLength(1);
  });

  test('after a split names the parts to fill in, and the commands that learn them', () => {
    const parts = (name: string) => ({ parts: { review: `${name}.review.csv`, reject: `${name}.reject.csv` } });
    const files = [
      { ...file('a.csv', { review: 1, reject: 2 }), ...parts('a') },
      { ...file('b.csv', { review: 1, retry: 1 }, { deferred: 1 }), ...parts('b') },
    ];
    const learn = (part: string) => `gorod learn ${part}`;
    const steps = nextSteps(files, { language: 'en', verdictColumn: 'v', retry, learn });
    expect(steps.map(({ text }) => text)).toEqual([
      '1 row to ask again: gorod retry b.csv',
      '2 rows to review: fill in the fix columns of a.review.csv, b.review.csv, then gorod learn a.review.csv; ' +
        'gorod learn b.review.csv',
      '2 rows to correct before shipping: fill in the fix columns of a.reject.csv where postcode or address is wrong, ' +
        'then gorod learn a.reject.csv; correct the rest in the orders',
    ]);
    expect(steps[1]?.files).toEqual(['a.review.csv', 'b.review.csv']);
    expect(
      LANGUAGES.map((language) => nextSteps(files, { language, verdictColumn: 'v', retry, learn })[1]?.text),
    ).toEqual([
      expect.stringContaining('then gorod learn a.review.csv'),
      expect.stringContaining('然后 gorod learn a.review.csv'),
      expect.stringContaining('затем gorod learn a.review.csv'),
    ]);
  });

  test('names no column that was not written, and no file on stdout', () => {
    expect(nextSteps([file('a.csv', { review: 1 })], { language: 'en', verdictColumn: undefined })[0]?.text).toBe(
      '1 row to review',
    );
    expect(texts([file('-', { review: 1, retry: 1 }, { deferred: 1 })])).toEqual([
      '1 row to ask again: write the result to a file, and gorod retry asks them',
      '1 row to review',
    ]);
  });

  test('after a check is to run', () => {
    expect(texts([file(undefined, { review: 1 })])).toEqual([
      '1 row to review: gorod run says beside each row what to do',
    ]);
  });

  test('is said in every language', () => {
    const files = [file('a.csv', { review: 1 })];
    const said = LANGUAGES.map((language) => nextSteps(files, { language, verdictColumn: 'v' })[0]?.text);
    expect(said).toEqual([
      '1 row to review: open a.csv and filter v = review',
      '1 行需要人工核对：打开 a.csv，筛选 v = review',
      'проверить (строк: 1): откройте a.csv и отберите v = review',
    ]);
  });
});

describe('a threshold that was passed', () => {
  const passedAt = (text: string, review: number, rowsOut: number) => {
    const tally = { ...emptyTally(), rowsOut, verdicts: new Map([['review', review]]) };
    const [passed] = passedThresholds(parseThresholds([text]), tally);
    return passed === undefined ? [] : LANGUAGES.map((language) => renderPassed(passed, language));
  };

  test('is named with the figures', () => {
    expect(passedAt('review>2%', 13, 146)).toEqual([
      '--fail-on review>2% is passed: 13 of 146 rows (8.9 %)',
      '超过 --fail-on review>2%：146 行中有 13 行（8.9%）',
      'превышен порог --fail-on review>2%: строк 13 из 146 (8.9 %)',
    ]);
    expect(passedAt('review>10', 11, 146)[0]).toBe('--fail-on review>10 is passed: 11 of 146 rows');
  });

  test('shows a share that is more than the threshold, however little more', () => {
    expect(passedAt('review>2%', 20_001, 1_000_000)[0]).toContain('(2.0001 %)');
  });
});
