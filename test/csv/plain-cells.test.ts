import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainCells } from '../../src/csv/plain-cells.ts';
import { writtenTable } from './tables.ts';

test('the cells of any plain record are those that csv-parse reads', () => {
  fc.assert(
    fc.property(writtenTable, ({ records, delimiter }) => {
      for (const { text, cells } of records) {
        expect(plainCells(text, delimiter)).toEqual(cells);
        if (text !== '')
          expect([plainCells(text, delimiter)]).toEqual(parse(text, { delimiter, record_delimiter: '\0' }));
      }
    }),
    { numRuns: 500 },
  );
});

test('cells may be empty, and blank space belongs to them', () => {
  expect(plainCells('', ',')).toEqual(['']);
  expect(plainCells(',,', ',')).toEqual(['', '', '']);
  expect(plainCells(' a ;"";" "";""";', ';')).toEqual([' a ', '', ' ";"', '']);
});
