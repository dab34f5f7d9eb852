import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { isBlock, type RowPiece } from '../csv/row-block.ts';
import type { Encoding } from '../encoding/encodings.ts';
import type { OutputFormat } from './output-format.ts';

/** Makes of the UTF-8 CSV in the first file the second one, as it is to be handed over; the same bytes every time. */
export type Packing = (csvFile: string, packedFile: string) => Promise<void>;

/** What packing has to know of a CSV. */
export interface PackedTable {
  /** For messages: the output. */
  readonly name: string;
  readonly delimiter: string;
  /** Of the result; a spreadsheet has none. */
  readonly encoding: Encoding;
  /** Headers of the columns that hold numbers. */
  readonly numericColumns: ReadonlySet<string>;
}

/** How a finished CSV is packed; undefined where it is handed over as it is. */
export function packingOf({ container }: OutputFormat, table: PackedTable): Packing | undefined {
  const { encoding } = table;
  switch (container) {
    case 'plain':
      return encoding === 'utf-8' ? undefined : (csv, packed) => writeText(csv, packed, encoding);
    case 'gzip':
      return (csv, packed) => writeGzip(csv, packed, encoding);
    case 'xlsx':
      return async (csv, packed) => {
        const { writeXlsx } = await import('../xlsx/write.ts');
        await writeXlsx(csv, packed, table);
      };
  }
}

async function writeText(csv: string, packed: string, encoding: Encoding): Promise<void> {
  await pipeline(await bytesOf(csv, encoding), createWriteStream(packed));
}

/** Node writes no time into the header of a gzip file, so that it comes out the same again. */
async function writeGzip(csv: string, packed: string, encoding: Encoding): Promise<void> {
  await pipeline(await bytesOf(csv, encoding), createGzip(), createWriteStream(packed));
}

async function bytesOf(csv: string, encoding: Encoding): Promise<AsyncIterable<Uint8Array>> {
  if (encoding === 'utf-8') return createReadStream(csv);
  const { encodePieces } = await import('../encoding/encode.ts');
  return encodePieces(createReadStream(csv, 'utf8') as AsyncIterable<string>, encoding);
}

/**
 * Hands the rows on, of a table whose output is called `name`. Throws GorodError BAD_INPUT at the first that an output
 * of this format cannot hold, so that nobody is asked about the rows of an output that can never be.
 */
export async function* fitting(
  pieces: AsyncIterable<RowPiece>,
  { container }: OutputFormat,
  name: string,
): AsyncGenerator<RowPiece, void> {
  if (container !== 'xlsx') return yield* pieces;
  const { assertFits } = await import('../xlsx/limits.ts');
  let number = 1;
  for await (const piece of pieces) {
    const rows = isBlock(piece) ? piece.rows() : piece;
    for (const row of rows) {
      number += 1;
      assertFits(row, number, name);
    }
    yield rows;
  }
}
