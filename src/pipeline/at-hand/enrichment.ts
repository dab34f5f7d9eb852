import type { CollectedRow } from '../collector.ts';
import { KEY_OF } from './record-keys.ts';
import type { RowKind, RowKinds } from './row-kind.ts';
import type { SharedTable } from './shared-table.ts';

/** What a row is enriched with, and how it counts. */
export interface Enrichment {
  /** The delimiter, the added cells and the line end. */
  readonly added: Uint8Array;
  readonly kind: RowKind;
  /** Where the table has both. */
  readonly entry: number;
  /** Only where something is collected of the rows. */
  readonly judged: Omit<CollectedRow, 'row'> | undefined;
}

/** Without `judged`; the same object for rows that are written and counted alike. */
export interface Enrichments {
  /** Undefined where there is no room left. */
  of(added: string, kind: RowKind): Enrichment | undefined;
  /** The one of an entry, whichever thread made it. */
  read(entry: number): Enrichment;
}

/** The numbers of an entry: the records of its bytes and of its kind. */
const BYTES = 0;
const KIND = 1;

/** Keeps enrichments in a table. */
export function enrichments(table: SharedTable, kinds: RowKinds): Enrichments {
  /** By their entries: each row looks for one here. */
  const known: (Enrichment | undefined)[] = [];

  function make(entry: number): Enrichment {
    const kind = kinds.read(table.number(entry, KIND));
    const added = table.bytes(table.number(entry, BYTES)).subarray(keyStart(kind).length);
    const enrichment = { added, kind, entry, judged: undefined };
    // One by one: an array with large gaps is a slow one.
    while (known.length <= entry) known.push(undefined);
    known[entry] = enrichment;
    return enrichment;
  }

  const read = (entry: number) => known[entry] ?? make(entry);

  /** Finds the record of some bytes, or makes one whose value is a new entry; 0 where there is no room left. */
  function recordOf(bytes: Uint8Array): number {
    const record = table.find(bytes, 0, bytes.length);
    if (record !== 0) return record;
    const entry = table.enter();
    return entry === 0 ? 0 : table.put(bytes, entry);
  }

  return {
    of(added, kind) {
      if (kind.record === 0) return undefined;
      const record = recordOf(Buffer.from(keyStart(kind) + added));
      if (record === 0) return undefined;
      const entry = table.value(record);
      // All say the same, whoever made it: it may go from thread to thread before that one comes to this.
      table.setNumber(entry, BYTES, record);
      table.setNumber(entry, KIND, kind.record);
      return read(entry);
    },
    read,
  };
}

/** What is written alike but not counted alike is kept apart. */
function keyStart({ record }: RowKind): string {
  return `${KEY_OF.enrichment}${record}${KEY_OF.enrichment}`;
}
