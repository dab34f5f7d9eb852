import type { CsvRow } from '../../src/csv/cells.ts';
import { type ReadXlsxOptions, readXlsx } from '../../src/xlsx/read.ts';

/** Reads a spreadsheet to its end. */
export async function readAll(
  file: string,
  options: Partial<ReadXlsxOptions> = {},
): Promise<{ readonly header: readonly string[]; readonly rows: readonly CsvRow[] }> {
  const source = await readXlsx(file, {
    name: 'orders.xlsx',
    delimiter: undefined,
    badRows: 'stop',
    longRows: 'stop',
    maxRowBytes: 1 << 20,
    signal: new AbortController().signal,
    ...options,
  });
  try {
    const rows: CsvRow[] = [];
    for await (const batch of source.batches) rows.push(...batch);
    return { header: source.header.cells, rows };
  } finally {
    await source.close();
  }
}
