import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { CsvRow } from '../csv/cells.ts';
import { readCsv } from '../csv/read.ts';
import { columnLetters } from './cell-place.ts';
import { assertFits, LARGEST_PART, tooLarge } from './limits.ts';
import { FIXED_PARTS, SHEET_PART } from './package-parts.ts';
import { rowXml, sheetBeginning, sheetEnd } from './sheet-xml.ts';
import { XLSX_TEXTS } from './texts.ts';
import { writeZip } from './write-zip.ts';

export interface WriteXlsxOptions {
  /** Of `csvFile`. */
  readonly delimiter: string;
  /** Headers of columns whose cells become numbers where that shows the same. */
  readonly numericColumns: ReadonlySet<string>;
  /** For messages: the file that is wanted. */
  readonly name: string;
}

/** No row that fits into a sheet is longer. */
const LONGEST_ROW_BYTES = 256 << 20;

/**
 * Makes a spreadsheet of a UTF-8 CSV whose first record is the header: every cell a text that shows what it holds,
 * whatever it looks like. The same CSV gives the same bytes at any time. The caller syncs the file. Throws GorodError
 * BAD_INPUT where the table is larger than a sheet of Excel, and leaves no file then.
 */
export async function writeXlsx(csvFile: string, xlsxFile: string, options: WriteXlsxOptions): Promise<void> {
  try {
    await writeZip(xlsxFile, [...FIXED_PARTS, [SHEET_PART, sheetText(csvFile, options)]]);
  } catch (error) {
    await rm(xlsxFile, { force: true });
    throw error;
  }
}

async function* textOf(file: string): AsyncGenerator<string, void> {
  let isFirst = true;
  for await (const piece of createReadStream(file, { encoding: 'utf8' }) as AsyncIterable<string>) {
    yield isFirst && piece.startsWith('\ufeff') ? piece.slice(1) : piece;
    isFirst = false;
  }
}

async function* sheetText(csvFile: string, options: WriteXlsxOptions): AsyncGenerator<string, void> {
  const { header, batches } = await readCsv(textOf(csvFile), {
    name: options.name,
    delimiter: options.delimiter,
    badRows: 'keep',
    longRows: 'keep',
    maxRowBytes: LONGEST_ROW_BYTES,
  });
  const { cells } = header;
  const style = {
    letters: cells.map((_, column) => columnLetters(column)),
    numeric: cells.map((name) => options.numericColumns.has(name)),
  };
  let written = 0;
  let bytes = 0;
  const rendered = (rows: readonly CsvRow[]): string => {
    let xml = '';
    for (const row of rows) {
      written += 1;
      assertFits(row, written, options.name);
      xml += rowXml(row.cells, written, style);
    }
    bytes += Buffer.byteLength(xml);
    if (bytes > LARGEST_PART) throw tooLarge(options.name, XLSX_TEXTS.mostBytes);
    return xml;
  };
  const iterator = batches[Symbol.asyncIterator]();
  const first = await iterator.next();
  const sample: readonly CsvRow[] = first.done === true ? [] : first.value;
  yield sheetBeginning([header, ...sample].map((row) => row.cells));
  yield rendered([header, ...sample]);
  for await (const rows of { [Symbol.asyncIterator]: () => iterator }) yield rendered(rows);
  yield sheetEnd(cells.length, written);
}
