import { describe, expect, test } from 'vitest';
import { defaultOutput, outputFormat } from '../../src/formats/output-format.ts';

describe('an output', () => {
  test.each([
    ['orders.csv', 'orders.gorod.csv'],
    ['/in.box/orders.CSV', '/in.box/orders.gorod.CSV'],
    ['./orders', 'orders.gorod.csv'],
    ['orders.2026.tsv', 'orders.2026.gorod.tsv'],
    ['orders.txt', 'orders.gorod.txt'],
    ['orders.csv.gz', 'orders.gorod.csv.gz'],
    ['orders.TSV.GZ', 'orders.gorod.TSV.GZ'],
    ['orders.gz', 'orders.gorod.csv.gz'],
    ['orders.zip', 'orders.gorod.csv'],
    ['orders.csv.zip', 'orders.csv.gorod.csv'],
    ['orders.xlsx', 'orders.gorod.xlsx'],
    ['orders.xls', 'orders.gorod.xlsx'],
    ['-', '-'],
  ])('of %s is %s unless it is named', (input, output) => {
    expect(defaultOutput(input)).toBe(output);
  });

  test.each([
    ['-', 'plain', undefined],
    ['out', 'plain', undefined],
    ['out.csv', 'plain', undefined],
    ['out.tsv', 'plain', '\t'],
    ['out.CSV.GZ', 'gzip', undefined],
    ['out.tsv.gz', 'gzip', '\t'],
    ['out.Xlsx', 'xlsx', undefined],
  ])('%s is kept by its name: %s', (path, container, delimiter) => {
    expect(outputFormat(path)).toEqual({ container, delimiter });
  });

  test.each([
    ['out.xls', '--output: cannot write out.xls; name a .xlsx file.'],
    ['out.ZIP', '--output: cannot write out.ZIP; name a .csv or .csv.gz file.'],
  ])('%s cannot be written', (path, message) => {
    expect(() => outputFormat(path)).toThrow(message);
  });
});
