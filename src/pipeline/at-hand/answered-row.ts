import type { CollectedRow } from '../collector.ts';
import type { CountedAlike } from './counted-alike.ts';

/** All that is needed of a row to write and to count it. */
export interface AnsweredRow {
  /** The delimiter, the added cells and the line end. */
  readonly added: Uint8Array;
  readonly counted: CountedAlike;
  /** Only where something is collected of the rows. */
  readonly judged: Omit<CollectedRow, 'row'> | undefined;
}

/** What is held of added cells at the most, in bytes. */
const MOST_BYTES = 20 << 20;

/** Rows that nothing is collected of: the same object for those that are written and counted alike, as long as it is held. */
export function sharedRows(): (added: string, counted: CountedAlike) => AnsweredRow {
  const known = new Map<CountedAlike, Map<string, AnsweredRow>>();
  let held = 0;
  return (added, counted) => {
    const before = known.get(counted)?.get(added);
    if (before !== undefined) return before;
    const row = { added: Buffer.from(added), counted, judged: undefined };
    // The text itself may take two bytes a character.
    held += 3 * row.added.length;
    if (held > MOST_BYTES) {
      known.clear();
      held = 0;
    }
    const alike = known.get(counted) ?? new Map<string, AnsweredRow>();
    known.set(counted, alike.set(added, row));
    return row;
  };
}
