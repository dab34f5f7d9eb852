import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openCacheFile } from '../../src/cache/cache-file.ts';
import { type OpenedCache, openSqliteCache } from '../../src/cache/sqlite-cache.ts';
import { sqliteLeases } from '../../src/cache/sqlite-leases.ts';

let folder: string;
let file: string;
const opened: OpenedCache[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gorod-leases-'));
  file = join(folder, 'answers.sqlite');
});
afterEach(() => {
  for (const { cache } of opened.splice(0)) cache.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(leaseMs = 10_000): OpenedCache {
  const one = openSqliteCache(file, { leaseMs });
  opened.push(one);
  return one;
}

describe('the lease of a question', () => {
  test('is held by one run at a time', () => {
    const [one, two] = [open().sharing.leases, open().sharing.leases];
    expect(one.claim('a')).toBe(true);
    expect(two.claim('a')).toBe(false);
    expect(two.claim('b')).toBe(true);
    expect(one.claim('a')).toBe(true);
    one.release('a');
    expect(two.claim('a')).toBe(true);
    expect(one.claim('a')).toBe(false);
  });

  test('is given back only by its holder', () => {
    const [one, two] = [open().sharing.leases, open().sharing.leases];
    one.claim('a');
    two.release('a');
    expect(two.claim('a')).toBe(false);
  });

  test('is not taken from who took it between the look and the grasp of another', () => {
    const owner = (name: string, now: () => number) => ({ name, now, lifetimeMs: 10_000, rates: new Map() });
    const connect = () => openCacheFile(file, { whenWrong: { setAsideAt: 0 } }).database;
    const [here, there] = [connect(), connect()];
    const quick = sqliteLeases(
      there,
      owner('quick', () => 1005),
    );
    let looks = 0;
    const slow = sqliteLeases(
      here,
      owner('slow', () => {
        looks += 1;
        if (looks > 1) return 1010;
        expect(quick.claim('a')).toBe(true);
        return 1000;
      }),
    );
    expect(slow.claim('a')).toBe(false);
    here.close();
    there.close();
  });

  test('is renewed while its holder lives', async () => {
    const [one, two] = [open(200).sharing.leases, open(200).sharing.leases];
    one.claim('a');
    await sleep(600);
    expect(two.claim('a')).toBe(false);
  });

  test('is given back when the cache is closed, and releasing it then does nothing', () => {
    const one = openSqliteCache(file);
    one.sharing.leases.claim('a');
    one.cache.close();
    one.sharing.leases.release('a');
    expect(open().sharing.leases.claim('a')).toBe(true);
  });

  test('expires where its holder cannot be seen', async () => {
    const { sharing } = open(300);
    sharing.leases.claim('other');
    const database = new Database(file);
    database.exec(`UPDATE leases SET key = 'a', owner = 'elsewhere/1/x'`);
    database.close();
    const { leases } = open(300).sharing;
    expect(leases.claim('a')).toBe(false);
    await sleep(350);
    expect(leases.claim('a')).toBe(true);
  });

  test('of a killed process blocks nobody', () => {
    const script = `
      import { openSqliteCache } from ${JSON.stringify(new URL('../../src/cache/sqlite-cache.ts', import.meta.url).href)};
      openSqliteCache(${JSON.stringify(file)}).sharing.leases.claim('a');
      process.kill(process.pid, 'SIGKILL');
    `;
    const early = open().sharing.leases;
    early.claim('b');
    const child = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]);
    expect(child.signal).toBe('SIGKILL');
    expect(early.claim('a')).toBe(true);
    early.release('a');
  });

  test('from before the machine was started anew is free', () => {
    const { leases } = open().sharing;
    leases.claim('a');
    const database = new Database(file);
    database.exec(`UPDATE leases SET owner = 'elsewhere/1/x', expires = 1e15`);
    database.close();
    expect(open().sharing.leases.claim('a')).toBe(true);
  });
});
