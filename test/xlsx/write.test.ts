import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_ROWS } from '../../src/xlsx/cell-place.ts';
import { writeXlsx } from '../../src/xlsx/write.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { readAll } from './read-all.ts';

describe('a spreadsheet is written', () => {
  let folder: TemporaryFolder;

  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => folder[Symbol.dispose]());

  async function write(csv: string, numericColumns: readonly string[] = [], delimiter = ','): Promise<string> {
    const [from, to] = [folder.file('x.partial'), folder.file('x.xlsx')];
    writeFileSync(from, csv);
    await writeXlsx(from, to, { name: 'x.xlsx', delimiter, numericColumns: new Set(numericColumns) });
    return to;
  }

  it('such that every cell is read again as it was', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        '012345',
        '=1+1',
        '_x000D_',
        '-1',
        '1E5',
        ' a ',
        'a\r\nb',
        '\t',
        '\u0001',
        '\ufffe',
        '<&>"',
        '😀',
        '01.02.2024',
      ),
      fc.stringMatching(/^\d{1,20}$/),
    );
    const table = fc
      .integer({ min: 2, max: 5 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }),
      );
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        // The last column is never empty, so that neither is a row, nor the end of the header.
        const filled = [['a', 'b'], ...rows].map((cells) => [...cells, 'x']);
        const width = Math.max(...filled.map(({ length }) => length));
        const even = filled.map((cells) => [...cells, ...Array<string>(width - cells.length).fill('y')]);
        const file = await write(stringify(even, { quoted: true, quoted_empty: true }));
        const { header, rows: read } = await readAll(file);
        expect([header, ...read.map(({ cells }) => cells)]).toEqual(even);
      }),
      { numRuns: 60 },
    );
  });

  it('as other programs read it: texts, numbers where they are wanted, a header that stays in sight', async () => {
    const csv = 'postcode;n;address\n012345;55.755826;"ул. ""Мира"";\nд. 5"\n101000;0123;\n7;-1;=1+1\n';
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(await write(csv, ['n', 'postcode2'], ';'));
    const sheet = workbook.worksheets[0];
    const rows = [1, 2, 3, 4].map((number) => sheet?.getRow(number).values);
    expect(rows).toEqual([
      [undefined, 'postcode', 'n', 'address'],
      [undefined, '012345', 55.755826, 'ул. "Мира";\nд. 5'],
      [undefined, '101000', '0123'],
      [undefined, '7', -1, '=1+1'],
    ]);
    expect(sheet?.getCell('A1').font?.bold).toBe(true);
    expect(sheet?.getCell('A2').numFmt).toBe('@');
    expect(sheet?.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect(sheet?.autoFilter).toBe('A1:C4');
  });

  it('to the same bytes every time, the byte-order mark being no part of it', async () => {
    const csv = 'a,b\n1,2\n';
    const first = readFileSync(await write(csv));
    expect(readFileSync(await write(`\ufeff${csv}`)).equals(first)).toBe(true);
  });

  it('with a header alone', async () => {
    expect(await readAll(await write('a,b\n'))).toEqual({ header: ['a', 'b'], rows: [] });
  });

  it.each([
    ['more columns', `${'a,'.repeat(16_384)}b\n`, 'a sheet holds 16384 columns, here are 16385'],
    ['a longer text', `a,b\n1,${'x'.repeat(32_768)}\n`, 'a cell holds 32767 characters, cell B2 is longer'],
  ])('not where it has %s than Excel can hold; then a CSV is the way out', async (_, csv, why) => {
    await expect(write(csv)).rejects.toThrow(`cannot write x.xlsx: ${why}. Write a CSV instead: --output x.csv`);
    expect(existsSync(folder.file('x.xlsx'))).toBe(false);
  });

  it('not where it has more rows than Excel can hold', async () => {
    await expect(write(`a\n${'1\n'.repeat(MAX_ROWS)}`)).rejects.toThrow('a sheet holds 1048576 rows');
    expect(existsSync(folder.file('x.xlsx'))).toBe(false);
  });
});
