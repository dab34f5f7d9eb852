import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { CsvRow } from '../csv/cells.ts';
import type { OutputFormat } from './output-format.ts';

/** Makes of the UTF-8 CSV in the first file the second one, as it is to be handed over; the same bytes every time. */
export type Packing = (csvFile: string, packedFile: string) => Promise<void>;

/** What a spreadsheet of a CSV has to know of it. */
export interface PackedTable {
  /** For messages: the output. */
  readonly name: string;
  readonly delimiter: string;
  /** Headers of the columns that hold numbers. */
  readonly numericColumns: ReadonlySet<string>;
}

/** How a finished CSV is packed; undefined where it is handed over as it is. */
export function packingOf({ container }: OutputFormat, table: PackedTable): Packing | undefined {
  if (container === 'plain') return undefined;
  if (container === 'gzip') return gzip;
  return async (csvFile, xlsxFile) => {
    const { writeXlsx } = await import('../xlsx/write.ts');
    await writeXlsx(csvFile, xlsxFile, table);
  };
}

/** Node writes no time into a gzip header. */
async function gzip(csvFile: string, packedFile: string): Promise<void> {
  await pipeline(createReadStream(csvFile), createGzip(), createWriteStream(packedFile, { mode: 0o666 }));
}

/**
 * Hands the rows on, of a table whose output is called `name`. Throws GorodError BAD_INPUT at the first that an output
 * of this format cannot hold, so that nobody is asked about the rows of an output that can never be.
 */
export async function* fitting(
  batches: AsyncIterable<readonly CsvRow[]>,
  { container }: OutputFormat,
  name: string,
): AsyncGenerator<readonly CsvRow[], void> {
  if (container !== 'xlsx') return yield* batches;
  const { assertFits } = await import('../xlsx/limits.ts');
  let number = 1;
  for await (const rows of batches) {
    for (const row of rows) {
      number += 1;
      assertFits(row, number, name);
    }
    yield rows;
  }
}
