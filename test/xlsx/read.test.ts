import { readdirSync, writeFileSync } from 'node:fs';
import ExcelJS from 'exceljs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { readAll } from './read-all.ts';
import { textRow, workbookBytes, writeSheet } from './small-workbook.ts';

describe('a sheet is read', () => {
  let folder: TemporaryFolder;
  let file: string;

  beforeEach(() => {
    folder = temporaryFolder();
    file = folder.file('orders.xlsx');
  });
  afterEach(() => folder[Symbol.dispose]());

  async function cellsOf(cells: string, more: Parameters<typeof writeSheet>[2] = {}): Promise<readonly string[]> {
    const { header } = await readAll(writeSheet(file, `<row r="1">${cells}</row>`, more));
    return header;
  }

  it('with texts as they stand, leading zeros and all', async () => {
    const texts = ['012345', '12345678901234567', ' spaces ', 'ул. Мира', '=1+1', 'a\nb', '_x0041', '😀'];
    const { header } = await readAll(writeSheet(file, textRow(1, texts)));
    expect(header).toEqual(texts);
  });

  it('with shared texts: joined from their runs, without their pronunciation, also empty ones', async () => {
    const strings =
      '<si><r><rPr><b/></rPr><t>ул. </t></r><r><t>Мира</t></r></si><si/><si><t/></si>' +
      '<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si><si><t>R&amp;amp;D_x000D_&#10;_x005F_x0041_</t></si>';
    const cells = [0, 1, 2, 3, 4].map((at) => `<c t="s"><v>${at}</v></c>`).join('');
    expect(await cellsOf(cells, { strings })).toEqual(['ул. Мира', '', '', '東京', 'R&amp;D\r\n_x0041_']);
  });

  it('with inline texts joined from their runs', async () => {
    const inline = '<c t="inlineStr"><is><r><t>101</t></r><r><t>000</t></r></is></c>';
    expect(await cellsOf(inline)).toEqual(['101000']);
  });

  it('with results of formulas, truths and errors', async () => {
    const cells =
      '<c><f>A2*2</f><v>101000</v></c><c t="str"><f>A2&amp;""</f><v>0123</v></c><c t="b"><f>1=1</f><v>1</v></c>' +
      '<c t="b"><v>0</v></c><c t="e"><f>NA()</f><v>#N/A</v></c><c t="str"><f>""</f><v></v></c><c><v>1</v></c>';
    expect(await cellsOf(cells)).toEqual(['101000', '0123', 'TRUE', 'FALSE', '#N/A', '', '1']);
  });

  it('with numbers and dates in the format of their cell', async () => {
    const formats = ['000000', 'dd.mm.yyyy'];
    const cells = '<c s="1"><v>12345</v></c><c s="2"><v>45000</v></c><c s="2" t="d"><v>2023-03-15</v></c>';
    expect(await cellsOf(cells, { formats })).toEqual(['012345', '15.03.2023', '15.03.2023']);
    expect(await cellsOf('<c s="1"><v>43538</v></c>', { formats: ['dd.mm.yyyy'], date1904: true })).toEqual([
      '15.03.2023',
    ]);
    expect(await cellsOf('<c s="77"><v>5.0</v></c>', { formats })).toEqual(['5']);
  });

  it('with cells where they say they are, or one after the other', async () => {
    expect(await cellsOf('<c r="B1"><v>1</v></c><c><v>2</v></c><c r="AA1"><v>3</v></c>')).toEqual(
      Object.assign(Array<string>(27).fill(''), { 1: '1', 2: '2', 26: '3' }),
    );
  });

  it('as CSV records, the numbers of the rows being those of the sheet', async () => {
    const rows = `<row r="3"/>${textRow(4, ['a', 'b', 'c', ''])}<row r="5"><c/><c s="1"/></row>${textRow(7, ['1,5', '"x"'])}`;
    const read = await readAll(writeSheet(file, rows + textRow(1000, ['', '', 'z']) + textRow(1001, ['', ''])));
    expect(read.header).toEqual(['a', 'b', 'c']);
    expect(read.rows).toEqual([
      { text: '"1,5","""x""",', line: 7, cells: ['1,5', '"x"', ''], broken: false },
      { text: ',,z', line: 1000, cells: ['', '', 'z'], broken: false },
    ]);
  });

  it('with hidden rows and columns', async () => {
    const rows = `<row r="1"><c><v>1</v></c></row><row r="2" hidden="1"><c><v>2</v></c></row>`;
    expect((await readAll(writeSheet(file, rows))).rows.map(({ text }) => text)).toEqual(['2']);
  });

  it('of a row that goes beyond the header only where bad rows are kept', async () => {
    writeSheet(file, textRow(1, ['a', 'b']) + textRow(2, ['1', '2']) + textRow(3, ['1', '2', '', '4']));
    await expect(readAll(file)).rejects.toThrow(
      'orders.xlsx, "Orders", row 3: column D holds something but has no header',
    );
    expect((await readAll(file, { badRows: 'keep' })).rows.map(({ text }) => text)).toEqual(['1,2', '1,2,,4']);
  });

  it('up to the row that is too long', async () => {
    writeSheet(file, textRow(1, ['a', 'b']) + textRow(2, ['1', 'я'.repeat(600)]));
    await expect(readAll(file, { maxRowBytes: 1024 })).rejects.toThrow('row 2: longer than 1024 bytes');
  });

  it('from programs that write it their own way', async () => {
    const sheet =
      '<?xml version="1.0"?><x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>' +
      '<x:row><x:c t="inlineStr"><x:is><x:t>101000</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>';
    const relations =
      '<Relationships><Relationship Id="rId1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" ' +
      'Target="/xl/Data.xml"/></Relationships>';
    const parts = { 'XL/data.xml': sheet, 'xl/_rels/workbook.xml.rels': relations };
    writeFileSync(file, workbookBytes({ sheets: [{ name: 'Orders', rows: '' }], parts }));
    expect((await readAll(file)).header).toEqual(['101000']);
  });

  it('from exceljs', async () => {
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet('Заказы');
    sheet.addRow(['Индекс', 'Дата', 'Сумма', 'Ссылка']);
    sheet.addRow([
      '012345',
      new Date(Date.UTC(2024, 2, 5)),
      1500.5,
      { text: 'магазин', hyperlink: 'https://example.org' },
    ]);
    sheet.getCell('B2').numFmt = 'dd.mm.yyyy';
    sheet.getCell('C2').numFmt = '#,##0.00';
    await workbook.xlsx.writeFile(file);
    const { header, rows } = await readAll(file);
    expect(header).toEqual(['Индекс', 'Дата', 'Сумма', 'Ссылка']);
    expect(rows[0]?.cells).toEqual(['012345', '05.03.2024', '1500.50', 'магазин']);
  });

  it('to its end and leaves nothing open or behind, also when it is given up', async () => {
    const before = readdirSync('/proc/self/fd').length;
    writeSheet(
      file,
      textRow(1, ['a']) + Array.from({ length: 20_000 }, (_, at) => textRow(at + 2, [`${at}`])).join(''),
    );
    await readAll(file);
    await expect(readAll(file, { sheet: 'none' })).rejects.toThrow();
    const stop = new AbortController();
    stop.abort(new Error('stopped'));
    await expect(readAll(file, { signal: stop.signal })).rejects.toThrow('stopped');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(readdirSync('/proc/self/fd').length).toBeLessThanOrEqual(before);
  });
});

describe('the sheet to read', () => {
  let folder: TemporaryFolder;
  let file: string;
  const sheets = [
    { name: 'Справочник', rows: textRow(1, ['hidden']), state: 'hidden' as const },
    { name: 'Orders', rows: textRow(1, ['first']) },
    { name: '2024', rows: textRow(1, ['second']) },
  ];
  beforeEach(() => {
    folder = temporaryFolder();
    file = folder.file('orders.xlsx');
    writeFileSync(file, workbookBytes({ sheets }));
  });
  afterEach(() => folder[Symbol.dispose]());

  it.each([
    [undefined, 'first'],
    ['orders', 'first'],
    ['2', 'second'],
    ['2024', 'second'],
    ['Справочник', 'hidden'],
  ])('by %s is the one with %s', async (sheet, header) => {
    expect((await readAll(file, { sheet })).header).toEqual([header]);
  });

  it.each(['3', '0', 'Orders2'])('cannot be %s, and the message lists those that are there', async (sheet) => {
    await expect(readAll(file, { sheet })).rejects.toThrow(
      `orders.xlsx: cannot be read as a spreadsheet: it has no sheet "${sheet}" (--sheet). Its sheets are: "Справочник", "Orders", "2024".`,
    );
  });
});
