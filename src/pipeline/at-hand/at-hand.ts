import { setImmediate as othersTurn } from 'node:timers/promises';
import type { CsvRow } from '../../csv/cells.ts';
import { isBlock, type RowPiece } from '../../csv/row-block.ts';
import { inSmallBatches } from '../row-stream.ts';
import type { AnsweredBlock, BlockAnswerer } from './answer-block.ts';

/**
 * The rows in order: blocks whose answers are all at hand as they are to be written, all others read, to be asked about.
 * `answerer`: undefined where every row is to be read.
 */
export async function* atHand(
  pieces: AsyncIterable<RowPiece>,
  answerer: BlockAnswerer | undefined,
): AsyncGenerator<AnsweredBlock | readonly CsvRow[], void> {
  for await (const piece of pieces) {
    const answered = isBlock(piece) ? answerer?.answer(piece) : undefined;
    if (answered === undefined) yield* inSmallBatches([piece]);
    else {
      yield answered;
      // As between small batches: signals are heard, and a server's other requests are served.
      await othersTurn();
    }
  }
}
