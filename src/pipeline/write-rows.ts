import type { AssertExpressible } from './assert-expressible.ts';
import type { AnsweredBlock } from './at-hand/answer-block.ts';
import { bytesOf, isDone } from './enrich.ts';
import type { JobContext } from './job.ts';
import { longRowCell } from './render-rows.ts';
import type { ResumableOutput } from './resumable-output.ts';
import type { EnrichedRow } from './row-judgement.ts';
import { addTally, count } from './tally.ts';

export interface WriteContext extends Pick<JobContext, 'tally' | 'collector' | 'onWritten' | 'signal'> {
  readonly output: ResumableOutput;
  /** Makes the lines of rows. */
  readonly render: (rows: readonly EnrichedRow[]) => string;
  readonly assertText: AssertExpressible;
  /** Takes back the bytes of a block when they are written. */
  readonly takeBack: ((bytes: Uint8Array) => void) | undefined;
}

/** Writes and counts rows as they come. Throws GorodError, or the reason of `signal` when that aborts. */
export async function writeRows(
  batches: AsyncIterable<readonly EnrichedRow[] | AnsweredBlock>,
  context: WriteContext,
): Promise<void> {
  const { output, signal } = context;
  for await (const batch of batches) {
    await (isDone(batch) ? writeBlock(batch, context) : writeBatch(batch, context));
    await output.checkpoint();
    signal.throwIfAborted();
  }
  await output.written();
}

function writeBlock(
  { bytes, length, inputBytes, tally: ofBlock, collected }: AnsweredBlock,
  { output, tally, collector, onWritten, takeBack }: WriteContext,
): Promise<void> {
  return output.write(bytes, () => {
    addTally(tally, ofBlock);
    if (collected !== undefined) collector?.addSaved(collected);
    onWritten(length, inputBytes);
    takeBack?.(bytes);
  });
}

async function writeBatch(
  batch: readonly EnrichedRow[],
  { output, render, assertText, tally, collector, onWritten }: WriteContext,
): Promise<void> {
  for await (const piece of longRowCell(batch)) {
    assertText(piece, () => batch.map(({ row }) => ({ row, text: piece })));
    await output.writeBegun(piece);
  }
  const lines = render(batch);
  assertText(lines, () => batch.map((row) => ({ row: row.row, text: render([row]).trimEnd() })));
  await output.write(lines, () => {
    for (const row of batch) {
      count(tally, row);
      collector?.add(row);
    }
    onWritten(batch.length, bytesOf(batch));
  });
}
