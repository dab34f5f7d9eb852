import { setImmediate as othersTurn } from 'node:timers/promises';
import type { CsvRow } from '../../csv/cells.ts';
import { isBlock, type RowBlock, type RowPiece } from '../../csv/row-block.ts';
import { inSmallBatches } from '../row-stream.ts';
import type { AnsweredBlock, BlockAnswerer } from './answer-block.ts';
import type { Helpers } from './helpers.ts';

/** How blocks are answered: here, and of a large file in other threads too. */
export interface BlockAnswering extends BlockAnswerer {
  readonly startHelpers: (() => Helpers) | undefined;
}

/** A file of fewer blocks is done before another thread has begun. */
const BLOCKS_ALONE = 8;
/** So many blocks wait at the most for those before them. */
const MOST_AHEAD = 16;

/**
 * The rows in order: blocks whose answers are all at hand as they are to be written, all others read, to be asked about.
 * `answering`: undefined where every row is to be read.
 */
export async function* atHand(
  pieces: AsyncIterable<RowPiece>,
  answering: BlockAnswering | undefined,
): AsyncGenerator<AnsweredBlock | readonly CsvRow[], void> {
  let helpers: Helpers | undefined;
  let blocks = 0;
  const ahead: Promise<AnsweredBlock | RowPiece>[] = [];

  function answered(block: RowBlock): Promise<AnsweredBlock | RowBlock> {
    blocks += 1;
    if (blocks === BLOCKS_ALONE) helpers = answering?.startHelpers?.();
    if (answering === undefined) return Promise.resolve(block);
    if (helpers?.hasRoom() === true) return helpers.answer(block, answering.share());
    return Promise.resolve(answering.answer(block) ?? block);
  }

  try {
    for await (const piece of pieces) {
      const next = isBlock(piece) ? answered(piece) : Promise.resolve(piece);
      // Told when its turn comes.
      next.catch(() => {});
      ahead.push(next);
      // A row in pieces is gone once more is read: rows that are no block are passed on before.
      const most = helpers === undefined || !isBlock(piece) ? 0 : MOST_AHEAD;
      while (ahead.length > most) yield* inTurn(await ahead.shift());
    }
    for (const next of ahead) yield* inTurn(await next);
  } finally {
    await helpers?.close();
  }
}

async function* inTurn(
  piece: AnsweredBlock | RowPiece | undefined,
): AsyncGenerator<AnsweredBlock | readonly CsvRow[], void> {
  if (piece === undefined) return;
  if ('tally' in piece) {
    yield piece;
    // As between small batches: signals are heard, and a server's other requests are served.
    await othersTurn();
  } else {
    yield* inSmallBatches([piece]);
  }
}
