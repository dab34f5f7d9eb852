import { isFallback } from '../../address/outcome.ts';
import type { JudgedOutcome } from '../output-columns.ts';
import { addTally, count, countsToJson, emptyTally, restoreCounts, type Tally } from '../tally.ts';
import { KEY_OF } from './record-keys.ts';
import type { SharedTable } from './shared-table.ts';

/** Rows that cannot be told apart by their counts. */
export interface CountedAlike {
  /** What one of them adds to the counts. */
  readonly each: Tally;
  /** Where the table has that; 0 where there was no room. */
  readonly record: number;
  /** How many of the rows that are being counted; 0 between two countings. */
  rows: number;
}

export interface KindsOfRows {
  /** The kind of a row. */
  of(row: JudgedOutcome & { readonly isUnpaid: boolean }): CountedAlike;
  /** The kind that was kept as a record, by whichever thread. */
  read(record: number): CountedAlike;
}

export function countedAlike(table: SharedTable): KindsOfRows {
  const known = new Map<string, CountedAlike>();
  const kept = new Map<number, CountedAlike>();

  function make(row: JudgedOutcome): CountedAlike {
    const each = emptyTally();
    count(each, row);
    return { each, record: table.put(Buffer.from(KEY_OF.counts + countsToJson(each, undefined)), 0), rows: 0 };
  }

  function read(record: number): CountedAlike {
    const each = emptyTally();
    const key = Buffer.from(table.bytes(record)).toString();
    restoreCounts(key.slice(KEY_OF.counts.length), each, undefined);
    return { each, record, rows: 0 };
  }

  return {
    of(row) {
      const key = countKey(row);
      const kind = known.get(key) ?? make(row);
      known.set(key, kind);
      kept.set(kind.record, kind);
      return kind;
    },
    read(record) {
      const kind = kept.get(record) ?? read(record);
      kept.set(record, kind);
      return kind;
    },
  };
}

function countKey({ outcome, judgement, isUnpaid }: JudgedOutcome & { readonly isUnpaid: boolean }): string {
  const { status, verdict, codFlag, orderError } = judgement;
  const answer =
    outcome.kind === 'answered' ? [outcome.source, outcome.remark?.kind, isFallback(outcome)] : [outcome.kind];
  return [status, verdict, codFlag, orderError, isUnpaid, ...answer].join('|');
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
    addTally(tally, kind.each, kind.rows);
    kind.rows = 0;
  }
  return tally;
}
