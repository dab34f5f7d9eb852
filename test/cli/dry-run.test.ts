import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { type ScriptedUpstream, startScriptedUpstream } from '../support/scripted-upstream.ts';
import { CLIENT_ID, CLIENT_SECRET, startScriptedV2 } from '../support/scripted-v2.ts';

let folder: TemporaryFolder;
let upstream: ScriptedUpstream;
beforeEach(async () => {
  folder = temporaryFolder();
  upstream = await startScriptedUpstream();
});
afterEach(async () => {
  folder[Symbol.dispose]();
  await upstream[Symbol.asyncDispose]();
});

function api(args: readonly string[]) {
  const rate = args.includes('--dry-run') ? '20' : '5000';
  const detector = ['--endpoint', upstream.url, '--cache', 'cache/c.sqlite', '--rate', rate];
  return gorod(['run', ...args, ...detector], { cwd: folder.path, env: { CDEK_DEVELOPER_KEY: 'k' } });
}

/** Every file with its size and times: whatever is written shows. */
function everything(): readonly string[] {
  const names = readdirSync(folder.path, { recursive: true, encoding: 'utf8' }).sort();
  return names.map((name) => {
    const { size, mtimeMs } = statSync(folder.file(name));
    return `${name} ${size} ${mtimeMs}`;
  });
}

function writeOrders(name: string, from: number, to: number): void {
  const lines = Array.from({ length: to - from }, (_, row) => `${row},675000,"Lenina ${from + row} Blagoveschensk",`);
  writeFileSync(folder.file(name), ['id,postcode,address,COD', ...lines, ...lines, '9,xx,Tula,', ''].join('\n'));
}

describe('gorod run --dry-run', () => {
  it('tells what would be taken, asked and how long it takes, and leaves no trace', async () => {
    writeOrders('orders.csv', 0, 100);
    const before = everything();
    const result = await api(['orders.csv', '--dry-run']);
    expect(result.code).toBe(0);
    expect(result.stdout).toBe(
      [
        'orders.csv → orders.gorod.csv',
        '  format     CSV, utf-8, delimiter ",", 4 columns',
        '  postcode   "postcode" (by its header)',
        '  address    "address" (by its header)',
        '  COD        "COD" (by its header)',
        '  rows       201; not worth a request: ERR_BAD_POSTCODE 1',
        '  questions  100 distinct, 0 answered without a request',
        'dry run: 1 file, 100 requests, about 5 s at 20 a second',
        '',
      ].join('\n'),
    );
    expect(everything()).toEqual(before);
    expect(upstream.requests).toHaveLength(0);
  });

  it('counts what is in the cache, and touches nothing there', async () => {
    writeOrders('first.csv', 0, 60);
    writeOrders('orders.csv', 40, 100);
    await api(['first.csv']);
    const before = everything();
    const { stdout } = await api(['orders.csv', '--dry-run']);
    expect(stdout).toContain('questions  60 distinct, 20 answered without a request');
    expect(stdout).toContain('40 requests, about 2 s');
    expect(everything()).toEqual(before);
    expect((await api(['orders.csv', '--dry-run', '--refresh'])).stdout).toContain('60 requests');
    expect((await api(['orders.csv', '--dry-run', '--no-cache'])).stdout).toContain('60 requests');
    const asked = upstream.requests.length;
    await api(['orders.csv']);
    expect(upstream.requests.length - asked).toBe(40);
  });

  it('counts questions of several files once', async () => {
    writeOrders('a.csv', 0, 10);
    writeOrders('b.csv', 5, 15);
    const { stdout } = await api(['a.csv', 'b.csv', '--dry-run']);
    expect(stdout).toContain('dry run: 2 files, 15 requests');
  });

  it('begins where --rate auto does', async () => {
    writeOrders('a.csv', 0, 10);
    const args = ['run', 'a.csv', '--endpoint', upstream.url, '--no-cache', '--rate', 'auto', '--dry-run'];
    const { stdout } = await gorod(args, { cwd: folder.path, env: { CDEK_DEVELOPER_KEY: 'k' } });
    expect(stdout).toContain('10 requests, about 2 s at 5 a second, where --rate auto begins');
  });

  it('of a folder tells of the new files only, and makes no record', async () => {
    mkdirSync(folder.file('inbox'));
    writeOrders('inbox/a.csv', 0, 3);
    await api(['inbox', '--output-dir', 'outbox']);
    writeOrders('inbox/b.csv', 0, 5);
    const before = everything();
    const { stdout } = await api(['inbox', '--output-dir', 'outbox', '--dry-run']);
    expect(stdout).not.toContain('a.csv');
    expect(stdout).toContain('dry run: 1 file, 2 requests');
    await api(['inbox', '--output-dir', 'elsewhere', '--dry-run']);
    expect(everything()).toEqual(before);
  });

  it('asks nothing of anybody with the local detector', async () => {
    writeOrders('orders.csv', 0, 3);
    const result = await gorod(['run', 'orders.csv', '--dry-run'], { cwd: folder.path });
    expect(result.stdout).toContain('dry run: 1 file, no requests: answered locally');
  });

  it('tells why columns are taken, and of postcodes in addresses', async () => {
    const rows = [675000, 300041, 420111].map((code, row) => `x${row},"${code}, ул. Ленина, д. ${row}, Тула"`);
    writeFileSync(folder.file('orders.csv'), ['a,b', ...rows, ''].join('\n'));
    const { stdout } = await gorod(['run', 'orders.csv', '--dry-run'], { cwd: folder.path });
    expect(stdout).toContain('  postcode   from the address\n');
    expect(stdout).toContain('  address    "b" (by its cells alone; 100 % of 3 cells are addresses)\n');
    expect(stdout).toContain('postcode taken from the address: 3');
  });

  it('counts the postcodes where API v2 is asked for them', async () => {
    const server = await startScriptedV2();
    try {
      const rows = ['675000', '675000', '300000', '420000'].map((code, row) => `${code},"Lenina ${row}"`);
      writeFileSync(folder.file('first.csv'), ['postcode,address', ...rows.slice(0, 2), ''].join('\n'));
      writeFileSync(folder.file('orders.csv'), ['postcode,address', ...rows, ''].join('\n'));
      const env = { CDEK_CLIENT_ID: CLIENT_ID, CDEK_CLIENT_SECRET: CLIENT_SECRET };
      const cdek = ['--detector', 'cdek', '--endpoint', server.origin, '--cache', 'c.sqlite', '--rate', '100'];
      await gorod(['run', 'first.csv', ...cdek], { cwd: folder.path, env });
      const before = everything();
      const { stdout } = await gorod(['run', 'orders.csv', ...cdek, '--dry-run'], { cwd: folder.path, env });
      expect(stdout).toContain('  postcodes  3 distinct, 1 answered without a request\n');
      expect(stdout).toContain('dry run: 1 file, 2 requests, about 1 s at 100 a second');
      expect(everything()).toEqual(before);
    } finally {
      await server.close();
    }
  });

  it('finds what a run would find wrong', async () => {
    writeFileSync(folder.file('orders.csv'), 'id,postcode,address\n1,675000\n');
    expect(await gorod(['run', 'orders.csv', '--dry-run'], { cwd: folder.path })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('orders.csv, line 2'),
    });
  });

  it('reads stdin', async () => {
    const stdin = 'postcode,address\n675000,Lenina 1\n';
    const { stdout } = await gorod(['run', '-', '--dry-run'], { cwd: folder.path, stdin });
    expect(stdout).toContain('- → -');
    expect(stdout).toContain('rows       1\n');
  });
});
