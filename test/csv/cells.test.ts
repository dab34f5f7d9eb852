import { describe, expect, test } from 'vitest';
import { parseCells } from '../../src/csv/cells.ts';
import type { RawRecord } from '../../src/csv/records.ts';

function record(text: string, more: Partial<RawRecord> = {}): RawRecord {
  return { text, line: 1, broken: false, ...more };
}

describe('parseCells', () => {
  test('gives every record its own cells, ragged ones too', () => {
    const rows = parseCells([record('a,"b,c"'), record('d', { line: 2 }), record(',,', { line: 3 })], ',');
    expect(rows.map((row) => row.cells)).toEqual([['a', 'b,c'], ['d'], ['', '', '']]);
    expect(rows.map((row) => row.line)).toEqual([1, 2, 3]);
  });

  test('guesses the cells of a broken record and goes on with the next', () => {
    const rows = parseCells([record('a 5",b', { broken: true }), record('c,d'), record('"', { broken: true })], ',');
    expect(rows.map((row) => row.cells)).toEqual([['a 5"', 'b'], ['c', 'd'], ['"']]);
  });

  test('leaves spaces and empty cells alone', () => {
    expect(parseCells([record(' a ; ;"";')], ';')[0]?.cells).toEqual([' a ', ' ', '', '']);
  });

  test('has nothing to do for nothing', () => {
    expect(parseCells([], ',')).toEqual([]);
    expect(parseCells([record('"', { broken: true })], ',')).toHaveLength(1);
  });

  test('refuses records that csv-parse would cut otherwise rather than shift their rows', () => {
    expect(() => parseCells([record('a\nb', { line: 7 })], ',')).toThrow('line 7');
  });
});
