import { plainCell } from '../../csv/plain-cells.ts';

const QUOTE = 0x22;
const ZERO = 0x30;
const MOST_DIGITS = 12;

/** Some bytes, from `start` to `end`. */
export interface Span {
  bytes: Buffer;
  start: number;
  end: number;
}

/** Finds cells in the bytes of a plain record. */
export interface CellFinder {
  /** Finds the wanted cells of the record that begins at `start` and ends at `end`. */
  find(bytes: Buffer, start: number, end: number): void;
  /** A cell that was found, as it is written. */
  written(bytes: Buffer, column: number): string;
  /** The number that a cell is of which nothing but a few digits is written; 0 for an empty one, else undefined. */
  digits(bytes: Buffer, column: number): number | undefined;
  /** The cells that were found, read; the others are empty. */
  cells(bytes: Buffer): string[];
  /**
   * Finds what is found in some of the wanted columns side by side: it is equal when their cells are written the same,
   * and only then. What is returned holds until the next record is found.
   */
  keyOf(columns: readonly number[]): (bytes: Buffer) => Span;
}

/** Finds the cells of some columns, counted from 0, that `delimiter`, an ASCII character, separates. */
export function cellFinder(wanted: readonly number[], delimiter: string): CellFinder {
  const last = Math.max(-1, ...wanted);
  const starts = new Int32Array(last + 1);
  const ends = new Int32Array(last + 1);
  const mark = delimiter.charCodeAt(0);

  return {
    find(bytes, start, end) {
      let at = start;
      for (let column = 0; column <= last; column += 1) {
        starts[column] = at;
        if (bytes[at] === QUOTE) at = afterClosingQuote(bytes, at);
        else while (at < end && bytes[at] !== mark) at += 1;
        ends[column] = at;
        at += 1;
      }
    },
    written: (bytes, column) => bytes.toString('latin1', starts[column], ends[column]),
    digits(bytes, column) {
      const start = starts[column] ?? 0;
      const end = ends[column] ?? 0;
      if (end - start > MOST_DIGITS) return undefined;
      let number = 0;
      for (let at = start; at < end; at += 1) {
        const digit = (bytes[at] ?? 0) - ZERO;
        if (digit < 0 || digit > 9) return undefined;
        number = number * 10 + digit;
      }
      return number;
    },
    cells(bytes) {
      const cells = Array<string>(last + 1).fill('');
      for (const column of wanted) {
        cells[column] = plainCell(bytes.toString('utf8', starts[column], ends[column]));
      }
      return cells;
    },
    keyOf(columns) {
      const [first = [0, -1], ...more] = inRuns(columns);
      const found: Span = { bytes: Buffer.alloc(0), start: 0, end: 0 };
      let joined = Buffer.alloc(0);
      return (bytes) => {
        found.bytes = bytes;
        found.start = starts[first[0]] ?? 0;
        found.end = ends[first[1]] ?? 0;
        if (more.length === 0) return found;
        const most = (ends[last] ?? 0) - found.start + more.length;
        if (joined.length < most) joined = Buffer.alloc(most * 2);
        let at = bytes.copy(joined, 0, found.start, found.end);
        for (const [from, to] of more) {
          // The delimiter between two cells keeps them apart.
          joined[at] = mark;
          at += 1 + bytes.copy(joined, at + 1, starts[from], ends[to]);
        }
        found.bytes = joined;
        found.start = 0;
        found.end = at;
        return found;
      };
    },
  };
}

/** Of a plain record every quotation mark is closed. */
function afterClosingQuote(bytes: Buffer, opening: number): number {
  let at = opening + 1;
  while (bytes[at] !== QUOTE || bytes[at + 1] === QUOTE) at += bytes[at] === QUOTE ? 2 : 1;
  return at + 1;
}

/** First and last of each run of columns that stand side by side. */
function inRuns(columns: readonly number[]): (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (const column of [...new Set(columns)].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run?.[1] === column - 1) run[1] = column;
    else runs.push([column, column]);
  }
  return runs;
}
