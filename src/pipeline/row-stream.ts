import { setImmediate as othersTurn } from 'node:timers/promises';
import type { CsvRow } from '../csv/cells.ts';
import type { Tally } from './tally.ts';

type Batches = AsyncIterable<readonly CsvRow[]>;

/** So many rows are written at one time. A row waits for the slowest answer of its batch, so a batch is kept short. */
const BATCH_ROWS = 128;

/**
 * The same rows in batches of a size that shows progress also where every answer takes its time. Where answers come at
 * once, a signal is heard and a server's other requests are served between them.
 */
export async function* inSmallBatches(batches: Batches): Batches {
  for await (const rows of batches) {
    for (let from = 0; from < rows.length; from += BATCH_ROWS) {
      yield rows.slice(from, from + BATCH_ROWS);
      await othersTurn();
    }
  }
}

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
