import type { EnrichedRow } from './enrich.ts';

/** Keeps what is told of the written rows beside the counts. Its state is bounded, however many rows there are. */
export interface Collector {
  /** Takes one written row. */
  add(row: EnrichedRow): void;
  /** The state as JSON values, for the journal. */
  save(): unknown;
  /** Takes over the state that an earlier attempt saved. */
  restore(saved: unknown): void;
}
