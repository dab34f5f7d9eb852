import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { judgeFigures, renderVerdict } from '../../scripts/bench/guard.ts';

const judged = (measured: number | undefined) => judgeFigures({ rows: 2 }, { rows: measured });
const isRegression = (measured: number | undefined) => judged(measured).some((verdict) => verdict.isRegression);

describe('a figure that is guarded', () => {
  test.each([
    [2, false],
    [3, false],
    [1.71, false],
    [1.69, true],
    [0.1, true],
  ])('with a baseline of 2 and now %d, is a regression: %s', (measured, expected) => {
    expect(isRegression(measured)).toBe(expected);
  });

  test('is none where it could not be measured', () => {
    expect(isRegression(undefined)).toBe(false);
    expect(judgeFigures({ rows: 2 }, {}).map(renderVerdict)).toEqual([expect.stringContaining('not measured here')]);
  });

  test('is judged by the tolerance that is asked for', () => {
    const [verdict] = judgeFigures({ rows: 2 }, { rows: 1.9 }, 0.01);
    expect(verdict).toMatchObject({ share: 0.95, isRegression: true });
  });

  test('is judged for itself, and only where the baseline has it', () => {
    const verdicts = judgeFigures({ rows: 2, local: 1 }, { rows: 2, local: 0.5, other: 9 });
    expect(verdicts.map(({ name, isRegression: slower }) => [name, slower])).toEqual([
      ['rows', false],
      ['local', true],
    ]);
  });

  test('is told in one line with both figures', () => {
    const [slower] = judgeFigures({ rows: 2 }, { rows: 1 }).map(renderVerdict);
    expect(slower).toMatch(/rows +2\.00 → +1\.00 +50 % +SLOWER$/);
  });
});

test('the baseline has figures above 0', () => {
  const baseline: Record<string, number> = JSON.parse(readFileSync('scripts/bench/baseline.json', 'utf8'));
  expect(Object.keys(baseline).length).toBeGreaterThan(0);
  for (const figure of Object.values(baseline)) expect(figure).toBeGreaterThan(0);
});
