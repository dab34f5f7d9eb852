import type { CsvRow } from '../csv/cells.ts';
import type { Tally } from './tally.ts';

type Batches = AsyncIterable<readonly CsvRow[]>;

/** The first `limit` rows; all where it is undefined. */
export async function* firstRows(batches: Batches, limit: number | undefined): Batches {
  let left = limit ?? Number.POSITIVE_INFINITY;
  for await (const rows of batches) {
    const taken = rows.length <= left ? rows : rows.slice(0, left);
    left -= taken.length;
    yield taken;
    if (left === 0) return;
  }
}

/** The rows after the first `done`, which an earlier attempt has written. */
export async function* skipRows(batches: Batches, done: number): Batches {
  let left = done;
  for await (const rows of batches) {
    const skipped = Math.min(left, rows.length);
    left -= skipped;
    if (skipped < rows.length) yield skipped === 0 ? rows : rows.slice(skipped);
  }
}

/** Counts the rows as they are read. */
export async function* counted(batches: Batches, tally: Tally): Batches {
  for await (const rows of batches) {
    tally.rowsIn += rows.length;
    yield rows;
  }
}
