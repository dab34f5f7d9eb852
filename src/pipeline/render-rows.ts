import { stringify } from 'csv-stringify/sync';
import type { Language } from '../address/languages.ts';
import type { CsvRow } from '../csv/cells.ts';
import type { Dialect } from '../csv/dialect.ts';
import type { EnrichedRow } from './enrich.ts';
import { type OutputColumn, renderCells } from './output-columns.ts';

export interface Layout {
  readonly dialect: Dialect;
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
 * The lines of a batch, with their line ends. The original part of a sound row is copied as it stands; a broken or
 * ragged row is brought to the width of the header first, so that the added columns line up.
 */
export function renderRows(rows: readonly EnrichedRow[], layout: Layout): string {
  const added = csvLines(
    rows.map((row) => renderCells(layout.fields, row, layout.language)),
    layout.dialect.delimiter,
  );
  return rows.map(({ row }, index) => join(row, added[index] ?? '', layout)).join('');
}

function join(row: CsvRow, added: string, layout: Layout): string {
  return original(row, layout) + layout.dialect.delimiter + added + layout.dialect.eol;
}

function original(row: CsvRow, { dialect, replaced, width }: Layout): string {
  if (!row.broken && row.cells.length === width && replaced.size === 0) return row.text;
  const cells = atWidth(row.cells, width, dialect.delimiter).filter((_, column) => !replaced.has(column));
  return cells.length === 0 ? '' : (csvLine(cells, dialect.delimiter) ?? '');
}

function atWidth(cells: readonly string[], width: number, delimiter: string): string[] {
  if (cells.length <= width) return [...cells, ...Array<string>(width - cells.length).fill('')];
  return [...cells.slice(0, width - 1), cells.slice(width - 1).join(delimiter)];
}

function csvLine(cells: readonly string[], delimiter: string): string {
  return stringify([[...cells]], { delimiter, record_delimiter: '\n', quoted_match: /[\r\n]/, eof: false });
}

/** The added cells hold no line break (`renderCells`), so that one call serves a batch and its lines can be told apart. */
function csvLines(records: readonly (readonly string[])[], delimiter: string): string[] {
  return stringify(records as string[][], { delimiter, record_delimiter: '\n', eof: false }).split('\n');
}
