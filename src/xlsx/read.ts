import type { CsvRow } from '../csv/cells.ts';
import type { CsvSource, ReadOptions } from '../csv/read.ts';
import { GorodError } from '../errors.ts';
import { type Archive, openArchive } from './archive.ts';
import { chooseSheet } from './choose-sheet.ts';
import { SHEET_DIALECT } from './csv-text.ts';
import { asBadInput } from './fault.ts';
import { decoded } from './parse-part.ts';
import { readStrings } from './read-strings.ts';
import { dataRows, type RowRules, toCsvRow } from './rows.ts';
import { rowsOf, type SheetRow } from './sheet-rows.ts';
import { type ShowStyled, stylesReader } from './styles.ts';
import { mergeTouching } from './survey.ts';
import { XLSX_TEXTS } from './texts.ts';
import { readWorkbook, type Workbook } from './workbook.ts';

export interface ReadXlsxOptions extends ReadOptions {
  /** Name or number of the sheet to read; undefined: the first visible one. */
  readonly sheet?: string | undefined;
  /** When it aborts, reading stops. */
  readonly signal: AbortSignal;
}

/** An open sheet, to be closed when nothing more is read from it. */
export interface XlsxSource extends CsvSource {
  /** For messages: the file and the sheet. */
  readonly name: string;
  /** Whether the file has other sheets beside this one. */
  readonly hasOtherSheets: boolean;
  close(): Promise<void>;
}

/**
 * Reads a sheet of a spreadsheet as if it had been saved as CSV: every cell as displayed (see `numberFormat`), every row
 * as the CSV record of its cells in `dialect`, `line` its number in the sheet. The header is the first row that is not
 * empty; empty rows are no records; short rows are filled up to the header's width. `delimiter` and `longRows` of the
 * options are of no matter. The caller has seen by its content that the file is a zip, and watches whether it changes.
 * Throws GorodError BAD_INPUT naming file, sheet and row: of damage to the file already before it hands out the header.
 */
export async function readXlsx(file: string, options: ReadXlsxOptions): Promise<XlsxSource> {
  const closers: (() => unknown)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const archive = await openArchive(file);
    closers.push(archive.close);
    const workbook = await readWorkbook(archive);
    const { name: sheet, part } = chooseSheet(workbook.sheets, options.sheet);
    const strings = await readStrings(partIn(archive, workbook.stringsPart));
    closers.push(() => strings[Symbol.dispose]());
    const show = await numberShower(archive, workbook);
    const name = `${options.name}, "${sheet}"`;
    const rows = rowsOf(archive.read(part), { strings, show }, options.signal);
    closers.push(() => rows.return());
    const { header, rest } = await firstRow(rows, name);
    const merged = await mergeTouching(header.line, archive.read(part));
    if (merged !== undefined) throw mergedHeader(name, header, merged);
    const rules: RowRules = { ...options, name, width: header.cells.length };
    const hasOtherSheets = workbook.sheets.length > 1;
    return { name, hasOtherSheets, header, dialect: SHEET_DIALECT, batches: dataRows(rest, rows, rules), close };
  } catch (error) {
    await close();
    throw asBadInput(error, options.name);
  }
}

function partIn(archive: Archive, part: string | undefined): AsyncIterable<Uint8Array> | undefined {
  return part === undefined ? undefined : archive.read(part);
}

async function numberShower(archive: Archive, { stylesPart, date1904 }: Workbook): Promise<ShowStyled> {
  const styles = stylesReader();
  const bytes = partIn(archive, stylesPart);
  if (bytes !== undefined) {
    for await (const text of decoded(bytes)) styles.push(text);
    styles.end();
  }
  return styles.shower(date1904);
}

async function firstRow(
  rows: AsyncGenerator<readonly SheetRow[], void>,
  name: string,
): Promise<{ readonly header: CsvRow; readonly rest: readonly SheetRow[] }> {
  for (;;) {
    const { value, done } = await rows.next();
    if (done === true) throw new GorodError('BAD_INPUT', XLSX_TEXTS.empty(name));
    const [header, ...rest] = value;
    if (header !== undefined) return { header: toCsvRow(header, header.cells), rest };
  }
}

function mergedHeader(name: string, { line }: CsvRow, merged: string): GorodError {
  return new GorodError('BAD_INPUT', XLSX_TEXTS.mergedHeader(name, line, merged));
}
