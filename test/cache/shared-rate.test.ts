import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqliteCache } from '../../src/cache/sqlite-cache.ts';
import { slidingWindow } from '../../src/detector/sliding-window.ts';

const ORIGIN = 'http://127.0.0.1';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gorod-shared-'));
  file = join(folder, 'answers.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The most starts in any half-open window of a second. */
function busiest(starts: readonly number[]): number {
  let most = 0;
  let from = 0;
  for (const [to, start] of starts.entries()) {
    while (start - (starts[from] ?? start) >= 1000) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
}

/** The starts that each process took, in milliseconds of the machine's clock. */
function processes(...rates: readonly number[]): Promise<readonly (readonly number[])[]> {
  const script = resolve('test/cache/sharing-process.ts');
  const run = (rate: number) =>
    new Promise<number[]>((done, fail) => {
      execFile(process.execPath, ['--import', 'tsx', script, file, String(rate), '3500'], (error, stdout) =>
        error ? fail(error) : done(JSON.parse(stdout)),
      );
    });
  return Promise.all(rates.map(run));
}

describe('processes that share a cache file share its rate', () => {
  test.each([[[40]], [[40, 40]], [[40, 40, 40, 40]]])('%j', { timeout: 60_000 }, async (rates) => {
    const starts = (await processes(...rates)).flat().sort((a, b) => a - b);
    expect(busiest(starts)).toBeLessThanOrEqual(40);
    const seconds = ((starts.at(-1) ?? 0) - (starts[0] ?? 0)) / 1000;
    // How near they come to it is measured by scripts/torture: here the machine may be busy.
    expect((starts.length - 1) / seconds).toBeGreaterThan(0.5 * 40);
  });

  test('and the lowest that is asked for holds', { timeout: 60_000 }, async () => {
    const [slow = [], fast = []] = await processes(10, 60);
    const both = [...slow, ...fast].sort((a, b) => a - b);
    // Processes do not begin nor end at one time: what counts is when the slow one was there.
    const [from = 0, to = 0] = [slow[0], slow.at(-1)];
    const together = both.filter((at) => at >= from + 1000 && at <= to);
    expect(together.length).toBeGreaterThan(10);
    expect(busiest(together)).toBeLessThanOrEqual(10);
  });
});

describe('a start log in a file', () => {
  test('keeps the last second over the end of a process', async () => {
    const first = openSqliteCache(file);
    const limit = slidingWindow({ perSecond: 2, log: first.sharing.startLog(ORIGIN) });
    await limit.acquire();
    await limit.acquire();
    first.cache.close();
    const second = openSqliteCache(file);
    const log = second.sharing.startLog(ORIGIN);
    log.announce(2);
    expect(log.exclusively((view) => view.now - view.nthLast(2))).toBeLessThan(1000);
    expect(log.exclusively((view) => view.lowestRate)).toBe(2);
    second.cache.close();
  });

  test('shares pauses', () => {
    const one = openSqliteCache(file);
    const two = openSqliteCache(file);
    slidingWindow({ perSecond: 5, log: one.sharing.startLog(ORIGIN) }).penalize(5000);
    const left = two.sharing.startLog(ORIGIN).exclusively((view) => view.pausedUntil - view.now);
    expect(left).toBeGreaterThan(4000);
    expect(left).toBeLessThanOrEqual(5000);
    one.cache.close();
    two.cache.close();
  });

  test('keeps origins apart', () => {
    const { cache, sharing } = openSqliteCache(file);
    slidingWindow({ perSecond: 5, log: sharing.startLog(ORIGIN) }).penalize(5000);
    expect(sharing.startLog('http://127.0.0.2').exclusively((view) => view.pausedUntil)).toBe(Number.NEGATIVE_INFINITY);
    cache.close();
  });

  test('makes nothing of times before the machine was started anew', () => {
    const { cache, sharing } = openSqliteCache(file);
    const log = sharing.startLog(ORIGIN);
    log.announce(5);
    log.exclusively((view) => view.start(0));
    const database = new Database(file);
    database.exec('UPDATE starts SET at = at + 1e9; UPDATE paces SET planned = 1e15, paused_until = 1e15');
    database.exec(`INSERT INTO askers VALUES ('${ORIGIN}', 'elsewhere/1/x', 0.01, 1e15)`);
    database.close();
    expect(log.exclusively(({ pausedUntil, planned, lowestRate }) => [pausedUntil, planned, lowestRate])).toEqual([
      Number.NEGATIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      5,
    ]);
    expect(log.exclusively((view) => view.nthLast(1))).toBe(Number.NEGATIVE_INFINITY);
    cache.close();
  });

  test('does not grow', () => {
    const { cache, sharing } = openSqliteCache(file);
    const log = sharing.startLog(ORIGIN);
    log.announce(1e6);
    for (let i = 0; i < 1000; i++) log.exclusively((view) => view.start(view.now - 1));
    const database = new Database(file, { readonly: true });
    expect(database.prepare('SELECT count(*) FROM starts').pluck().get()).toBeLessThan(200);
    database.close();
    cache.close();
  });

  test('remembers found rates', () => {
    const first = openSqliteCache(file);
    expect(first.sharing.foundRates.recall(ORIGIN)).toBeUndefined();
    first.sharing.foundRates.remember(ORIGIN, 12.5);
    first.cache.close();
    const second = openSqliteCache(file);
    expect(second.sharing.foundRates.recall(ORIGIN)).toBe(12.5);
    second.cache.close();
  });
});
