import type { CsvRow } from '../csv/cells.ts';
import { isLonger } from '../csv/records.ts';
import { GorodError } from '../errors.ts';
import { columnLetters } from './cell-place.ts';
import { csvText } from './csv-text.ts';
import { asBadInput } from './fault.ts';
import type { SheetRow } from './sheet-rows.ts';
import { XLSX_TEXTS } from './texts.ts';

export interface RowRules {
  /** For messages: the file and the sheet. */
  readonly name: string;
  /** Columns of the header. */
  readonly width: number;
  /** `stop`: a row with a cell beyond the header's columns ends the reading; `keep`: it is handed on as it is. */
  readonly badRows: 'stop' | 'keep';
  readonly maxRowBytes: number;
}

/** A row of a sheet as one of a CSV. */
export function toCsvRow({ number }: SheetRow, cells: readonly string[]): CsvRow {
  return { text: csvText(cells), line: number, cells, broken: false };
}

/** The rows behind the header: `first`, then `more`. Throws GorodError BAD_INPUT naming the row. */
export async function* dataRows(
  first: readonly SheetRow[],
  more: AsyncIterable<readonly SheetRow[]>,
  rules: RowRules,
): AsyncGenerator<readonly CsvRow[], void> {
  try {
    if (first.length > 0) yield* checked(first, rules);
    for await (const rows of more) yield* checked(rows, rules);
  } catch (error) {
    throw asBadInput(error, rules.name);
  }
}

/** The sound rows come first, so that whoever wants only those never meets the error behind them. */
function* checked(rows: readonly SheetRow[], rules: RowRules): Generator<readonly CsvRow[], void> {
  const sound: CsvRow[] = [];
  for (const row of rows) {
    const whole = toCsvRow(row, filled(row.cells, rules.width));
    const fault = faultOf(whole, rules);
    if (fault !== undefined) {
      if (sound.length > 0) yield sound;
      throw fault;
    }
    sound.push(whole);
  }
  if (sound.length > 0) yield sound;
}

function filled(cells: readonly string[], width: number): readonly string[] {
  return cells.length >= width ? cells : [...cells, ...Array<string>(width - cells.length).fill('')];
}

function faultOf(
  { text, line, cells }: CsvRow,
  { name, width, badRows, maxRowBytes }: RowRules,
): GorodError | undefined {
  if (isLonger(text, maxRowBytes)) return new GorodError('BAD_INPUT', XLSX_TEXTS.longRow(name, line, maxRowBytes));
  if (cells.length <= width || badRows === 'keep') return undefined;
  return new GorodError('BAD_INPUT', XLSX_TEXTS.noHeader(name, line, columnLetters(cells.length - 1)));
}
