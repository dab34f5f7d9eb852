import { isUtf8 } from 'node:buffer';
import { type CutRows, cutRows, type RowSyntax } from './cut-rows.ts';
import { sniffDialect } from './dialect.ts';
import { type CsvSource, type ReadOptions, readCsv, readRows, SNIFF_CHARS } from './read.ts';
import { isBlock, type RowPiece, rowBlock } from './row-block.ts';

/** Decodes bytes that begin on `line`. */
export type DecodeLines = (bytes: AsyncIterable<Uint8Array>, line: number) => AsyncIterable<string>;

/**
 * Reads a CSV kept in UTF-8 as `readCsv` reads its text, but leaves plain rows as they stand in the bytes. From the first
 * row on that is not plain, `readCsv`'s own way is taken; so it is for a header that is not, and where lines end with
 * `\r` alone.
 */
export async function readCsvBytes(
  bytes: AsyncIterable<Uint8Array>,
  decode: DecodeLines,
  options: ReadOptions,
): Promise<CsvSource> {
  const stream = bytes[Symbol.asyncIterator]();
  const beginning = await sniffable(stream);
  const sniffed = sniffDialect(beginning.toString('utf8'));
  const dialect = { ...sniffed, delimiter: options.delimiter ?? sniffed.delimiter };
  const syntax = { delimiter: dialect.delimiter.charCodeAt(0), maxRecordBytes: options.maxRowBytes, width: undefined };
  const isSimple = dialect.eol !== '\r' && dialect.delimiter.length === 1 && syntax.delimiter < 0x80;
  const head = isSimple ? cutRows(beginning, syntax, { line: 1, ended: false, most: 1 }) : undefined;
  const [header] =
    head === undefined || !isUtf8(beginning.subarray(0, head.end)) ? [] : rowsIn(beginning, head, dialect);
  if (head === undefined || header === undefined) return readCsv(decode(joined(beginning, stream), 1), options);
  const columns = header.cells.length;

  async function* oddly(rest: Buffer, line: number): AsyncGenerator<RowPiece, void> {
    yield* readRows(decode(joined(rest, stream), line), { dialect, columns, line }, options);
  }

  const rest = { bytes: beginning.subarray(head.end), line: head.line };
  const pieces = plainRows(rest, stream, { ...syntax, width: columns, delimiter: dialect.delimiter }, oddly);
  return { header, dialect, pieces, batches: readRowsOf(pieces) };
}

function rowsIn(bytes: Uint8Array, { marks }: CutRows, { delimiter }: { readonly delimiter: string }) {
  return rowBlock(bytes, marks, delimiter).rows();
}

/** As many bytes as `readCsv` looks at, where there are so many. */
async function sniffable(stream: AsyncIterator<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  const decoder = new TextDecoder();
  for (let chars = 0; chars < SNIFF_CHARS; ) {
    const { value, done } = await stream.next();
    if (done === true) break;
    pieces.push(value);
    chars += decoder.decode(value, { stream: true }).length;
  }
  return joinedBytes(pieces);
}

interface Rest {
  readonly bytes: Buffer;
  readonly line: number;
}

/** Blocks of plain rows, a block a piece of the stream; the rest as `oddly` reads it. */
async function* plainRows(
  { bytes, line }: Rest,
  stream: AsyncIterator<Uint8Array>,
  { delimiter, ...syntax }: Omit<RowSyntax, 'delimiter'> & { readonly delimiter: string },
  oddly: (rest: Buffer, line: number) => AsyncGenerator<RowPiece, void>,
): AsyncGenerator<RowPiece, void> {
  const byteSyntax = { ...syntax, delimiter: delimiter.charCodeAt(0) };
  let rest = bytes;
  let at = line;
  try {
    for (let ended = false; ; ) {
      const cut = cutRows(rest, byteSyntax, { line: at, ended });
      if (!isUtf8(rest.subarray(0, cut.end))) return yield* oddly(rest, at);
      // Whoever gets the block may hand its memory on to another thread.
      const behind = Buffer.from(rest.subarray(cut.end));
      if (cut.marks.length > 0) yield rowBlock(rest, cut.marks, delimiter);
      rest = behind;
      at = cut.line;
      if (cut.isOdd) return yield* oddly(rest, at);
      if (ended) return;
      // A row that waits for its end is looked through again each time: each time it has to be twice as long.
      const more = await bytesOf(stream, cut.marks.length === 0 ? rest.length : 1);
      ended = more.length === 0;
      rest = joinedBytes([rest, ...more]);
    }
  } finally {
    await stream.return?.();
  }
}

/** The next pieces, of so many bytes together where so many are left. */
async function bytesOf(stream: AsyncIterator<Uint8Array>, atLeast: number): Promise<readonly Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  for (let length = 0; length < Math.max(atLeast, 1); ) {
    const { value, done } = await stream.next();
    if (done === true) break;
    pieces.push(value);
    length += value.length;
  }
  return pieces;
}

/** In memory that nothing else stands in. */
function joinedBytes(pieces: readonly Uint8Array[]): Buffer {
  const all = Buffer.allocUnsafeSlow(pieces.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

async function* joined(first: Buffer, stream: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  yield first;
  yield* { [Symbol.asyncIterator]: () => stream };
}

/** The pieces with their rows read. Whoever breaks off ends both. */
function readRowsOf(pieces: AsyncGenerator<RowPiece, void>): CsvSource['batches'] {
  return {
    [Symbol.asyncIterator]: () => ({
      async next() {
        const { value, done } = await pieces.next();
        return done === true
          ? { value: undefined, done }
          : { value: isBlock(value) ? value.rows() : value, done: false };
      },
      async return() {
        await pieces.return();
        return { value: undefined, done: true };
      },
    }),
  };
}
