import { expect, test } from 'vitest';
import { type MonthNight, runMonth } from '../../scripts/month/month.ts';
import { shareOf } from '../../scripts/month/table.ts';
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
