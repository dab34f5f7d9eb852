import { GorodError } from '../errors.ts';
import { type CsvRow, parseCells } from './cells.ts';
import { type Dialect, sniffDialect } from './dialect.ts';
import { isLonger, type RawRecord, type RecordSyntax, recordSplitter } from './records.ts';
import type { RowPiece } from './row-block.ts';
import { lineInPieces, type TextSource, textSource } from './text-source.ts';
import { CSV_TEXTS } from './texts.ts';

export interface ReadOptions {
  /** For messages. */
  readonly name: string;
  /** Undefined: told from the text. */
  readonly delimiter: string | undefined;
  /** `stop`: a broken or ragged row ends the reading with an error; `keep`: it is handed on for what it is. */
  readonly badRows: 'stop' | 'keep';
  /** `stop`: a row longer than `maxRowBytes` ends the reading; `keep`: it is handed on in pieces. */
  readonly longRows: 'stop' | 'keep';
  /** How much of the file is held to find the end of a row. */
  readonly maxRowBytes: number;
}

export interface CsvSource {
  readonly header: CsvRow;
  readonly dialect: Dialect;
  /** The rows after the header, in order, a batch per piece of input. */
  readonly batches: AsyncIterable<readonly CsvRow[]>;
  /** Those that `batches` has not handed out yet, plain ones as they stand; undefined where none are kept so. */
  readonly pieces?: AsyncIterable<RowPiece>;
}

/** How much text is looked at before the dialect is decided. */
export const SNIFF_CHARS = 1 << 16;
/** One piece of input may hold many rows once a stray quotation mark in front of them is known for one. */
const MAX_BATCH_ROWS = 2000;

/** Reads a CSV text as a stream of batches of rows, within bounded memory. Errors name the file and the line. */
export async function readCsv(chunks: AsyncIterable<string>, options: ReadOptions): Promise<CsvSource> {
  const source = textSource(chunks);
  const beginning = (await source.next(SNIFF_CHARS)) ?? '';
  source.unread(beginning);
  const sniffed = sniffDialect(beginning);
  const dialect = { ...sniffed, delimiter: options.delimiter ?? sniffed.delimiter };
  const rows = rowBatches(source, dialect, 1, options.maxRowBytes);
  const first = await rows.next();
  const [header, ...rest] = first.done === true ? [] : first.value;
  if (header === undefined) throw new GorodError('BAD_INPUT', CSV_TEXTS.empty(options.name));
  if (header.pieces !== undefined) throw longHeader(header, options);
  if (header.broken) throw brokenRow(header, options.name);
  return { header, dialect, batches: checked(rest, rows, header.cells.length, options) };
}

/** Where rows go on in the middle of a text. */
export interface RowsBehind {
  /** Of the table. */
  readonly dialect: Dialect;
  readonly columns: number;
  /** The line, from 1, on which the text begins. */
  readonly line: number;
}

/** Reads the rows of a text that has no header of its own, as `readCsv` reads those behind it. */
export function readRows(
  chunks: AsyncIterable<string>,
  { dialect, columns, line }: RowsBehind,
  options: ReadOptions,
): AsyncGenerator<readonly CsvRow[], void> {
  return checked([], rowBatches(textSource(chunks), dialect, line, options.maxRowBytes), columns, options);
}

async function* rowBatches(
  source: TextSource,
  { delimiter, eol }: Dialect,
  firstLine: number,
  maxRowBytes: number,
): AsyncGenerator<readonly CsvRow[], void> {
  const syntax: RecordSyntax = { delimiter, newline: eol === '\r' ? '\r' : '\n', maxRecordBytes: maxRowBytes };
  const splitter = recordSplitter(syntax, firstLine);
  for (;;) {
    const text = await source.next(enoughToGoOn(splitter.pending()));
    const records = text === undefined ? splitter.end() : splitter.push(text);
    yield* inBatches(records, syntax);
    if (text === undefined) return;
    const begun = splitter.takeLongLine();
    if (begun === undefined) continue;
    source.unread(begun.text);
    const pieces = lineInPieces(source, syntax.newline);
    yield [longRow(begun.line, pieces)];
    for await (const _ of pieces);
  }
}

/** A long record that waits for its end is looked through again with every piece: each time it has to be twice as long. */
function enoughToGoOn(pending: number): number {
  return pending > SNIFF_CHARS ? pending : 1;
}

function* inBatches(
  records: readonly RawRecord[],
  { delimiter, newline, maxRecordBytes }: RecordSyntax,
): Generator<readonly CsvRow[], void> {
  let from = 0;
  for (const [index, { text, line }] of records.entries()) {
    const isLong = isLonger(text, maxRecordBytes);
    if (index > from && (isLong || index - from === MAX_BATCH_ROWS)) {
      yield parseCells(records.slice(from, index), delimiter, newline);
      from = index;
    }
    if (!isLong) continue;
    yield [longRow(line, inOnePiece(text))];
    from = index + 1;
  }
  if (from < records.length) yield parseCells(records.slice(from), delimiter, newline);
}

function longRow(line: number, pieces: AsyncIterable<string>): CsvRow {
  return { text: '', line, cells: [], broken: true, pieces };
}

async function* inOnePiece(text: string): AsyncGenerator<string, void> {
  yield text;
}

async function* checked(
  first: readonly CsvRow[],
  more: AsyncIterable<readonly CsvRow[]>,
  columns: number,
  options: ReadOptions,
): AsyncGenerator<readonly CsvRow[], void> {
  if (first.length > 0) yield* check(first, columns, options);
  for await (const rows of more) yield* check(rows, columns, options);
}

/** The sound rows come first, so that whoever wants only those never meets the error behind them. */
function* check(rows: readonly CsvRow[], columns: number, options: ReadOptions): Generator<readonly CsvRow[], void> {
  const [only] = rows;
  if (only?.pieces !== undefined) {
    if (options.longRows === 'keep') return yield rows;
    throw tooLongRow(only, options);
  }
  const bad = options.badRows === 'keep' ? -1 : rows.findIndex((row) => row.broken || row.cells.length !== columns);
  const row = rows[bad];
  if (row === undefined) return yield rows;
  if (bad > 0) yield rows.slice(0, bad);
  throw row.broken ? brokenRow(row, options.name) : raggedRow(row, columns, options.name);
}

function longHeader({ line }: CsvRow, { name, maxRowBytes }: ReadOptions): GorodError {
  return new GorodError('BAD_INPUT', CSV_TEXTS.longHeader(name, line, maxRowBytes));
}

function tooLongRow({ line }: CsvRow, { name, badRows, maxRowBytes }: ReadOptions): GorodError {
  const say = badRows === 'keep' ? CSV_TEXTS.unbearableRow : CSV_TEXTS.longRow;
  return new GorodError('BAD_INPUT', say(name, line, maxRowBytes));
}

function brokenRow({ line }: CsvRow, name: string): GorodError {
  return new GorodError('BAD_INPUT', CSV_TEXTS.brokenRow(name, line));
}

function raggedRow({ line, cells }: CsvRow, columns: number, name: string): GorodError {
  return new GorodError('BAD_INPUT', CSV_TEXTS.raggedRow(name, line, cells.length, columns));
}
