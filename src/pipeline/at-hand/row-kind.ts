import { isFallback } from '../../address/outcome.ts';
import type { JudgedOutcome } from '../output-columns.ts';
import { addTally, count, countsToJson, emptyTally, restoreCounts, type Tally } from '../tally.ts';
import { KEY_OF } from './record-keys.ts';
import type { SharedTable } from './shared-table.ts';

/** Rows that cannot be told apart by their counts. */
export interface RowKind {
  /** What one of them adds to the counts. */
  readonly each: Tally;
  /** Where the table has that; 0 where there was no room left. */
  readonly record: number;
  /** How many of the rows that are being counted; 0 between two countings. */
  rows: number;
}

export interface RowKinds {
  of(row: JudgedOutcome & { readonly isUnpaid: boolean }): RowKind;
  /** The kind that was kept as a record, by whichever thread. */
  read(record: number): RowKind;
}

/** Keeps kinds of rows in a table. */
export function rowKinds(table: SharedTable): RowKinds {
  const byKey = new Map<string, RowKind>();
  const byRecord = new Map<number, RowKind>();

  function make(row: JudgedOutcome): RowKind {
    const each = emptyTally();
    count(each, row);
    return { each, record: table.put(Buffer.from(KEY_OF.rowKind + countsToJson(each, undefined)), 0), rows: 0 };
  }

  function read(record: number): RowKind {
    const each = emptyTally();
    const key = Buffer.from(table.bytes(record)).toString();
    restoreCounts(key.slice(KEY_OF.rowKind.length), each, undefined);
    return { each, record, rows: 0 };
  }

  return {
    of(row) {
      const key = countKey(row);
      const kind = byKey.get(key) ?? make(row);
      byKey.set(key, kind);
      byRecord.set(kind.record, kind);
      return kind;
    },
    read(record) {
      const kind = byRecord.get(record) ?? read(record);
      byRecord.set(record, kind);
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

/** The counts of rows of these kinds. */
export function countRows(rows: readonly { readonly kind: RowKind }[]): Tally {
  const tally = emptyTally();
  const kinds = new Set<RowKind>();
  for (const { kind } of rows) {
    if (kind.rows === 0) kinds.add(kind);
    kind.rows += 1;
  }
  for (const kind of kinds) {
    addTally(tally, kind.each, kind.rows);
    kind.rows = 0;
  }
  return tally;
}
