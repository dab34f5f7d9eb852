import { isFallback } from '../../address/outcome.ts';
import type { JudgedOutcome } from '../output-columns.ts';
import { count, emptyTally, type Tally } from '../tally.ts';

/** Rows that `count` cannot tell apart. */
export interface CountedAlike extends JudgedOutcome {
  readonly isUnpaid: boolean;
  /** How many of the rows that are being counted; 0 between two countings. */
  rows: number;
}

/** Finds the rows that are counted alike with a row. */
export function countedAlike() {
  const known = new Map<string, CountedAlike>();
  return ({ outcome, judgement, isUnpaid }: Omit<CountedAlike, 'rows'>): CountedAlike => {
    const { status, verdict, codFlag, orderError } = judgement;
    const answer =
      outcome.kind === 'answered' ? [outcome.source, outcome.remark?.kind, isFallback(outcome)] : [outcome.kind];
    const key = [status, verdict, codFlag, orderError, isUnpaid, ...answer].join('|');
    const alike = known.get(key) ?? { outcome, judgement, isUnpaid, rows: 0 };
    known.set(key, alike);
    return alike;
  };
}

/** The counts of some rows. */
export function countRows(rows: readonly { readonly counted: CountedAlike }[]): Tally {
  const tally = emptyTally();
  const kinds = new Set<CountedAlike>();
  for (const { counted } of rows) {
    if (counted.rows === 0) kinds.add(counted);
    counted.rows += 1;
  }
  for (const kind of kinds) {
    count(tally, kind, kind.rows);
    kind.rows = 0;
  }
  return tally;
}
