import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type MonthNight, runMonth } from '../../scripts/month/month.ts';
import { drawMonth } from '../../scripts/month/plot.ts';
import { shareOf, tableHead, tableRow, tableTotal } from '../../scripts/month/table.ts';
import { temporaryFolder } from '../support/cli.ts';

test('a small month: inference asks far less, and what it infers is what the API would have said', async () => {
  using folder = temporaryFolder();
  const told: MonthNight[] = [];
  const month = await runMonth({
    ...{ nights: 3, rows: 600, postcodes: 40, seed: 1, folder: folder.path, startsAt: Date.now() },
    onNight: (night) => told.push(night),
  });
  expect(told).toEqual(month);
  for (const { inferring, questions, uncached } of month) {
    expect(inferring.wrong).toEqual([]);
    expect(inferring.differing).toBe(0);
    expect(uncached).toBeLessThanOrEqual(questions);
  }
  expect(month[0]?.uncached).toBe(month[0]?.questions);
  for (const night of month.slice(1)) {
    expect(night.inferring.inferred).toBeGreaterThan(300);
    expect(shareOf(night)).toBeLessThanOrEqual(0.2);
  }
}, 60_000);

test('the month is the same for the same seed', async () => {
  using folder = temporaryFolder();
  using other = temporaryFolder();
  const size = { nights: 2, rows: 100, postcodes: 20, seed: 7, startsAt: 1_900_000_000_000 };
  expect(await runMonth({ ...size, folder: folder.path })).toEqual(await runMonth({ ...size, folder: other.path }));
}, 60_000);

test('docs/performance.md has the table that was drawn', () => {
  const page = readFileSync('docs/performance.md', 'utf8');
  expect(page).toContain(tableHead());
  const rows = page.split('\n').filter((line) => /^\| \d+ \| \d+ \| \d+ \| \d+ \|/.test(line));
  const month = rows.map(parseRow);
  expect(month).toHaveLength(30);
  expect(month.map(tableRow)).toEqual(rows);
  expect(page).toContain(tableTotal(month));
  expect(readFileSync('docs/month.svg', 'utf8')).toBe(drawMonth(month));
  for (const night of month.slice(1)) expect(shareOf(night)).toBeLessThanOrEqual(0.15);
  for (const { inferring } of month) expect(inferring.wrong).toEqual([]);
});

/** A row of the table as a night; what the table does not tell is left out. */
function parseRow(line: string): MonthNight {
  const [night = 0, questions = 0, uncached = 0, requests = 0, , inferred = 0, wrong = 0, audited = 0, agreeing = 0] = [
    ...line.matchAll(/\d+(?:\.\d+)?/g),
  ].map(([text]) => Number(text));
  const missed = Array.from({ length: wrong }, () => '');
  return {
    ...{ night, questions, uncached },
    inferring: { requests, inferred, audited, differing: audited - agreeing, wrong: missed },
  };
}
