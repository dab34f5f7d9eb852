import type { CsvRow } from './cells.ts';
import { plainCells } from './plain-cells.ts';

/**
 * Sound rows of a CSV text as they stand in its UTF-8 bytes, each with as many cells as the header. Their cells are read
 * only when they are asked for: most rows of a file whose answers are known need no more than a few of them.
 */
export interface RowBlock {
  readonly bytes: Uint8Array;
  /** `MARKS` numbers a row: where its record begins and ends in `bytes`, without its line end, and its line, from 1. */
  readonly marks: Int32Array;
  /** How many rows. */
  readonly length: number;
  /** Some of the rows, over the same bytes. */
  slice(from: number, to?: number): RowBlock;
  /** The rows as csv-parse reads them. */
  rows(): readonly CsvRow[];
}

export const MARKS = 3;

/** A batch of rows as a reader hands them out: read already, or as they stand. */
export type RowPiece = RowBlock | readonly CsvRow[];

export function isBlock(piece: RowPiece): piece is RowBlock {
  return 'marks' in piece;
}

/** Rows of a text whose cells `delimiter` separates and whose lines end with `\n` or `\r\n`. */
export function rowBlock(bytes: Uint8Array, marks: Int32Array, delimiter: string): RowBlock {
  return {
    bytes,
    marks,
    length: marks.length / MARKS,
    slice: (from, to) =>
      rowBlock(bytes, marks.subarray(from * MARKS, to === undefined ? undefined : to * MARKS), delimiter),
    rows: () => readRows(bytes, marks, delimiter),
  };
}

function readRows(bytes: Uint8Array, marks: Int32Array, delimiter: string): CsvRow[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: marks.length / MARKS }, (_, row) => {
    const [start, end, line = 0] = marks.subarray(row * MARKS, row * MARKS + MARKS);
    const text = buffer.toString('utf8', start, end);
    return { text, line, cells: plainCells(text, delimiter), broken: false };
  });
}
