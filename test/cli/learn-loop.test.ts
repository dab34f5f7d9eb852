import { readFileSync, renameSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';

const ORDERS = [
  'id;postcode;address;cod',
  '1;614000;Perm, Mira 1;',
  '2;692000;Ussuriysk or Nakhodka, Mira 2;',
  '3;6140;Perm, Mira 3;',
  '4;614000;Perm, Mira 4;1.200',
  '5;614000;"Perm, Mira 5;',
  '6;614000;Perm, Mira 6;;;;',
  '',
].join('\n');

let folder: TemporaryFolder;

beforeEach(() => {
  folder = temporaryFolder();
  writeFileSync(folder.file('orders.csv'), ORDERS);
});
afterEach(() => folder[Symbol.dispose]());

function call(...args: string[]) {
  return gorod([...args, '--detector', 'local', '--cache', 'cache.sqlite'], {
    cwd: folder.path,
    env: { USER: 'olga' },
  });
}

const run = (...args: string[]) => call('run', 'orders.csv', '--split', '--bad-rows', 'keep', ...args);
const read = (name: string) => readFileSync(folder.file(name), 'utf8');

function change(name: string, from: string | RegExp, to: string): void {
  const text = read(name);
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  writeFileSync(folder.file(name), changed);
}

const fillIn = (name: string, id: string, cells: string) =>
  change(name, new RegExp(`^(${id};.*);;;$`, 'm'), `$1;${cells}`);

describe('the loop of gorod run --split and gorod learn', () => {
  it('closes for a rejected row with a wrong postcode, and leaves broken rows alone', async () => {
    await run();
    expect(read('orders.gorod.reject.csv').split('\n')).toHaveLength(6);
    fillIn('orders.gorod.reject.csv', '3', '614000;;');
    const learnt = await call('learn', 'orders.gorod.reject.csv');
    expect(learnt.stdout).toBe(
      'line 2: taken: another question, answered Пермь\ntaken 1, refused 0, without a fix 3\n',
    );
    expect(learnt).toMatchObject({ code: 0, stderr: expect.stringContaining('next: run the orders again') });
    await run();
    const accepted = parse(read('orders.gorod.accept.csv'), { columns: true, delimiter: ';' }) as Record<
      string,
      string
    >[];
    expect(accepted.map((row) => [row.id, row.cdek_source])).toEqual([
      ['1', 'local'],
      ['3', 'override'],
    ]);
  });

  it.each([
    ['en', 'CDEK city detected; as learnt with gorod learn: postcode 614000 (olga, DATE: 买家确认)'],
    ['zh', 'CDEK城市识别成功；依据 gorod learn 所学的修正：邮编 614000（olga，DATE：买家确认）'],
    ['ru', 'Город СДЭК определён; по исправлению из gorod learn: индекс 614000 (olga, DATE: 买家确认)'],
  ])('says beside the row what was asked in its place, who settled it, when and why, in %s', async (lang, expected) => {
    await run();
    fillIn('orders.gorod.reject.csv', '3', '614000;;');
    await call('learn', 'orders.gorod.reject.csv', '--why', '买家确认');
    await run('--lang', lang);
    const rows = parse(read('orders.gorod.accept.csv'), { columns: true, delimiter: ';' }) as Record<string, string>[];
    expect(rows[1]?.cdek_message?.replace(/\d{4}-\d\d-\d\d/, 'DATE')).toBe(expected);
  });

  it('leaves out of the message what the output’s encoding has no bytes for', async () => {
    await run();
    fillIn('orders.gorod.reject.csv', '3', '614000;;');
    await call('learn', 'orders.gorod.reject.csv', '--why', '买家确认');
    expect(await run('--output-encoding', 'koi8-r', '--lang', 'ru', '-o', 'koi.csv')).toMatchObject({ code: 0 });
    const text = new TextDecoder('koi8-r').decode(readFileSync(folder.file('koi.accept.csv')));
    expect(text).toMatch(/индекс 614000 \(olga, \d{4}-\d\d-\d\d\)/);
    await call('retry', 'koi.csv', '--only', 'review', '--lang', 'ru');
    expect(new TextDecoder('koi8-r').decode(readFileSync(folder.file('koi.csv')))).toContain('индекс 614000');
  });

  it('goes on where the file with what was learnt is damaged: it is set aside, which is told', async () => {
    await run();
    fillIn('orders.gorod.reject.csv', '3', '614000;;');
    await call('learn', 'orders.gorod.reject.csv');
    truncateSync(folder.file('cache.sqlite'), 20_000);
    const again = await run('-o', 'again.csv');
    expect(again).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/cache\.sqlite is \w.*\. It was set aside as/),
    });
    expect(read('again.reject.csv')).toContain('3;6140;');
    expect(await run('-o', 'again.csv')).toMatchObject({ code: 0, stderr: expect.not.stringContaining('set aside') });
  });

  it('refuses a row that is broken in the input, and only where a person has filled something in', async () => {
    await run();
    change('orders.gorod.reject.csv', /^(6;.*);;;$/m, '$1;614000;;');
    const learnt = await call('learn', 'orders.gorod.reject.csv');
    expect(learnt).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/line 5: refused: the row is broken in the input.*\n.*fix 3/),
    });
  });

  it('says which columns to fill where none is filled', async () => {
    await run();
    const learnt = await call('learn', 'orders.gorod.review.csv');
    expect(learnt.stdout).toBe(
      'taken 0, refused 0, without a fix 1\n' +
        'write what is right into fix_postcode, fix_address or fix_city_code, and learn again\n',
    );
    expect(learnt).toMatchObject({ code: 0, stderr: expect.not.stringContaining('next:') });
  });

  it('notices an address that was corrected in its own cell, and teaches nothing by it', async () => {
    await run();
    change('orders.gorod.review.csv', 'Ussuriysk or Nakhodka', 'Ussuriysk');
    change('orders.gorod.reject.csv', '3;6140;', '3;614000;');
    const review = await call('learn', 'orders.gorod.review.csv');
    expect(review).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^line 2: not taken: .*fix_postcode or fix_address\n/),
    });
    expect(await call('learn', 'orders.gorod.reject.csv')).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^line 2: not taken: /),
    });
    expect((await call('learn', '--list')).stdout.trim().split('\n')).toHaveLength(1);
  });

  it('tells of a fix whose row was written over too: no run asks that', async () => {
    await run();
    fillIn('orders.gorod.review.csv', '2', ';;44');
    change('orders.gorod.review.csv', 'Nakhodka, Mira 2', 'Nakhodka, Mira 22');
    const learnt = await call('learn', 'orders.gorod.review.csv');
    expect(learnt).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/line 2: taken: city 44 .*\nline 2: mind that/),
    });
  });

  it('does not compare with an output that is newer than the part, or has another name', async () => {
    await run();
    change('orders.gorod.review.csv', 'Ussuriysk or Nakhodka', 'Ussuriysk');
    const later = new Date(Date.now() + 60_000);
    utimesSync(folder.file('orders.gorod.csv'), later, later);
    expect((await call('learn', 'orders.gorod.review.csv')).code).toBe(0);
    renameSync(folder.file('orders.gorod.review.csv'), folder.file('mine.csv'));
    expect((await call('learn', 'mine.csv')).code).toBe(0);
  });

  it.each([
    ['en', /^line 2: taken: city 44 Москва\nline 3: refused: fix_postcode must/m, /next: run the orders again/],
    ['zh', /^第 2 行：采用：城市 44 Москва\n第 3 行：拒绝：fix_postcode 必须.*\n采用 1，拒绝 1，未填写 0$/m, /下一步/],
    ['ru', /^строка 2: принято: город 44 Москва\nстрока 3: отклонено: fix_postcode должен.*\nпринято 1/m, /дальше/],
  ])('speaks %s', async (lang, lines, next) => {
    writeFileSync(
      folder.file('review.csv'),
      'postcode,address,fix_city_code,fix_postcode\n614000,Nowhere 1,44,\n614000,Nowhere 2,,12\n',
    );
    const learnt = await call('learn', 'review.csv', '--lang', lang);
    expect(learnt.stdout).toMatch(lines);
    expect(learnt.stderr).toMatch(next);
  });

  it.each([
    ['zh', /在所有|未知|没有代码/, '已删除 1', '不存在：9', '已写入 1', '尚未学习', '缺少'],
    ['ru', /не известен/, 'удалено 1', 'нет таких: 9', 'записано 1', 'пока ничего нет', 'нет postcode'],
  ])('speaks %s about what is learnt, too', async (lang, unknown, removed, missing, written, nothing, noExport) => {
    const speaking = (...args: string[]) => call('learn', ...args, '--lang', lang);
    expect((await speaking('--list')).stderr).toContain(nothing);
    writeFileSync(
      folder.file('review.csv'),
      'postcode,address,fix_city_code\n614000,Nowhere 1,44\n614000,Nowhere 2,999999999\n',
    );
    expect((await speaking('review.csv')).stdout).toMatch(unknown);
    expect((await speaking('--export', 'learnt.csv')).stderr).toContain(written);
    expect((await speaking('--import', 'learnt.csv')).stdout).toMatch(/44 Москва/);
    expect((await speaking('--import', 'orders.csv', '--delimiter', ',')).stderr).toContain(noExport);
    const gone = await speaking('--remove', '1,9');
    expect(gone).toMatchObject({ code: 1, stdout: expect.stringContaining(removed) });
    expect(gone.stdout).toContain(missing);
  });
});
