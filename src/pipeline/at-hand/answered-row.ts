import type { CollectedRow } from '../collector.ts';
import type { CountedAlike, KindsOfRows } from './counted-alike.ts';
import { KEY_OF } from './record-keys.ts';
import { type SharedTable, VALUE } from './shared-table.ts';

/** All that is needed of a row to write and to count it. */
export interface AnsweredRow {
  /** The delimiter, the added cells and the line end. */
  readonly added: Uint8Array;
  readonly counted: CountedAlike;
  /** Where the table has both; 0 where there was no room. */
  readonly record: number;
  /** Only where something is collected of the rows. */
  readonly judged: Omit<CollectedRow, 'row'> | undefined;
}

export interface AnsweredRows {
  /** A row; the same object for those that are written and counted alike. Nothing is collected of it. */
  of(added: string, counted: CountedAlike): AnsweredRow;
  /** The row that was kept as a record, by whichever thread. */
  read(record: number): AnsweredRow;
}

/** Rows that are kept in a table. */
export function answeredRows(table: SharedTable, kinds: KindsOfRows): AnsweredRows {
  const kept = new Map<number, AnsweredRow>();

  function read(record: number): AnsweredRow {
    const counted = kinds.read(table.number(record, VALUE));
    return { added: table.bytes(record).subarray(keyStart(counted).length), counted, record, judged: undefined };
  }

  function readOnce(record: number): AnsweredRow {
    const row = kept.get(record) ?? read(record);
    kept.set(record, row);
    return row;
  }

  return {
    of(added, counted) {
      // Without the record of its kind no other thread could count it.
      const record = counted.record === 0 ? 0 : table.put(Buffer.from(keyStart(counted) + added), counted.record);
      return record === 0 ? { added: Buffer.from(added), counted, record, judged: undefined } : readOnce(record);
    },
    read: readOnce,
  };
}

/** Rows that are written alike but not counted alike are kept apart. */
function keyStart({ record }: CountedAlike): string {
  return `${KEY_OF.row}${record}${KEY_OF.row}`;
}
