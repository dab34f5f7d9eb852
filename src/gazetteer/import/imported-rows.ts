import type { PlaceFacts } from '../draft.ts';

/** A place that a file states, with the line (or, in JSON, the position) where it does. */
export interface ImportedPlace {
  readonly line: number;
  readonly facts: PlaceFacts;
}

/** A row that must not be used. */
interface RefusedRow {
  readonly line: number;
  readonly reason: string;
}

/** Everything that an importer found in one file. */
export interface ImportedRows {
  readonly places: readonly ImportedPlace[];
  readonly refused: readonly RefusedRow[];
  /** Rows that are none of the gazetteer's business, counted by reason. */
  readonly skipped: ReadonlyMap<string, number>;
  /** Rows that were used, though something in them is odd, counted by reason. */
  readonly warnings: ReadonlyMap<string, number>;
}

/** Thrown inside an importer for the row at hand; becomes a RefusedRow. */
export class RowRefused extends Error {}

/** Collects what an importer finds. */
export interface RowCollector {
  /** Runs `read` for the row at `line`; a RowRefused of it is noted. `read` gives undefined when it skipped the row. */
  row(line: number, read: () => PlaceFacts | undefined): void;
  skip(reason: string): void;
  warn(reason: string): void;
  finish(): ImportedRows;
}

/** An empty collector. */
export function createRowCollector(): RowCollector {
  const places: ImportedPlace[] = [];
  const refused: RefusedRow[] = [];
  const skipped = new Map<string, number>();
  const warnings = new Map<string, number>();
  return {
    row(line, read) {
      try {
        const facts = read();
        if (facts !== undefined) places.push({ line, facts });
      } catch (error) {
        if (!(error instanceof RowRefused)) throw error;
        refused.push({ line, reason: error.message });
      }
    },
    skip: (reason) => void count(skipped, reason),
    warn: (reason) => void count(warnings, reason),
    finish: () => ({ places, refused, skipped, warnings }),
  };
}

function count(counts: Map<string, number>, reason: string): void {
  counts.set(reason, (counts.get(reason) ?? 0) + 1);
}
