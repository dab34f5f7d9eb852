import type { JudgedOutcome } from './output-columns.ts';

/** Counts of a job, kept while it runs. */
export interface Tally {
  rowsIn: number;
  rowsOut: number;
  readonly statuses: Map<string, number>;
  readonly verdicts: Map<string, number>;
  readonly sources: Map<string, number>;
  cacheHits: number;
  deferred: number;
  fallbacks: number;
  /** Amounts over the limit, for the one line a shop wants to see. */
  codExceeded: number;
}

export function emptyTally(): Tally {
  return {
    rowsIn: 0,
    rowsOut: 0,
    statuses: new Map(),
    verdicts: new Map(),
    sources: new Map(),
    cacheHits: 0,
    deferred: 0,
    fallbacks: 0,
    codExceeded: 0,
  };
}

/** Counts one written row. */
export function count(tally: Tally, { outcome, judgement }: JudgedOutcome): void {
  tally.rowsOut += 1;
  increment(tally.statuses, judgement.status);
  increment(tally.verdicts, judgement.verdict);
  if (judgement.codFlag === 'COD_LIMIT_EXCEEDED') tally.codExceeded += 1;
  if (outcome.kind === 'deferred') tally.deferred += 1;
  if (outcome.kind !== 'answered') return;
  increment(tally.sources, outcome.source);
  if (outcome.source === 'cache') tally.cacheHits += 1;
  if (outcome.fallback === true) tally.fallbacks += 1;
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
