import type { EnrichedRow } from './row-judgement.ts';

/** A row as it is collected: what it says, and the line, from 1, on which it begins. */
export type CollectedRow = EnrichedRow<{ readonly line: number }>;

/** Keeps what is told of the written rows beside the counts. Its state is bounded, however many rows there are. */
export interface Collector {
  /** Takes one written row. */
  add(row: CollectedRow): void;
  /** The state as JSON values, for the journal. */
  save(): unknown;
  /** Takes, behind its own, the rows of another collector that were saved: of an earlier attempt, or of a part. */
  addSaved(saved: unknown): void;
  /** A collector of the same kind without any rows, for a part. */
  forPart(): Collector;
}
