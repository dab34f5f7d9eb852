import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = temporaryFolder();
  writeFileSync(
    folder.file('review.csv'),
    [
      'postcode,address,fix_postcode,fix_address,fix_city_code',
      '=1+1,"Lenina 1, Tula",300000,,',
      '675000,Nowhere 2,,"Blagoveshchensk, Lenina 2",',
      '614000,Nowhere 3,,,44',
      '',
    ].join('\n'),
  );
  expect(await call('review.csv', '--why', 'asked the buyer', '--by', 'olga')).toMatchObject({ code: 0 });
});
afterEach(() => folder[Symbol.dispose]());

function call(...args: string[]) {
  const cache = args.includes('--cache') ? [] : ['--cache', 'cache.sqlite'];
  return gorod(['learn', ...args, '--detector', 'local', ...cache], { cwd: folder.path });
}

async function list(...args: string[]): Promise<Record<string, string>[]> {
  return parse((await call('--list', ...args)).stdout, { columns: true }) as Record<string, string>[];
}

describe('gorod learn', () => {
  it('--list shows what was learnt, by whom and why', async () => {
    const rows = await list();
    expect(rows.map((row) => [row.id, row.postcode, row.address, row.fix_city_code, row.by, row.why])).toEqual([
      ['1', "'=1+1", 'lenina 1 tula', '', 'olga', 'asked the buyer'],
      ['2', '675000', 'nowhere 2', '', 'olga', 'asked the buyer'],
      ['3', '614000', 'nowhere 3', '44', 'olga', 'asked the buyer'],
    ]);
    expect(Date.parse(rows[0]?.at ?? '')).toBeGreaterThan(0);
  });

  it('--list of a cache that is not there shows the header, and makes none', async () => {
    expect(await list('--cache', 'none.sqlite')).toEqual([]);
    expect(existsSync(folder.file('none.sqlite'))).toBe(false);
  });

  it('--export and --import carry everything to another machine, where the next run knows it', async () => {
    expect((await call('--export', 'learnt.csv')).code).toBe(0);
    const imported = await call('--import', 'learnt.csv', '--cache', 'other.sqlite');
    expect(imported).toMatchObject({ code: 0, stdout: expect.stringContaining('taken 3, refused 0\n') });
    expect(await list('--cache', 'other.sqlite')).toEqual(await list());
    await call('--export', 'again.csv', '--cache', 'other.sqlite');
    expect(readFileSync(folder.file('again.csv'), 'utf8')).toBe(readFileSync(folder.file('learnt.csv'), 'utf8'));
    writeFileSync(folder.file('orders.csv'), 'postcode,address\n=1+1,"Lenina 1, Tula"\n614000,Nowhere 3\n');
    const run = ['run', 'orders.csv', '-o', '-', '--detector', 'local', '--cache', 'other.sqlite'];
    const rows = parse((await gorod(run, { cwd: folder.path })).stdout, { columns: true }) as Record<string, string>[];
    expect(rows.map((row) => [row.cdek_verdict, row.cdek_city_name, row.cdek_source])).toEqual([
      ['accept', 'Тула', 'override'],
      ['accept', 'Москва', 'override'],
    ]);
  });

  it('--import refuses with its line what makes no sense, and takes the rest', async () => {
    const ok = '{""status_code"":""OK"",""detected_cdek_city"":{""cityCode"":""44"",""cityName"":""Москва""}}';
    writeFileSync(
      folder.file('learnt.csv'),
      [
        'postcode,address,fix_postcode,fix_address,fix_city_code,answer,country_code',
        '614000,a 1,30000,,,,',
        '614000,a 2,,,44,,',
        `614000,a 3,,,45,"${ok}",`,
        '614000,a 4,614000,A-4,,,',
        '614000,,300000,,,,',
        '614000,a 6,300000,,,,kz',
        '614000,a 7,300000,,,,',
        '614000,A 7,300001,,,,',
        `614000,a 9,,,44,"${ok}",`,
        '614000,a 10,,,,,',
        '',
      ].join('\n'),
    );
    const { code, stdout } = await call('--import', 'learnt.csv', '--cache', 'other.sqlite');
    expect(code).toBe(1);
    expect(stdout.split('\n').filter((line) => line.includes('taken'))).toEqual([
      'line 10: taken: city 44 Москва',
      'taken 1, refused 9',
    ]);
    expect((await call('--import', 'review.csv')).code).toBe(2);
  });

  it('--remove forgets by id, says what is not there, and leaves no trace in the file', async () => {
    expect(await call('--remove', '1,9', '--remove', '3')).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^removed 2\nnot there: 9/),
    });
    expect((await list()).map(({ id }) => id)).toEqual(['2']);
    expect(readFileSync(folder.file('cache.sqlite')).toString('latin1')).not.toContain('lenina 1 tula');
    expect((await call('--remove', 'x')).code).toBe(2);
  });

  it('wants exactly one thing to do', async () => {
    expect((await call()).code).toBe(2);
    expect((await call('review.csv', '--list')).code).toBe(2);
    expect((await call('--list', '--no-cache')).code).toBe(2);
  });
});
