import type { CsvRow } from '../csv/cells.ts';
import { GorodError } from '../errors.ts';
import type { Texts } from '../languages.ts';
import { columnLetters, MAX_COLUMNS, MAX_ROWS } from './cell-place.ts';
import { XLSX_TEXTS } from './texts.ts';

/** What a cell of Excel holds at most. */
const MAX_CHARACTERS = 32_767;

/** Bytes of a sheet's XML: more than any spreadsheet program opens. */
export const LARGEST_PART = 4 * 2 ** 30;

/** Throws GorodError BAD_INPUT where a row, `number` counted from 1 for the header, is none that a sheet of Excel can hold. */
export function assertFits({ cells, pieces }: Pick<CsvRow, 'cells' | 'pieces'>, number: number, name: string): void {
  if (number > MAX_ROWS) throw tooLarge(name, XLSX_TEXTS.mostRows(MAX_ROWS));
  if (cells.length > MAX_COLUMNS) throw tooLarge(name, XLSX_TEXTS.mostColumns(MAX_COLUMNS, cells.length));
  const long = cells.findIndex(({ length }) => length > MAX_CHARACTERS);
  if (long === -1 && pieces === undefined) return;
  const where = long === -1 ? XLSX_TEXTS.cellOfRow(number) : XLSX_TEXTS.cell(`${columnLetters(long)}${number}`);
  throw tooLarge(name, XLSX_TEXTS.longCell(MAX_CHARACTERS, where));
}

/** The error for a table that is larger than a sheet; `why` says in what. */
export function tooLarge(name: string, why: Texts): GorodError {
  return new GorodError('BAD_INPUT', XLSX_TEXTS.tooLarge(name, why, `${name.replace(/\.xlsx$/i, '')}.csv`));
}
