import type { CollectedRow } from '../collector.ts';
import { KEY_OF } from './record-keys.ts';
import type { RowKind, RowKinds } from './row-kind.ts';
import { type SharedTable, VALUE } from './shared-table.ts';

/** What a row is enriched with, and how it counts. */
export interface Enrichment {
  /** The delimiter, the added cells and the line end. */
  readonly added: Uint8Array;
  readonly kind: RowKind;
  /** Where the table has both; 0 where there was no room. */
  readonly record: number;
  /** Only where something is collected of the rows. */
  readonly judged: Omit<CollectedRow, 'row'> | undefined;
}

/** Without `judged`; the same object for rows that are written and counted alike. */
export interface Enrichments {
  of(added: string, kind: RowKind): Enrichment;
  /** The one that was kept as a record, by whichever thread. */
  read(record: number): Enrichment;
}

/** Keeps enrichments in a table. */
export function enrichments(table: SharedTable, kinds: RowKinds): Enrichments {
  const known = new Map<number, Enrichment>();

  function make(record: number): Enrichment {
    const kind = kinds.read(table.number(record, VALUE));
    return { added: table.bytes(record).subarray(keyStart(kind).length), kind, record, judged: undefined };
  }

  function read(record: number): Enrichment {
    const enrichment = known.get(record) ?? make(record);
    known.set(record, enrichment);
    return enrichment;
  }

  return {
    of(added, kind) {
      // Without the record of its kind no other thread could count it.
      const record = kind.record === 0 ? 0 : table.put(Buffer.from(keyStart(kind) + added), kind.record);
      return record === 0 ? { added: Buffer.from(added), kind, record, judged: undefined } : read(record);
    },
    read,
  };
}

/** What is written alike but not counted alike is kept apart. */
function keyStart({ record }: RowKind): string {
  return `${KEY_OF.enrichment}${record}${KEY_OF.enrichment}`;
}
