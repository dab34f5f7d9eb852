import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCells } from '../../src/csv/cells.ts';
import { recordSplitter } from '../../src/csv/records.ts';
import { type Layout, renderHeader, rowRenderer } from '../../src/pipeline/render-rows.ts';
import type { EnrichedRow } from '../../src/pipeline/row-judgement.ts';
import { writtenTable } from '../csv/tables.ts';

const LAYOUT: Layout = {
  dialect: { delimiter: ',', eol: '\n' },
  inputDelimiter: ',',
  fields: ['status', 'message', 'possible_cities'],
  prefix: 'cdek_',
  language: 'en',
  replaced: new Set(),
  width: 3,
};

/** The rows of a text, each with the same answer. */
function enriched(text: string, possible_cities = ['Тула'], delimiter = ','): EnrichedRow[] {
  const splitter = recordSplitter({ delimiter, newline: '\n', maxRecordBytes: 1 << 20 });
  return parseCells([...splitter.push(text), ...splitter.end()], delimiter).map((row) => ({
    row,
    outcome: {
      kind: 'answered',
      source: 'api',
      detection: { status_code: 'ERR_MANY_CITIES_IN_ADDRESS', possible_cities },
    },
    judgement: {
      status: 'ERR_MANY_CITIES_IN_ADDRESS',
      verdict: 'review',
      codFlag: '',
      orderError: '',
      paymentLimit: undefined,
    },
  }));
}

const MESSAGE =
  'Several places of this postcode fit the address. Add the region or district to the address, or correct the postcode';
const ADDED = `ERR_MANY_CITIES_IN_ADDRESS,"${MESSAGE}",Тула`;

describe('rowRenderer', () => {
  test('copies the original part as it stands, spaces, quotes, line breaks and all', () => {
    const text = ' 1 ,"a",b\n"x\r\ny", "" ,\n'.replace(' "" ', '""');
    expect(rowRenderer(LAYOUT)(enriched(text))).toBe(` 1 ,"a",b,${ADDED}\n"x\r\ny","",,${ADDED}\n`);
  });

  test('writes the delimiter and line end of the input', () => {
    const layout: Layout = { ...LAYOUT, dialect: { delimiter: ';', eol: '\r\n' } };
    expect(rowRenderer(layout)(enriched('1;"a;b";c\n', ['Тула'], ';'))).toBe(
      `1;"a;b";c;ERR_MANY_CITIES_IN_ADDRESS;${MESSAGE};Тула\r\n`,
    );
  });

  test('quotes an added cell that holds the delimiter or a quotation mark', () => {
    expect(rowRenderer({ ...LAYOUT, fields: ['possible_cities'] })(enriched('1,2,3\n', ['Клин, "новый"']))).toBe(
      '1,2,3,"Клин, ""новый"""\n',
    );
  });

  test.each([
    ['a short row', '1,2\n', '1,2,,X\n'],
    ['a long row', '1,2,3,4\n', '1,2,"3,4",X\n'],
    ['a broken row', '1,2 5",3\n', '1,"2 5""",3,X\n'],
    ['a short broken row', '1,"2\n', '1,"""2",,X\n'],
    ['a long broken row', '1,2 ",3,4\n', '1,"2 ""","3,4",X\n'],
  ])('brings %s to the width of the header', (_, text, line) => {
    expect(rowRenderer({ ...LAYOUT, fields: ['possible_cities'] })(enriched(text, ['X']))).toBe(line);
  });

  test('takes replaced columns out and keeps the values of the others', () => {
    const layout: Layout = { ...LAYOUT, fields: ['possible_cities'], replaced: new Set([1]) };
    expect(rowRenderer(layout)(enriched('1,old,"a,b"\n2,old,"c\nd"\n', ['X']))).toBe('1,"a,b",X\n2,"c\nd",X\n');
  });

  test('writes nothing for nothing', () => {
    expect(rowRenderer(LAYOUT)([])).toBe('');
  });

  test('keeps every value of any table, one record out for each one in', () => {
    const options = fc.record({ replace: fc.boolean(), name: fc.string({ unit: 'grapheme' }) });
    fc.assert(
      fc.property(writtenTable, options, ({ records, delimiter, eol }, { replace, name }) => {
        const width = records[0]?.cells.length ?? 0;
        const replaced = new Set(replace ? [width - 1] : []);
        const rows = enriched('x\n', [name]).flatMap((row) =>
          records.map((record) => ({ ...row, row: { ...record, broken: false } })),
        );
        const layout: Layout = { ...LAYOUT, dialect: { delimiter, eol }, inputDelimiter: delimiter, width, replaced };
        const written = rowRenderer(layout)(rows);
        const found: string[][] = parse(written, { delimiter, record_delimiter: eol });
        expect(found.map((cells) => cells.slice(0, -3))).toEqual(
          records.map(({ cells }) => cells.filter((_, column) => !replaced.has(column))),
        );
        if (!replace) for (const { text } of records) expect(written).toContain(text + delimiter);
      }),
    );
  });
});

describe('renderHeader', () => {
  const [header] = parseCells([{ text: 'Zip,"Full, address",status', line: 1, broken: false }], ',');

  test('adds the prefixed names to the header as it stands', () => {
    expect(header && renderHeader(header, LAYOUT)).toBe(
      'Zip,"Full, address",status,cdek_status,cdek_message,cdek_possible_cities\n',
    );
  });

  test('leaves out the columns that are replaced', () => {
    const layout: Layout = { ...LAYOUT, prefix: '', replaced: new Set([2]) };
    expect(header && renderHeader(header, layout)).toBe('Zip,"Full, address",status,message,possible_cities\n');
  });
});
