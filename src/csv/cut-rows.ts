import { MARKS } from './row-block.ts';

export interface RowSyntax {
  /** The byte of the delimiter, which is an ASCII character. */
  readonly delimiter: number;
  /** Cells that a record must have; undefined for any number. */
  readonly width: number | undefined;
  /** A longer record is not plain. */
  readonly maxRecordBytes: number;
}

export interface CutOptions {
  /** The line, from 1, on which the bytes begin. */
  readonly line: number;
  /** Nothing follows the bytes. */
  readonly ended: boolean;
  /** So many records are enough. */
  readonly most?: number;
}

/** The plain records at the beginning of some bytes. */
export interface CutRows {
  /** As in `RowBlock`. */
  readonly marks: Int32Array;
  /** Where the first record begins that was not cut, and its line. */
  readonly end: number;
  readonly line: number;
  /** Whether the record that stands there is not plain; else it is not whole, or was not wanted. */
  readonly isOdd: boolean;
}

const QUOTE = 0x22;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

/**
 * Cuts bytes into records for as long as they are plain: cells either without a quotation mark or wholly within a pair of
 * them, where a doubled one stands for one; lines that end with `\n` or `\r\n`; the right number of cells. Blank lines
 * are skipped. What else there is, `recordSplitter` has to make out.
 */
export function cutRows(bytes: Uint8Array, syntax: RowSyntax, { line, ended, most }: CutOptions): CutRows {
  const { delimiter, width, maxRecordBytes } = syntax;
  const size = bytes.length;
  const marks: number[] = [];
  let lines = line;
  let start = 0;
  let isOdd = false;

  // Every byte of a file comes by here: with functions for the two kinds of cells it took twice as long.
  while (start < size && marks.length !== (most ?? -1) * MARKS) {
    let cells = 0;
    /** Line breaks within cells. */
    let inside = 0;
    let at = start - 1;
    do {
      at += 1;
      cells += 1;
      if (bytes[at] === QUOTE) {
        for (at += 1; at < size; at += 1) {
          const byte = bytes[at];
          if (byte === NEWLINE) inside += 1;
          else if (byte === QUOTE) {
            if (bytes[at + 1] !== QUOTE) break;
            at += 1;
          }
        }
        // Behind the mark that closes the cell, though that may be the first of two where it comes last.
        at += 1;
      } else {
        for (; at < size; at += 1) {
          const byte = bytes[at];
          if (byte === delimiter || byte === NEWLINE || byte === RETURN || byte === QUOTE) break;
        }
      }
    } while (at < size && bytes[at] === delimiter);
    const isWhole = at < size ? bytes[at] !== RETURN || at + 1 < size : ended && at === size;
    const isLong = at - start > maxRecordBytes;
    if (!isWhole && !ended && !isLong) break;
    const lineEnd = bytes[at] === RETURN && bytes[at + 1] === NEWLINE ? at + 1 : at;
    const isPlain = isWhole && !isLong && (at === size || bytes[lineEnd] === NEWLINE);
    const isBlank = at === start;
    if (!isPlain || (!isBlank && width !== undefined && cells !== width)) {
      isOdd = true;
      break;
    }
    if (!isBlank) marks.push(start, at, lines);
    lines += inside + 1;
    start = lineEnd + 1;
  }
  return { marks: Int32Array.from(marks), end: Math.min(start, size), line: lines, isOdd };
}
