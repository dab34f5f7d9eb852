import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { startScriptedUpstream } from '../support/scripted-upstream.ts';
import { readAll } from '../xlsx/read-all.ts';
import { textRow, workbookBytes, writeSheet } from '../xlsx/small-workbook.ts';

const ROWS =
  textRow(1, ['Номер заказа', 'Индекс', 'Адрес', 'Сумма']) +
  textRow(2, ['00012345678901234567', '101000', 'г. Москва, ул. Мира, д. 1', '0']) +
  textRow(4, ['=2', '675000', 'Blagoveshchensk, ul. Lenina 5', '1500,50']);

describe('gorod and spreadsheets', () => {
  let folder: TemporaryFolder;

  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => folder[Symbol.dispose]());

  function run(...args: string[]) {
    return gorod([...args, '--detector', 'local', '--quiet'], { cwd: folder.path });
  }

  it('reads an XLSX and writes one beside it, every cell as it was', async () => {
    writeSheet(folder.file('orders.xlsx'), ROWS);
    expect(await run('run', 'orders.xlsx', '--fields', 'status,city_name')).toMatchObject({ code: 0, stderr: '' });
    const { header, rows } = await readAll(folder.file('orders.gorod.xlsx'));
    expect(header).toEqual(['Номер заказа', 'Индекс', 'Адрес', 'Сумма', 'cdek_status', 'cdek_city_name']);
    expect(rows.map(({ cells }) => cells)).toEqual([
      ['00012345678901234567', '101000', 'г. Москва, ул. Мира, д. 1', '0', 'OK', 'Москва'],
      ['=2', '675000', 'Blagoveshchensk, ul. Lenina 5', '1500,50', 'OK', 'Благовещенск'],
    ]);
    expect(readdirSync(folder.path).sort()).toEqual(['orders.gorod.xlsx', 'orders.xlsx']);
  });

  it('turns the one into the other by the name of the output', async () => {
    writeSheet(folder.file('orders.xlsx'), ROWS);
    expect((await run('run', 'orders.xlsx', '-o', 'a.csv', '--fields', 'status')).code).toBe(0);
    const csv = readFileSync(folder.file('a.csv'), 'utf8').replace(/^\ufeff/, '');
    expect(csv.split('\n').slice(0, 2)).toEqual([
      'Номер заказа,Индекс,Адрес,Сумма,cdek_status',
      '00012345678901234567,101000,"г. Москва, ул. Мира, д. 1",0,OK',
    ]);
    expect((await run('run', 'a.csv', '-o', 'b.xlsx', '--fields', 'status', '--prefix', 'x_')).code).toBe(0);
    const { header, rows } = await readAll(folder.file('b.xlsx'));
    expect([header.at(-1), rows[1]?.cells[0], rows[1]?.cells.at(-1)]).toEqual(['x_status', '=2', 'OK']);
  });

  it('takes the sheet that is named', async () => {
    const sheets = [
      { name: 'About', rows: textRow(1, ['Nothing', 'here']) },
      { name: 'Orders', rows: ROWS },
    ];
    writeFileSync(folder.file('two.xlsx'), workbookBytes({ sheets }));
    const refused = await run('run', 'two.xlsx');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('two.xlsx, "About": no postcode column recognised');
    expect((await run('run', 'two.xlsx', '--sheet', 'orders')).code).toBe(0);
    expect((await readAll(folder.file('two.gorod.xlsx'))).rows).toHaveLength(2);
  });

  it('writes the same bytes when it is run again', async () => {
    writeSheet(folder.file('orders.xlsx'), ROWS);
    await run('run', 'orders.xlsx', '-o', 'first.xlsx');
    await run('run', 'orders.xlsx', '-o', 'second.xlsx');
    expect(readFileSync(folder.file('second.xlsx')).equals(readFileSync(folder.file('first.xlsx')))).toBe(true);
  });

  it('asks the deferred rows of an enriched XLSX again', async () => {
    const ask = (command: string, file: string, url: string, ...args: string[]) =>
      gorod(
        [
          command,
          file,
          '--endpoint',
          url,
          '--rate',
          '1000',
          '--retries',
          '0',
          '--concurrency',
          '1',
          '--cache',
          'c.sqlite',
          ...args,
        ],
        {
          cwd: folder.path,
          env: { CDEK_DEVELOPER_KEY: 'key' },
        },
      );
    const rows = Array.from({ length: 20 }, (_, at) => textRow(at + 2, [`0${at}`, '300000', `Lenina ${at}, Tula`]));
    writeSheet(folder.file('orders.xlsx'), textRow(1, ['id', 'postcode', 'address']) + rows.join(''));
    await using dying = await startScriptedUpstream({
      reply: (index) => (index < 10 ? { kind: 'answer' } : { kind: 'http', status: 503 }),
    });
    expect((await ask('run', 'orders.xlsx', dying.url)).code).toBe(3);
    await using upstream = await startScriptedUpstream();
    expect((await ask('retry', 'orders.gorod.xlsx', upstream.url)).code).toBe(0);
    expect(upstream.requests.length).toBe(10);
    const again = await readAll(folder.file('orders.gorod.xlsx'));
    await using whole = await startScriptedUpstream();
    await ask('run', 'orders.xlsx', whole.url, '-o', 'whole.xlsx', '--no-cache');
    expect(again.rows).toEqual((await readAll(folder.file('whole.xlsx'))).rows);
    expect(again.rows.map(({ cells }) => cells[0])).toEqual(rows.map((_, at) => `0${at}`));
  });

  it('does not write an enriched file anew where its other sheets would be lost', async () => {
    const header = ['postcode', 'address', 'cdek_status', 'cdek_verdict'];
    const sheets = [
      { name: 'gorod', rows: textRow(1, header) + textRow(2, ['101000', 'Moskva', 'DEFERRED', 'retry']) },
      { name: 'Totals', rows: textRow(1, ['5']) },
    ];
    const bytes = workbookBytes({ sheets });
    writeFileSync(folder.file('orders.gorod.xlsx'), bytes);
    const { code, stderr } = await run('retry', 'orders.gorod.xlsx');
    expect([code, stderr]).toEqual([2, expect.stringContaining('the file has other sheets, which would be lost')]);
    expect(readFileSync(folder.file('orders.gorod.xlsx')).equals(bytes)).toBe(true);
    expect((await run('retry', 'orders.gorod.xlsx', '-o', 'again.xlsx')).code).toBe(0);
  });

  it.each<[string, (path: string) => void, number, string]>([
    [
      'is cut short',
      (path) => writeFileSync(path, workbookBytes({ sheets: [{ name: 'S', rows: ROWS }] }).subarray(0, 900)),
      1,
      'the file is damaged or cut short',
    ],
    [
      'is an .xls',
      (path) => writeFileSync(path, ole2('Workbook')),
      1,
      'bad.xlsx: is a workbook of the old kind (.xls)',
    ],
    [
      'has a password',
      (path) => writeFileSync(path, ole2('EncryptedPackage')),
      1,
      'bad.xlsx: is protected by a password',
    ],
    ['has no header', (path) => writeSheet(path, textRow(1, ['101000', 'Moskva'])), 2, 'bad.xlsx, "Orders": '],
    ['has no rows', (path) => writeSheet(path, ''), 1, 'bad.xlsx, "Orders": the sheet is empty'],
  ])('ends with one error and writes nothing where the file %s', async (_, make, code, message) => {
    make(folder.file('bad.xlsx'));
    const result = await run('run', 'bad.xlsx');
    expect(result.code).toBe(code);
    expect(result.stderr).toContain(message);
    expect(result.stderr.trim().split('\n')).toHaveLength(1);
    expect(readdirSync(folder.path)).toEqual(['bad.xlsx']);
  });

  it('asks nobody about the rows of an output that no sheet can hold', async () => {
    writeFileSync(folder.file('long.csv'), `postcode,address\n101000,${'Moskva '.repeat(5000)}\n`);
    await using upstream = await startScriptedUpstream();
    const { code, stderr } = await gorod(
      ['run', 'long.csv', '-o', 'long.xlsx', '--endpoint', upstream.url, '--no-cache'],
      {
        cwd: folder.path,
        env: { CDEK_DEVELOPER_KEY: 'key' },
      },
    );
    expect([code, upstream.requests.length, existsSync(folder.file('long.xlsx'))]).toEqual([1, 0, false]);
    expect(stderr).toContain('cell B2 is longer. Write a CSV instead: --output long.csv');
  });
});

/** The beginning and one entry of a file in Microsoft's old container. */
function ole2(entry: string): Buffer {
  return Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600), Buffer.from(entry, 'utf16le')]);
}
