import { setImmediate as othersTurn } from 'node:timers/promises';
import type { CsvRow } from '../csv/cells.ts';
import { isBlock, type RowPiece } from '../csv/row-block.ts';
import type { Tally } from './tally.ts';

type Batches = AsyncIterable<readonly CsvRow[]>;

/** Some rows, read or not, of which a part can be taken. */
interface Rows<Part> {
  readonly length: number;
  slice(from: number, to?: number): Part;
}

/** So many rows are written at one time. A row waits for the slowest answer of its batch, so a batch is kept short. */
const BATCH_ROWS = 128;

/**
 * The same rows in batches of a size that shows progress also where every answer takes its time. Where answers come at
 * once, a signal is heard and a server's other requests are served between them.
 */
export async function* inSmallBatches(pieces: AsyncIterable<RowPiece> | Iterable<RowPiece>): Batches {
  for await (const piece of pieces) {
    const rows = isBlock(piece) ? piece.rows() : piece;
    for (let from = 0; from < rows.length; from += BATCH_ROWS) {
      yield rows.slice(from, from + BATCH_ROWS);
      await othersTurn();
    }
  }
}

/** The first `limit` rows; all where it is undefined. */
export async function* firstRows<Piece extends Rows<Piece>>(
  pieces: AsyncIterable<Piece>,
  limit: number | undefined,
): AsyncGenerator<Piece, void> {
  let left = limit ?? Number.POSITIVE_INFINITY;
  for await (const rows of pieces) {
    const taken = rows.length <= left ? rows : rows.slice(0, left);
    left -= taken.length;
    yield taken;
    if (left === 0) return;
  }
}

/** The rows after the first `done`, which an earlier attempt has written. */
export async function* skipRows<Piece extends Rows<Piece>>(
  pieces: AsyncIterable<Piece>,
  done: number,
): AsyncGenerator<Piece, void> {
  let left = done;
  for await (const rows of pieces) {
    const skipped = Math.min(left, rows.length);
    left -= skipped;
    if (skipped < rows.length) yield skipped === 0 ? rows : rows.slice(skipped);
  }
}

/** Counts the rows as they are read. */
export async function* counted<Piece extends { readonly length: number }>(
  pieces: AsyncIterable<Piece>,
  tally: Tally,
): AsyncGenerator<Piece, void> {
  for await (const rows of pieces) {
    tally.rowsIn += rows.length;
    yield rows;
  }
}
