import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { startScriptedUpstream } from '../support/scripted-upstream.ts';

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = temporaryFolder();
  writeFileSync(
    folder.file('orders.csv'),
    'postcode,address,cod\n675000,Blagoveschensk Lenina 1,100\n300000,Tula Mira 2,\n300000,Nowhere 3,\n',
  );
  await using upstream = await startScriptedUpstream();
  const args = ['run', 'orders.csv', '--endpoint', upstream.url, '--cache', 'cache.sqlite'];
  expect((await gorod(args, { cwd: folder.path, env: { CDEK_DEVELOPER_KEY: 'key' } })).code).toBe(0);
});
afterEach(() => folder[Symbol.dispose]());

function cache(...args: string[]) {
  return gorod(['cache', ...args, '--cache', 'cache.sqlite'], { cwd: folder.path });
}

describe('gorod cache', () => {
  it('stats counts the answers', async () => {
    const { code, stdout } = await cache('stats');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      answers: 3,
      statuses: { OK: 2, ERR_NOT_DETECT_CITY_IN_ADDRESS: 1 },
      cities: 2,
    });
  });

  it('export writes one line for each, readable as a CSV', async () => {
    await cache('export', '-o', 'cache.csv');
    const { stdout } = await cache('export');
    const rows = parse(stdout, { columns: true }) as Record<string, string>[];
    expect(rows.map((row) => [row.postcode, row.address, row.status_code, row.city_code])).toEqual([
      ['300000', 'nowhere 3', 'ERR_NOT_DETECT_CITY_IN_ADDRESS', ''],
      ['300000', 'tula mira 2', 'OK', '150'],
      ['675000', 'blagoveschensk lenina 1', 'OK', '286'],
    ]);
    expect(statSync(folder.file('cache.csv')).size).toBe(Buffer.byteLength(stdout));
  });

  it('check finds a sound cache sound and a damaged one damaged, and changes neither', async () => {
    expect(await cache('check')).toMatchObject({ code: 0, stdout: 'sound: cache.sqlite, 3 answers, schema 4\n' });
    const bytes = readFileSync(folder.file('cache.sqlite'));
    bytes.fill(0xa5, 8192, 12_288);
    writeFileSync(folder.file('cache.sqlite'), bytes);
    const { code, stdout } = await cache('check');
    expect(code).toBe(1);
    expect(stdout).toContain('damaged: cache.sqlite\n  ');
    expect(readFileSync(folder.file('cache.sqlite')).equals(bytes)).toBe(true);
    expect(await cache('check', '--cache', 'none.sqlite')).toMatchObject({ code: 2 });
  });

  it('forget removes the answers to one question', async () => {
    const forget = (...question: string[]) => cache('forget', ...question);
    expect((await forget('--postcode', '300 000', '--address', 'TULA, mira 2')).stdout).toBe('removed 1\n');
    expect((await cache('export')).stdout).not.toContain('tula');
    expect((await forget('--postcode', '300000', '--address', 'Tula mira 2')).stdout).toBe('removed 0\n');
    expect(await forget('--postcode', '3000', '--address', 'Tula')).toMatchObject({ code: 2 });
    expect(await forget('--postcode', '300000')).toMatchObject({ code: 2 });
  });

  it('prune removes what is no longer valid, clear the rest', async () => {
    expect((await cache('prune')).stdout).toBe('removed 0\n');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await cache('prune', '--negative-ttl', '0.001s')).stdout).toBe('removed 1\n');
    expect((await cache('clear')).stdout).toBe('removed 2\n');
    expect(JSON.parse((await cache('stats')).stdout)).toMatchObject({ answers: 0 });
  });

  it('says so where there is no cache file yet, and makes none', async () => {
    const { code, stdout } = await gorod(['cache', 'stats', '--cache', 'none.sqlite'], { cwd: folder.path });
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'no cache file yet: none.sqlite\n' });
    expect(existsSync(folder.file('none.sqlite'))).toBe(false);
  });

  it('without a word for what to do ends with 2', async () => {
    expect((await gorod(['cache'])).code).toBe(2);
  });
});
