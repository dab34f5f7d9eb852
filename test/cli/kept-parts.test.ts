import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';

const ORDERS = [
  'id;postcode;address',
  '1;614000;"Perm, Mira 1"',
  '2;692000;"Ussuriysk or Nakhodka, Mira 2"',
  '3;6140;"Perm, Mira 3"',
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

const split = (...args: string[]) => call('run', 'orders.csv', '--split', ...args);
const read = (name: string) => readFileSync(folder.file(name), 'utf8');
const keptFiles = (where = '') => readdirSync(folder.file(where)).filter((name) => name.includes('.kept-'));

/** Fills fix columns of the row with an id, as a person does in a spreadsheet. */
function fill(text: string, id: string, cells: string): string {
  return text.replace(new RegExp(`^(${id};.*);;;$`, 'm'), `$1;${cells}`);
}

function fillIn(name: string, id: string, cells: string): string {
  const filled = fill(read(name), id, cells);
  expect(filled).toContain(cells);
  writeFileSync(folder.file(name), filled);
  return filled;
}

describe('gorod run --split where a person has worked on the parts before', () => {
  it('sets aside what is filled in and not learnt, says so, and the fixes can still be learnt', async () => {
    await split();
    const review = fillIn('orders.gorod.review.csv', '2', '692519;Ussuriysk, Mira 2;');
    const reject = fillIn('orders.gorod.reject.csv', '3', '614000;;');
    const again = await split('-q');
    expect(again.code).toBe(0);
    const kept = keptFiles();
    expect(kept).toHaveLength(2);
    expect(kept.map(read).sort()).toEqual([review, reject].sort());
    for (const name of kept) {
      expect(name).toMatch(/^orders\.gorod\.re(view|ject)\.kept-\d{4}-\d\d-\d\dT\d+Z\.csv$/);
      expect(again.stderr).toContain(
        `set aside as ${name}; next: gorod learn ${name} --detector local --cache cache.sqlite`,
      );
      expect(await call('learn', name)).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('taken 1, refused 0'),
      });
    }
    expect(read('orders.gorod.review.csv')).toMatch(/^2;.*;;;$/m);
    await split();
    expect(read('orders.gorod.accept.csv').trimEnd().split('\n')).toHaveLength(4);
    expect(keptFiles()).toEqual(kept);
  });

  it.each([
    ['zh', '已移存为'],
    ['ru', 'Файл отложен как'],
  ])('says so in %s', async (lang, words) => {
    await split();
    fillIn('orders.gorod.review.csv', '2', ';;44');
    expect((await split('--lang', lang)).stderr).toContain(words);
  });

  it('replaces what is learnt, and what nobody has touched', async () => {
    await split();
    await split();
    fillIn('orders.gorod.review.csv', '2', '692519;Ussuriysk - Mira 2;');
    fillIn('orders.gorod.reject.csv', '3', '614000;;');
    for (const part of ['review', 'reject']) {
      expect(await call('learn', `orders.gorod.${part}.csv`)).toMatchObject({ code: 0 });
    }
    const again = await split();
    expect(again.stderr).not.toContain('set aside');
    expect(keptFiles()).toEqual([]);
  });

  it('sets aside what learn has refused, and a fix that was changed after it was learnt', async () => {
    await split();
    fillIn('orders.gorod.review.csv', '2', ';;999999999');
    await call('learn', 'orders.gorod.review.csv');
    await split();
    expect(keptFiles()).toHaveLength(1);
    fillIn('orders.gorod.review.csv', '2', ';;44');
    await call('learn', 'orders.gorod.review.csv');
    writeFileSync(folder.file('orders.gorod.review.csv'), read('orders.gorod.review.csv').replace(';;44', ';;137'));
    await split();
    expect(keptFiles()).toHaveLength(2);
  });

  it('keeps an address that was corrected in its own cell, also when the next file holds other orders', async () => {
    await split();
    const review = read('orders.gorod.review.csv').replace('Ussuriysk or Nakhodka', 'Ussuriysk');
    writeFileSync(folder.file('orders.gorod.review.csv'), review);
    writeFileSync(folder.file('orders.csv'), 'id;postcode;address\n9;614000;"Perm, Mira 9"\n');
    const again = await split();
    expect(again.stderr).toMatch(
      /written over: 1.* fix_postcode or fix_address of the new orders\.gorod\.review\.csv, then: gorod learn orders\.gorod\.review\.csv --/,
    );
    expect(keptFiles().map(read)).toEqual([review]);
  });

  it('does not take the parts of yesterday’s orders for changed', async () => {
    await split();
    writeFileSync(folder.file('orders.csv'), 'id;postcode;address\n9;614000;"Perm, Mira 9"\n');
    expect((await split()).stderr).not.toContain('set aside');
  });

  it('sets aside a part that cannot be read any more', async () => {
    await split();
    writeFileSync(folder.file('orders.gorod.review.csv'), Buffer.from([0x50, 0x4b, 3, 4, 0, 0]));
    expect((await split()).stderr).toContain('could not be read to see whether it is filled in');
    expect(keptFiles()).toHaveLength(1);
  });

  it('warns where a spreadsheet has the part open', async () => {
    await split();
    writeFileSync(folder.file('.~lock.orders.gorod.review.csv#'), '');
    expect((await split()).stderr).toContain('orders.gorod.review.csv is open in a spreadsheet');
  });

  it('completes the output, and says what to do, where a part cannot be set aside', async () => {
    // With what is put before its ending the name is longer than a file system takes.
    const name = 'n'.repeat(225);
    await split('-o', `${name}.csv`);
    fillIn(`${name}.review.csv`, '2', ';;44');
    const filled = read(`${name}.review.csv`);
    writeFileSync(folder.file('orders.csv'), `${ORDERS}4;614000;"Perm, Mira 4"\n`);
    const again = await split('-o', `${name}.csv`);
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('run the same command again') });
    expect(read(`${name}.csv`)).toContain('Perm, Mira 4');
    expect(read(`${name}.review.csv`)).toBe(filled);
    const stillOpen = await split('-o', `${name}.csv`);
    expect(stillOpen).toMatchObject({ code: 1, stderr: expect.stringContaining('.csv was complete when') });
    expect(await call('learn', `${name}.review.csv`)).toMatchObject({ code: 0 });
    expect(await split('-o', `${name}.csv`)).toMatchObject({ code: 0 });
    expect(read(`${name}.accept.csv`)).toContain('Perm, Mira 4');
  });

  it('holds for packed parts', async () => {
    await split('-o', 'out.csv.gz');
    const filled = fill(gunzipSync(readFileSync(folder.file('out.review.csv.gz'))).toString(), '2', ';;44');
    writeFileSync(folder.file('out.review.csv.gz'), gzipSync(filled));
    await split('-o', 'out.csv.gz');
    const [kept = ''] = keptFiles();
    expect(kept).toMatch(/^out\.review\.kept-.*\.csv\.gz$/);
    expect(await call('learn', kept)).toMatchObject({ code: 0, stdout: expect.stringContaining('taken 1') });
  });

  it('holds for spreadsheets, where the loop closes as well, also for a wrong postcode', async () => {
    await split('-o', 'out.xlsx');
    await fillSheet('out.review.xlsx', { fix_postcode: 692519, fix_address: 'Ussuriysk, Mira 2' });
    await fillSheet('out.reject.xlsx', { fix_postcode: 614000 });
    await split('-o', 'out.xlsx');
    const kept = keptFiles();
    expect(kept).toHaveLength(2);
    for (const name of kept) {
      expect(await call('learn', name)).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('taken 1, refused 0'),
      });
    }
    await split('-o', 'out.xlsx');
    await call('run', 'out.accept.xlsx', '-o', 'seen.csv', '--overwrite-columns');
    expect(read('seen.csv').trimEnd().split('\n')).toHaveLength(4);
    await split('-o', 'out.xlsx');
    expect(keptFiles()).toEqual(kept);
  });

  it('has what makes no sense in a spreadsheet refused with its line, and what was written over noticed', async () => {
    await split('-o', 'out.xlsx');
    await fillSheet('out.review.xlsx', { fix_city_code: 999999999 });
    const refused = await call('learn', 'out.review.xlsx');
    expect(refused).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^line 2: refused: no city with the code 999999999/),
    });
    await fillSheet('out.reject.xlsx', { postcode: 614000 });
    const noticed = await call('learn', 'out.reject.xlsx');
    expect(noticed).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^line 2: not taken: its postcode or address/),
    });
    const again = await split('-o', 'out.xlsx');
    expect(again.stderr).toMatch(/out\.review\.xlsx had rows filled in that were not learnt: 1/);
    expect(again.stderr).toMatch(/out\.reject\.xlsx had rows whose postcode or address was written over: 1/);
  });

  it('holds for gorod retry', async () => {
    await split();
    fillIn('orders.gorod.review.csv', '2', ';;44');
    const retried = await call('retry', 'orders.gorod.csv', '--split');
    expect(retried).toMatchObject({ code: 0, stderr: expect.stringContaining('set aside as') });
    expect(keptFiles()).toHaveLength(1);
  });

  it('holds for folders and patterns, and takes nothing that was set aside for an input', async () => {
    mkdirSync(folder.file('inbox'));
    writeFileSync(folder.file('inbox/a.csv'), ORDERS);
    const run = (input: string, ...args: string[]) => call('run', input, '--split', ...args);
    await run('inbox');
    fillIn('inbox/a.gorod.review.csv', '2', ';;44');
    await run('inbox', '--restart');
    expect(keptFiles('inbox')).toHaveLength(1);
    fillIn('inbox/a.gorod.review.csv', '2', ';;137');
    expect(await run('inbox/*.csv')).toMatchObject({ code: 0 });
    expect(keptFiles('inbox')).toHaveLength(2);
    expect(existsSync(folder.file('inbox/a.gorod.gorod.csv'))).toBe(false);
  });
});

/** Fills cells of the first row of a spreadsheet, by header. */
async function fillSheet(name: string, cells: Readonly<Record<string, string | number>>): Promise<void> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(folder.file(name));
  const sheet = book.worksheets[0];
  const headers = sheet?.getRow(1).values as (string | undefined)[];
  for (const [header, value] of Object.entries(cells)) {
    const column = headers.indexOf(header);
    expect(column).toBeGreaterThan(0);
    const cell = sheet?.getRow(2).getCell(column);
    if (cell !== undefined) cell.value = value;
  }
  await book.xlsx.writeFile(folder.file(name));
}
