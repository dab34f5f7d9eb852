import { GorodError } from '../errors.ts';
import { type CsvRow, parseCells } from './cells.ts';
import { type Dialect, sniffDialect } from './dialect.ts';
import { recordSplitter } from './records.ts';
import { decodeUtf8 } from './utf8.ts';

export interface ReadOptions {
  /** For messages. */
  readonly name: string;
  /** Undefined: told from the text. */
  readonly delimiter: string | undefined;
  /** `stop`: a broken or ragged row ends the reading with an error; `keep`: it is handed on for what it is. */
  readonly badRows: 'stop' | 'keep';
}

export interface CsvSource {
  readonly header: CsvRow;
  readonly dialect: Dialect;
  readonly bom: boolean;
  /** The rows after the header, in order, a batch per piece of input. */
  readonly batches: AsyncIterable<readonly CsvRow[]>;
}

/** A quoted cell longer than this, or one that is never closed, is taken for a stray quotation mark. */
const MAX_RECORD_CHARS = 1 << 20;
/** A line without an end within this length belongs to no CSV of orders; reading it would fill the memory. */
const MAX_LINE_CHARS = 4 * MAX_RECORD_CHARS;
/** How much text is looked at before the dialect is decided. */
const SNIFF_CHARS = 1 << 16;

/** Reads a CSV as a stream of batches of rows. Errors name the file and the line. */
export async function readCsv(bytes: AsyncIterable<Uint8Array>, options: ReadOptions): Promise<CsvSource> {
  const { bom, chunks } = await decodeUtf8(bytes, options.name);
  const pieces = chunks[Symbol.asyncIterator]();
  const beginning = await readBeginning(pieces);
  const sniffed = sniffDialect(beginning);
  const dialect = { ...sniffed, delimiter: options.delimiter ?? sniffed.delimiter };
  const rows = rowBatches(beginning, pieces, dialect, options.name);
  const first = await rows.next();
  const [header, ...rest] = first.done === true ? [] : first.value;
  if (header === undefined)
    throw new GorodError('BAD_INPUT', `${options.name}: the file is empty; a header line is needed.`);
  if (header.broken) throw brokenRow(header, options.name);
  return { header, dialect, bom, batches: checked(rest, rows, header.cells.length, options) };
}

async function readBeginning(pieces: AsyncIterator<string>): Promise<string> {
  let text = '';
  while (text.length < SNIFF_CHARS) {
    const next = await pieces.next();
    if (next.done === true) break;
    text += next.value;
  }
  return text;
}

async function* rowBatches(
  beginning: string,
  pieces: AsyncIterator<string>,
  dialect: Dialect,
  name: string,
): AsyncGenerator<CsvRow[], void> {
  const splitter = recordSplitter({
    delimiter: dialect.delimiter,
    newline: dialect.eol === '\r' ? '\r' : '\n',
    maxRecordChars: MAX_RECORD_CHARS,
  });
  for (let text: string | undefined = beginning; text !== undefined; text = await nextPiece(pieces)) {
    const records = splitter.push(text);
    const { chars, line } = splitter.pending();
    if (chars > MAX_LINE_CHARS) throw endlessLine(line, name);
    if (records.length > 0) yield parseCells(records, dialect.delimiter);
  }
  const last = splitter.end();
  if (last.length > 0) yield parseCells(last, dialect.delimiter);
}

async function nextPiece(pieces: AsyncIterator<string>): Promise<string | undefined> {
  const next = await pieces.next();
  return next.done === true ? undefined : next.value;
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
  const bad = options.badRows === 'keep' ? -1 : rows.findIndex((row) => row.broken || row.cells.length !== columns);
  const row = rows[bad];
  if (row === undefined) return yield rows;
  if (bad > 0) yield rows.slice(0, bad);
  throw row.broken ? brokenRow(row, options.name) : raggedRow(row, columns, options.name);
}

function endlessLine(line: number, name: string): GorodError {
  return new GorodError('BAD_INPUT', `${name}, line ${line}: longer than ${MAX_LINE_CHARS} characters. Is it a CSV?`);
}

function brokenRow(row: CsvRow, name: string): GorodError {
  return new GorodError(
    'BAD_INPUT',
    `${name}, line ${row.line}: a quotation mark is out of place or never closed. ` +
      'Repair the line, or pass --bad-rows keep to write it through as ERR_BAD_ROW.',
  );
}

function raggedRow(row: CsvRow, columns: number, name: string): GorodError {
  const cells = row.cells.length === 1 ? '1 cell' : `${row.cells.length} cells`;
  return new GorodError(
    'BAD_INPUT',
    `${name}, line ${row.line}: ${cells} where the header has ${columns}. ` +
      'Repair the line, or pass --bad-rows keep to write it through as ERR_BAD_ROW.',
  );
}
