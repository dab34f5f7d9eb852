import type { ColumnMap } from '../../columns/roles.ts';
import { amountReader } from './amounts.ts';
import { cellFinder } from './cell-spans.ts';
import { KEY_OF } from './record-keys.ts';

/** A row by what is written in the cells of its question. */
export interface WrittenQuestion {
  /** In which from `start` to `end` all cells stand but that of the amount. */
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  /** In roubles; undefined where it is not plain. */
  readonly amount: number | undefined;
  /** The amount as it is written, where it is not a plain number. */
  readonly written: string;
}

/**
 * All that is asked, the amount too, a character a byte. No cell holds a line break outside quotation marks, and no amount
 * begins with a question mark: `1e-7` is no amount, but 0.0000001 would be written so.
 */
export function exactly({ bytes, start, end, amount, written }: WrittenQuestion): string {
  return `${KEY_OF.exactQuestion}${bytes.toString('latin1', start, end)}\n${amount ?? `?${written}`}`;
}

/** With bytes of its own: those of its block are used again. */
export function kept(question: WrittenQuestion): WrittenQuestion {
  const bytes = Buffer.from(question.bytes.subarray(question.start, question.end));
  return { ...question, bytes, start: 0, end: bytes.length };
}

const BY_RULE = { amount: undefined, written: '' };
const NOTHING = { amount: 0, written: '' };

/** Finds the cells that make a record's question. */
export function questionFinder({ postcode, address, cod, country, codRule }: ColumnMap, delimiter: string) {
  const isColumn = (column: number | undefined) => column !== undefined;
  // With a rule the amount is only a part of what is collected.
  const amountOf = codRule === undefined && cod !== undefined ? cod : undefined;
  const kept = [postcode, ...address, country, codRule && cod, codRule?.payment, codRule?.currency].filter(isColumn);
  const finder = cellFinder([...kept, ...(amountOf === undefined ? [] : [amountOf])], delimiter);
  const keyOf = finder.keyOf(kept);
  const read = amountReader();

  /** How much is to be collected, and how it is written where that is no plain number. */
  function amountIn(bytes: Buffer): Pick<WrittenQuestion, 'amount' | 'written'> {
    if (codRule !== undefined) return BY_RULE;
    if (amountOf === undefined) return NOTHING;
    const digits = finder.digits(bytes, amountOf);
    if (digits !== undefined) return { amount: digits, written: '' };
    const written = finder.written(bytes, amountOf);
    return { amount: read(written), written };
  }

  return {
    /** What it returns holds until it is called again. */
    find(bytes: Buffer, start: number, end: number): WrittenQuestion {
      finder.find(bytes, start, end);
      const key = keyOf(bytes);
      const { amount, written } = amountIn(bytes);
      // Once a row: to spread `key` here took half as long as all the rest.
      return { bytes: key.bytes, start: key.start, end: key.end, amount, written };
    },
    /** The cells of the record that was found last, read. */
    cells: finder.cells,
  };
}
