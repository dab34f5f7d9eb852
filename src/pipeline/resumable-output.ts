import { type ErrorCode, GorodError } from '../errors.ts';
import type { Journal } from '../journal/journal.ts';
import type { Collector } from './collector.ts';
import type { Output } from './output-file.ts';
import { countsToJson, restoreCounts, type Tally } from './tally.ts';

/** How much work, in milliseconds, a crash of the machine may cost. */
const CHECKPOINT_EVERY_MS = 1000;

/** Ends after which the same command cannot simply go on: the input or the command has to change first. */
const FINAL: ReadonlySet<ErrorCode> = new Set([
  'BAD_INPUT',
  'INPUT_CHANGED',
  'BAD_COLUMNS',
  'BAD_OPTION',
  'BAD_KEY',
  'ROW_COUNT',
]);

/** An output that a later run can go on with. */
export interface ResumableOutput {
  /** As of the output; what is counted of the rows of a piece is to be counted in `whenWritten`. */
  write(piece: string | Uint8Array, whenWritten?: () => void): Promise<void>;
  /** The same for the beginning of a row: no checkpoint holds it until something that ends it is written. */
  writeBegun(piece: string): Promise<void>;
  /** Resolves when every piece is written and counted. */
  written(): Promise<void>;
  /** Says that all counted rows are written. Now and then it is made durable, with the counts. */
  checkpoint(): Promise<void>;
  commit(): Promise<void>;
  /** Ends after an error: keeps what is written where the next attempt can use it, else leaves nothing behind. */
  stop(error: unknown): Promise<void>;
}

/** What is counted and collected of the rows, and what makes it durable. */
export interface Counts {
  readonly tally: Tally;
  readonly collector?: Collector | undefined;
  /** Undefined where there is nothing to go on with later. */
  readonly journal: Journal | undefined;
}

/** Keeps the journal of an output in step with it. Takes over the counts of an earlier attempt. */
export function resumable(output: Output, { tally, collector, journal }: Counts): ResumableOutput {
  if (journal?.resumeFrom !== undefined) restoreCounts(journal.resumeFrom.counts, tally, collector);
  let saved = performance.now();
  /** Up to the end of the last whole row. */
  let wholeBytes = output.bytes;

  async function save(finalBytes?: number): Promise<void> {
    if (journal === undefined) return;
    await output.sync();
    const counts = countsToJson({ ...tally, rowsIn: tally.rowsOut }, collector);
    journal.save({ rows: tally.rowsOut, outputBytes: wholeBytes, counts }, finalBytes);
    saved = performance.now();
  }

  return {
    write: (piece, whenWritten) =>
      output.write(piece, () => {
        wholeBytes = output.bytes;
        whenWritten?.();
      }),
    writeBegun: (piece) => output.write(piece),
    written: () => output.written(),
    checkpoint: async () => {
      if (performance.now() - saved >= CHECKPOINT_EVERY_MS) await save();
    },
    commit: async () => {
      // To pack the result may take long: what is written must not be asked for again after a kill.
      await save();
      await save(await output.prepare());
      await output.commit();
    },
    stop: async (error) => {
      const final = error instanceof GorodError && FINAL.has(error.code);
      if (journal === undefined || final) {
        await output.discard();
        journal?.remove();
        return;
      }
      // The last checkpoint still holds where this one fails, e.g. on a full disk.
      await save().catch(() => {});
      await output.close();
      journal.close();
    },
  };
}
