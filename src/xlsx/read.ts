import type { CsvSource, ReadOptions } from '../csv/read.ts';
import { GorodError } from '../errors.ts';

export interface ReadXlsxOptions extends ReadOptions {
  /** When it aborts, reading stops. */
  readonly signal: AbortSignal;
}

/**
 * Reads a sheet of a spreadsheet as if it had been saved as CSV: every cell as displayed, every row as the CSV record
 * of its cells in `dialect`. `delimiter` of the options is of no matter. The caller has seen by its content that the
 * file is an XLSX, and watches whether it changes. Throws GorodError BAD_INPUT naming file, sheet and line.
 */
export async function readXlsx(_file: string, options: ReadXlsxOptions): Promise<CsvSource> {
  throw new GorodError('BAD_INPUT', `${options.name}: spreadsheets cannot be read yet.`);
}
