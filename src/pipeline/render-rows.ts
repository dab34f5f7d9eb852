import { stringify } from 'csv-stringify/sync';
import type { CsvRow } from '../csv/cells.ts';
import type { Dialect } from '../csv/dialect.ts';
import type { Language } from '../languages.ts';
import { addedLines, csvLines } from './added-lines.ts';
import type { OutputColumn } from './output-columns.ts';
import type { EnrichedRow } from './row-judgement.ts';

export interface Layout {
  /** Of the output. */
  readonly dialect: Dialect;
  /** Where the output has another delimiter, no record can be copied as it stands. */
  readonly inputDelimiter: string;
  readonly fields: readonly OutputColumn[];
  readonly prefix: string;
  readonly language: Language;
  /** Columns of the input, counted from 0, that the added ones replace. */
  readonly replaced: ReadonlySet<number>;
  /** Columns of the input's header. */
  readonly width: number;
}

/** The header line of the output, with its line end. */
export function renderHeader(header: CsvRow, layout: Layout): string {
  const [added = ''] = csvLines([layout.fields.map((field) => layout.prefix + field)], layout.dialect.delimiter);
  return join(header, added, layout);
}

/**
 * Makes the lines of batches, with their line ends. The original part of a sound row is copied as it stands; a broken
 * or ragged row is brought to the width of the header first, so that the added columns line up.
 */
export function rowRenderer(layout: Layout): (rows: readonly EnrichedRow[]) => string {
  const addedOf = addedLines({ ...layout, delimiter: layout.dialect.delimiter });
  return (rows) => {
    const added = addedOf(rows);
    return rows.map(({ row }, index) => join(row, added[index] ?? '', layout)).join('');
  };
}

/**
 * What stands before the line of `rowRenderer` where a batch is one row that is too long to be held: its record as it
 * is, in one quoted cell. For any other batch there is nothing.
 */
export async function* longRowCell(rows: readonly EnrichedRow[]): AsyncGenerator<string, void> {
  const pieces = rows[0]?.row.pieces;
  if (pieces === undefined) return;
  yield '"';
  // A run of quotation marks at once: mark by mark, a line of nothing else takes ten times as long.
  for await (const piece of pieces) yield piece.replace(/"+/g, '$&$&');
  yield '"';
}

function join(row: CsvRow, added: string, layout: Layout): string {
  return original(row, layout) + layout.dialect.delimiter + added + layout.dialect.eol;
}

/** Whether sound records are copied as they stand. */
export function isVerbatim({ dialect, inputDelimiter, replaced }: Layout): boolean {
  return replaced.size === 0 && dialect.delimiter === inputDelimiter;
}

function original(row: CsvRow, layout: Layout): string {
  const { dialect, inputDelimiter, replaced, width } = layout;
  if (row.pieces !== undefined) return dialect.delimiter.repeat(Math.max(0, width - replaced.size - 1));
  if (isVerbatim(layout) && !row.broken && row.cells.length === width) return row.text;
  const cells = atWidth(row.cells, width, inputDelimiter).filter((_, column) => !replaced.has(column));
  return cells.length === 0 ? '' : (csvLine(cells, dialect.delimiter) ?? '');
}

function atWidth(cells: readonly string[], width: number, delimiter: string): string[] {
  if (cells.length <= width) return [...cells, ...Array<string>(width - cells.length).fill('')];
  return [...cells.slice(0, width - 1), cells.slice(width - 1).join(delimiter)];
}

function csvLine(cells: readonly string[], delimiter: string): string {
  return stringify([[...cells]], { delimiter, record_delimiter: '\n', quoted_match: /[\r\n]/, eof: false });
}
