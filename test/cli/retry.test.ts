import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { startScriptedUpstream } from '../support/scripted-upstream.ts';

const ROWS = 60;
let folder: TemporaryFolder;

beforeEach(() => {
  folder = temporaryFolder();
  const lines = Array.from({ length: ROWS }, (_, row) => `${row}, "Lenina ${row}, Tula" ,300000,"say ""hi""",${row}`);
  writeFileSync(
    folder.file('orders.csv'),
    ['id,address,postcode,"note",cod', ...lines, '']
      .join('\r\n')
      .replaceAll(' "Lenina', '"Lenina')
      .replaceAll('" ,300', '",300'),
  );
});
afterEach(() => folder[Symbol.dispose]());

function call(command: string, file: string, url: string, ...args: string[]) {
  const fixed = [command, file, '--endpoint', url, '--rate', '1000', '--retries', '0', '--concurrency', '1'];
  return gorod([...fixed, '--cache', 'cache.sqlite', ...args], {
    cwd: folder.path,
    env: { CDEK_DEVELOPER_KEY: 'key' },
  });
}

function read(name: string): string {
  return readFileSync(folder.file(name), 'utf8');
}

describe('gorod retry', () => {
  it('completes a file whose upstream was down for its last half, and touches no other byte', async () => {
    await using dying = await startScriptedUpstream({
      reply: (index) => (index < ROWS / 2 ? { kind: 'answer' } : { kind: 'http', status: 503 }),
    });
    expect((await call('run', 'orders.csv', dying.url, '-o', 'out.csv')).code).toBe(3);
    const before = read('out.csv').split('\r\n');
    await using upstream = await startScriptedUpstream();
    const result = await call('retry', 'out.csv', upstream.url);
    expect(result.code).toBe(0);
    expect(upstream.requests.length).toBe(ROWS / 2);
    const after = read('out.csv').split('\r\n');
    expect(after.slice(0, ROWS / 2 + 1)).toEqual(before.slice(0, ROWS / 2 + 1));
    expect(after).toHaveLength(before.length);
    expect(read('out.csv')).not.toContain('DEFERRED');
    await using whole = await startScriptedUpstream();
    await call('run', 'orders.csv', whole.url, '-o', 'whole.csv', '--no-cache');
    expect(read('out.csv')).toBe(read('whole.csv'));
    expect(existsSync(folder.file('out.csv.partial'))).toBe(false);
    expect(existsSync(folder.file('out.csv.partial.journal'))).toBe(false);
  });

  it('leaves the file as it is while nobody answers, and ends with 3', async () => {
    await using dead = await startScriptedUpstream({ reply: () => ({ kind: 'http', status: 503 }) });
    await call('run', 'orders.csv', dead.url, '-o', 'out.csv');
    const before = read('out.csv');
    expect((await call('retry', 'out.csv', dead.url)).code).toBe(3);
    expect(read('out.csv')).toBe(before);
  });

  it('with --only review asks the rows for review, whatever is cached, after the shop has changed them', async () => {
    await using upstream = await startScriptedUpstream();
    writeFileSync(
      folder.file('orders.csv'),
      'id,postcode,address\n1,300000,Tula 1\n2,300000,Nowhere\n3,300000,Tula 3\n',
    );
    await call('run', 'orders.csv', upstream.url, '-o', 'out.csv');
    const [header, first, second, third] = read('out.csv').split('\n');
    writeFileSync(folder.file('out.csv'), [header, first, second?.replace('Nowhere', 'Tula'), third, ''].join('\n'));
    expect((await call('retry', 'out.csv', upstream.url, '--only', 'review')).code).toBe(0);
    const rows = read('out.csv').split('\n');
    expect(rows[1]).toBe(first);
    expect(rows[2]).toMatch(/^2,300000,Tula,OK,CDEK city detected,accept,/);
    expect(rows[3]).toBe(third);
    expect(upstream.requests).toHaveLength(4);
  });

  it('finds its columns wherever they were moved to', async () => {
    await using upstream = await startScriptedUpstream();
    const moved =
      'cdek_verdict,postcode,cdek_city_code,address,cdek_status\nretry,300000,,"Tula, Mira 1",DEFERRED\naccept,1,2,3,4\n';
    writeFileSync(folder.file('moved.csv'), moved);
    await call('retry', 'moved.csv', upstream.url);
    expect(read('moved.csv')).toBe(
      moved.replace('retry,300000,,"Tula, Mira 1",DEFERRED', 'accept,300000,150,"Tula, Mira 1",OK'),
    );
  });

  it('refuses a file that gorod did not write', async () => {
    await using upstream = await startScriptedUpstream();
    const result = await call('retry', 'orders.csv', upstream.url);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('cdek_verdict');
  });
});
