import { GorodError } from '../errors.ts';

export interface WriteXlsxOptions {
  /** Of `csvFile`. */
  readonly delimiter: string;
}

/**
 * Makes a spreadsheet of a UTF-8 CSV without byte-order mark, whose first record is the header. The same CSV must give
 * the same bytes at any time, so that a run that was killed meanwhile ends in the same file. The caller syncs it.
 */
export async function writeXlsx(_csvFile: string, xlsxFile: string, _options: WriteXlsxOptions): Promise<void> {
  throw new GorodError('BAD_OPTION', `--output: ${xlsxFile}: spreadsheets cannot be written yet.`);
}
