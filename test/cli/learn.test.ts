import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gorodServe } from '../server/support/cli-server.ts';
import { gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { type ScriptedUpstream, startScriptedUpstream } from '../support/scripted-upstream.ts';

const ORDERS = [
  'id,postcode,address,cod',
  '1,67500,"Lenina 1, Tula",',
  '2,692000,"Ussuriysk or Nakhodka, Mira 2",500',
  '3,614000,"Nowhere 3",',
  '4,614000,"Perm, Mira 4",100',
  '5,,"Kazan, Mira 5",',
  '',
].join('\n');

let folder: TemporaryFolder;
let upstream: ScriptedUpstream;

beforeEach(async () => {
  folder = temporaryFolder();
  upstream = await startScriptedUpstream();
  writeFileSync(folder.file('orders.csv'), ORDERS);
});
afterEach(async () => {
  await upstream.close();
  folder[Symbol.dispose]();
});

/** Runs a command that answers from the scripted API, with its cache in the folder. */
function call(...args: string[]) {
  const fixed = ['--endpoint', upstream.url, '--rate', '1000', '--retries', '0', '--cache', 'cache.sqlite'];
  return gorod([...args, ...fixed], { cwd: folder.path, env: { CDEK_DEVELOPER_KEY: 'key', USER: 'olga' } });
}

type Row = Record<string, string>;

function read(name: string): Row[] {
  return parse(readFileSync(folder.file(name)), { columns: true, bom: true }) as Row[];
}

/** The rows of a result as id, verdict, city, source. */
function told(name: string): string[] {
  return read(name).map((row) => [row.id, row.cdek_verdict, row.cdek_city_code, row.cdek_source].join(' '));
}

function writeReview(...rows: string[]): void {
  writeFileSync(
    folder.file('review.csv'),
    ['id;postcode;address;fix_city_code;fix_postcode;fix_address', ...rows, ''].join('\r\n'),
  );
}

describe('gorod learn', () => {
  it('takes a postcode, an address and a city code, and the next run accepts these rows', async () => {
    expect((await call('run', 'orders.csv')).code).toBe(0);
    expect(told('orders.gorod.csv')).toEqual([
      '1 reject  ',
      '2 review  api',
      '3 review  api',
      '4 accept 248 api',
      '5 reject  ',
    ]);
    writeReview(
      '1;67500;Lenina 1, Tula;;300000;',
      '2;692000;Ussuriysk or Nakhodka, Mira 2;;;Ussuriysk, Mira 2',
      '3;614000;Nowhere 3;248;;',
      '4;614000;Perm, Mira 4;;;',
      '5;;Kazan, Mira 5;;420000;',
    );
    const learnt = await call('learn', 'review.csv', '--why', 'the buyer says so');
    expect(learnt.stdout).toBe(
      [
        'line 2: taken: another question, answered Тула',
        'line 3: taken: another question, answered Уссурийск',
        'line 4: taken: city 248 Пермь',
        'line 6: taken: another question, answered Казань',
        'taken 4, refused 0, without a fix 1',
        '',
      ].join('\n'),
    );
    expect(learnt.code).toBe(0);
    const asked = upstream.requests.length;
    await call('run', 'orders.csv', '-o', 'again.csv');
    expect(told('again.csv')).toEqual([
      '1 accept 150 override',
      '2 accept 955 override',
      '3 accept 248 override',
      '4 accept 248 cache',
      '5 accept 424 override',
    ]);
    expect(upstream.requests).toHaveLength(asked);
    expect((await call('detect', '--postcode', '67500', '--address', 'LENINA 1 tula')).stdout).toContain(
      '"cityCode": "150"',
    );
    await call('run', 'orders.csv', '-o', 'without.csv', '--no-cache');
    expect(told('without.csv')).toEqual(told('orders.gorod.csv'));
  });

  it('holds the learnt city to its payment limit', async () => {
    await call('run', 'orders.csv');
    writeReview('3;614000;Nowhere 3;248;;');
    await call('learn', 'review.csv');
    writeFileSync(
      folder.file('orders.csv'),
      'id,postcode,address,cod\n1,614000,nowhere 3,3000\n2,614000,nowhere 3,3001\n',
    );
    await call('run', 'orders.csv', '-o', 'again.csv');
    expect(told('again.csv')).toEqual(['1 accept 248 override', '2 reject 248 override']);
  });

  it('lets gorod retry --only review accept a row, and leaves the others', async () => {
    await call('run', 'orders.csv');
    writeReview('3;614000;Nowhere 3;248;;');
    await call('learn', 'review.csv');
    expect((await call('retry', 'orders.gorod.csv', '--only', 'review')).code).toBe(0);
    expect(told('orders.gorod.csv')[2]).toBe('3 accept 248 override');
    expect(told('orders.gorod.csv')[1]).toBe('2 review  api');
  });

  it('wins over the local detector, also where that would accept', async () => {
    const local = (...args: string[]) =>
      gorod([...args, '--detector', 'local', '--cache', 'c.sqlite'], { cwd: folder.path });
    writeFileSync(folder.file('orders.csv'), 'id,postcode,address,cod\n1,675000,"Blagoveshchensk, Lenina 1",\n');
    await local('run', 'orders.csv', '-o', 'before.csv');
    expect(told('before.csv')).toEqual(['1 accept 286 local']);
    writeReview('1;675000;Blagoveshchensk, Lenina 1;44;;');
    expect(await local('learn', 'review.csv')).toMatchObject({ code: 0 });
    await local('run', 'orders.csv', '-o', 'after.csv');
    expect(told('after.csv')).toEqual(['1 accept 44 override']);
    expect(read('after.csv')[0]).toMatchObject({ cdek_confidence: '', cdek_runner_up: '', cdek_city_name: 'Москва' });
  });

  it('holds for a server that is started afterwards, also for a postcode that is none', async () => {
    writeReview('1;67500;Lenina 1, Tula;;300000;');
    expect(await call('learn', 'review.csv')).toMatchObject({ code: 0 });
    await using server = await gorodServe(['--detector', 'local', '--cache', 'cache.sqlite'], { cwd: folder.path });
    const ask = async (postcode: string) => {
      const body = JSON.stringify({ postcode, address: 'LENINA 1, Tula' });
      const headers = { 'content-type': 'application/json', 'cdek-developer-key': 'any' };
      return (await fetch(server.url, { method: 'POST', headers, body })).json();
    };
    expect(await ask('67500')).toMatchObject({ status_code: 'OK', detected_cdek_city: { cityCode: '150' } });
    expect(await ask('67501')).toMatchObject({ status_code: 'ERR_BAD_REQUEST' });
  });

  it('holds for a server that is running, until it is removed', async () => {
    await using server = await gorodServe(['--detector', 'local', '--cache', 'cache.sqlite'], { cwd: folder.path });
    const ask = async (postcode: string, address: string) => {
      const headers = { 'content-type': 'application/json', 'cdek-developer-key': 'any' };
      const body = JSON.stringify({ postcode, address });
      const response = await fetch(server.url, { method: 'POST', headers, body });
      const answer = (await response.json()) as { status_code: string; detected_cdek_city?: { cityCode: string } };
      return [answer.status_code, answer.detected_cdek_city?.cityCode];
    };
    const until = async (postcode: string, address: string, expected: unknown) =>
      expect.poll(() => ask(postcode, address), { timeout: 20_000, interval: 50 }).toEqual(expected);
    // Asked before, so that the answer is remembered.
    expect(await ask('675000', 'Blagoveshchensk, Lenina 1')).toEqual(['OK', '286']);
    expect(await ask('67500', 'Lenina 1, Tula')).toEqual(['ERR_BAD_REQUEST', undefined]);
    writeReview('1;67500;Lenina 1, Tula;;300000;', '2;675000;Blagoveshchensk, Lenina 1;44;;');
    const local = (...args: string[]) =>
      gorod(['learn', ...args, '--detector', 'local', '--cache', 'cache.sqlite'], { cwd: folder.path });
    expect((await local('review.csv')).stdout).toContain('taken 2, refused 0');
    await until('675000', 'Blagoveshchensk, Lenina 1', ['OK', '44']);
    await until('67500', 'Lenina 1, Tula', ['OK', '150']);
    const csv = 'postcode,address\n67500,"Lenina 1, Tula"\n';
    const headers = { 'content-type': 'text/csv', 'cdek-developer-key': 'any' };
    const table = await (await fetch(`${server.origin}/csv`, { method: 'POST', headers, body: csv })).text();
    expect(table).toContain(',override,');
    expect(await local('--remove', '1,2')).toMatchObject({ code: 0 });
    await until('675000', 'Blagoveshchensk, Lenina 1', ['OK', '286']);
    await until('67500', 'Lenina 1, Tula', ['ERR_BAD_REQUEST', undefined]);
    await expect.poll(() => server.stderr()).toContain('what is learnt was read again');
  });

  it('refuses with its line what makes no sense, takes the rest, and ends with 1', async () => {
    await call('run', 'orders.csv');
    writeReview(
      '1;67500;Lenina 1, Tula;;30000;',
      '1;67500;Lenina 1, Tula;;;Tula, Lenina 1',
      '2;692000;Ussuriysk or Nakhodka, Mira 2;;692 000;ussuriysk OR nakhodka - mira 2',
      '3;614000;Nowhere 3;999999999;;',
      '3;614000;Nowhere 3b;Perm;;',
      '3;614000;Nowhere 3c;248;614000;',
      '3;614000;Nowhere 3d;;;"still nowhere"',
      '3;614000;;248;;',
      '6;420000;Ambiguous;424;;',
      '6;420000;ambiguous;44;;',
      '7;614000;Good 7;248;;',
    );
    const { code, stdout } = await call('learn', 'review.csv');
    expect(code).toBe(1);
    const lines = stdout.split('\n');
    expect(lines[0]).toBe('line 2: refused: fix_postcode must be six digits');
    expect(lines[1]).toMatch(/^line 3: refused: the postcode is no six digits; fill fix_postcode/);
    expect(lines[2]).toMatch(/^line 4: refused: the fix is what the row asks already/);
    expect(lines[3]).toMatch(/^line 5: refused: no city with the code 999999999 .*gazetteer sync/);
    expect(lines[4]).toMatch(/^line 6: refused: fix_city_code must be digits/);
    expect(lines[5]).toMatch(/^line 7: refused: fix_city_code settles the city alone/);
    expect(lines[6]).toMatch(/^line 8: refused: .*not accepted: ERR_NOT_DETECT_CITY_IN_ADDRESS/);
    expect(lines[7]).toMatch(/^line 9: refused: the row has no address/);
    expect(lines[8]).toMatch(/^line 10: refused: teaches another thing about the same question as line 11/);
    expect(lines[9]).toMatch(/^line 11: refused: .* line 10/);
    expect(lines[10]).toBe('line 12: taken: city 248 Пермь');
    expect(lines[11]).toBe('taken 1, refused 10, without a fix 0');
  });

  it('refuses a corrected question that nobody could answer', async () => {
    writeReview('1;67500;Lenina 1, Tula;;300000;');
    upstream.script({ kind: 'http', status: 503 }, { kind: 'http', status: 503 });
    const { code, stdout } = await call('learn', 'review.csv', '--max-wait', '0');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^line 2: refused: .*DEFERRED/);
  });

  it('takes nothing from a file without fix columns, or without a cache', async () => {
    const other = await call('learn', 'orders.csv');
    expect(other.code).toBe(2);
    expect(other.stderr).toContain('fix_postcode, fix_address, fix_city_code');
    writeReview('3;614000;Nowhere 3;44;;');
    const without = await call('learn', 'review.csv', '--no-cache');
    expect(without.code).toBe(2);
    expect(without.stderr).toContain('--no-cache');
  });

  it('is not pruned, stays when the cache is cleared, and is forgotten with its address', async () => {
    const cache = (...args: string[]) => gorod(['cache', ...args, '--cache', 'cache.sqlite'], { cwd: folder.path });
    await call('run', 'orders.csv');
    writeReview('3;614000;Nowhere 3;248;;', '1;67500;Lenina 1, Tula;;300000;Tula, secret 9');
    await call('learn', 'review.csv');
    expect(JSON.parse((await cache('stats')).stdout)).toMatchObject({ overrides: 2 });
    await cache('prune', '--ttl', '0.001s', '--negative-ttl', '0.001s');
    expect((await cache('clear')).stderr).toContain('what was learnt stays: 2');
    expect((await cache('check')).stdout).toContain('sound');
    await call('run', 'orders.csv', '-o', 'again.csv');
    expect(told('again.csv')[2]).toBe('3 accept 248 override');
    expect((await cache('forget', '--postcode', '614000', '--address', 'NOWHERE 3')).stdout).toBe(
      'removed 0 and what was learnt: 1\n',
    );
    expect((await cache('forget', '--postcode', '300000', '--address', 'Tula secret 9')).stdout).toBe(
      'removed 1 and what was learnt: 1\n',
    );
    expect(readFileSync(folder.file('cache.sqlite')).toString('latin1')).not.toContain('secret');
  });

  it('is forgotten by a postcode that is none, with the answer to what was asked in its place', async () => {
    const forget = (...question: string[]) =>
      gorod(['cache', 'forget', '--cache', 'cache.sqlite', ...question], { cwd: folder.path });
    writeReview('1;67500;"Secretnaya 1, Tula";;300000;', '5;;"Secretnaya 5, Kazan";;420000;');
    expect(await call('learn', 'review.csv')).toMatchObject({ code: 0 });
    expect(await forget('--postcode', '67500', '--address', 'Another 1')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('nothing was learnt about this address'),
    });
    expect((await forget('--postcode', '67500', '--address', 'Secretnaya 1, Tula')).stdout).toBe(
      'removed 1 and what was learnt: 1\n',
    );
    expect((await forget('--address', 'SECRETNAYA 5 Kazan')).stdout).toBe('removed 1 and what was learnt: 1\n');
    expect(readFileSync(folder.file('cache.sqlite')).toString('latin1').toLowerCase()).not.toContain('secretnaya');
  });
});
