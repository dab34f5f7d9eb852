import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { type ScriptedUpstream, startScriptedUpstream } from '../support/scripted-upstream.ts';

const ORDERS = [
  'id;postcode;address;note',
  '1;614000;"Perm, Mira 1";"say ""hi""\r\nthere"',
  '2;614000;Nowhere 2;Привет',
  '3;6140;"Perm, Mira 3";',
  '4;614000;"Perm, Mira 4";',
  '',
].join('\r\n');

let folder: TemporaryFolder;
let upstream: ScriptedUpstream;

beforeEach(async () => {
  folder = temporaryFolder();
  upstream = await startScriptedUpstream();
  writeFileSync(folder.file('orders.csv'), `\ufeff${ORDERS}`);
});
afterEach(async () => {
  await upstream.close();
  folder[Symbol.dispose]();
});

function call(...args: string[]) {
  const fixed = ['--endpoint', upstream.url, '--rate', '1000', '--retries', '0', '--cache', 'cache.sqlite'];
  return gorod([...args, ...fixed], { cwd: folder.path, env: { CDEK_DEVELOPER_KEY: 'key', USER: 'olga' } });
}

const read = (name: string) => readFileSync(folder.file(name), 'utf8');

/** The lines of a part: header first, without byte-order mark. */
const lines = (name: string) => read(name).replace('\ufeff', '').split('\r\n').slice(0, -1);

describe('gorod run --split', () => {
  it('writes every row of the output into the file of its verdict, byte for byte, with its mark and line ends', async () => {
    expect((await call('run', 'orders.csv', '--split', '--fields', 'status,verdict')).code).toBe(0);
    const whole = read('orders.gorod.csv');
    const [header, ...rows] = whole.replace('\ufeff', '').split(/\r\n(?=\d;|$)/);
    const part = (verdict: string) => read(`orders.gorod.${verdict}.csv`);
    expect(part('accept')).toBe(`\ufeff${header}\r\n${rows[0]}\r\n${rows[3]}\r\n`);
    expect(part('reject')).toBe(`\ufeff${header};fix_postcode;fix_address;fix_city_code\r\n${rows[2]};;;\r\n`);
    expect(part('retry')).toBe(`\ufeff${header}\r\n`);
    expect(part('review')).toBe(`\ufeff${header};fix_postcode;fix_address;fix_city_code\r\n${rows[1]};;;\r\n`);
    expect(readdirSync(folder.path).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it('closes the loop: what is filled into the review file is accepted by the next run', async () => {
    await call('run', 'orders.csv', '--split', '--columns', 'postcode=postcode,address=address');
    const review = lines('orders.gorod.review.csv');
    writeFileSync(folder.file('filled.csv'), `${review[0]}\n${review[1]?.replace(/;;;$/, ';;;248')}\n`);
    expect(await call('learn', 'filled.csv')).toMatchObject({ code: 0 });
    await call('run', 'orders.csv', '--split', '-o', 'again.csv');
    expect(lines('again.accept.csv')).toHaveLength(5);
    expect(lines('again.review.csv')).toHaveLength(1);
    expect(read('again.accept.csv')).toContain('override');
  });

  it('keeps the encoding, and packs the parts as it packs the output', async () => {
    await call('run', 'orders.csv', '--split', '--output-encoding', 'windows-1251', '-o', 'out.csv.gz');
    const bytes = gunzipSync(readFileSync(folder.file('out.review.csv.gz')));
    expect(new TextDecoder('windows-1251').decode(bytes)).toContain('Привет');
  });

  it('splits a spreadsheet into spreadsheets, and learns from one', async () => {
    await call('run', 'orders.csv', '-o', 'out.xlsx', '--split');
    const review = await call('run', 'out.review.xlsx', '-o', 'seen.csv', '--overwrite-columns');
    expect(review.code).toBe(0);
    expect(read('seen.csv')).toContain('fix_postcode,fix_address,fix_city_code');
    expect(existsSync(folder.file('out.retry.xlsx'))).toBe(true);
    const learnt = await call('learn', 'out.review.xlsx');
    expect(learnt.stdout).toMatch(/^taken 0, refused 0, without a fix 1\n/);
  });

  it('writes an overlong row through into the rejected ones', async () => {
    writeFileSync(folder.file('long.csv'), `postcode,address\n614000,Perm 1\n614000,"${'x'.repeat(3_000_000)}"\n`);
    await call('run', 'long.csv', '--bad-rows', 'keep', '--max-row-bytes', '1024', '--split');
    expect(lines('long.gorod.accept.csv').join('').length).toBeLessThan(10_000);
    expect(read('long.gorod.reject.csv').split('\n').slice(0, -1)).toHaveLength(2);
    expect(read('long.gorod.reject.csv')).toContain('x'.repeat(3_000_000));
  });

  it('is done by retry too, in place of the parts from before', async () => {
    upstream.script({ kind: 'http', status: 503 }, { kind: 'http', status: 503 }, { kind: 'http', status: 503 });
    await call('run', 'orders.csv', '--split', '--max-wait', '0');
    expect(lines('orders.gorod.retry.csv').length).toBeGreaterThan(1);
    expect((await call('retry', 'orders.gorod.csv', '--split')).code).toBe(0);
    expect(lines('orders.gorod.retry.csv')).toHaveLength(1);
    expect(lines('orders.gorod.review.csv')).toHaveLength(2);
  });

  it('refuses what it cannot split before anything is asked', async () => {
    const without = await call('run', 'orders.csv', '--split', '--fields', 'status');
    expect(without).toMatchObject({ code: 2, stderr: expect.stringContaining('verdict among --fields') });
    expect(await call('run', 'orders.csv', '--split', '-o', '-')).toMatchObject({ code: 2 });
    writeFileSync(folder.file('x.review.csv'), ORDERS);
    const over = await call('run', 'x.review.csv', '--split', '-o', 'x.csv');
    expect(over).toMatchObject({ code: 2, stderr: expect.stringContaining('x.review.csv would be written over') });
    expect(upstream.requests).toHaveLength(0);
  });
});
