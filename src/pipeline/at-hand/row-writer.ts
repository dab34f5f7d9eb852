import { MARKS, type RowBlock } from '../../csv/row-block.ts';

export interface RowWriter {
  /** Copies the records of a block, each with what is added to it; `inputBytes`: what they took, line ends included. */
  write(
    source: Buffer,
    block: Pick<RowBlock, 'marks'>,
    rows: readonly { readonly added: Uint8Array }[],
  ): { readonly bytes: Uint8Array; readonly inputBytes: number };
  /** Takes back bytes that a writer gave, once they are nobody's any more. */
  takeBack(bytes: Uint8Array): void;
  /** Gives away bytes that were taken back, for another writer to take; undefined where there are none. */
  giveAway(): Uint8Array | undefined;
}

/** A block has about as many bytes as the one before. */
const SPARE_SHARE = 1.25;
const MOST_SPARE = 4;

/** Writes rows into bytes that are used again: to leave them to the garbage collector costs more than to fill them. */
export function rowWriter(): RowWriter {
  const spare: ArrayBuffer[] = [];

  function take(size: number): Buffer {
    const buffer = spare.pop();
    const fitting = buffer !== undefined && buffer.byteLength >= size ? buffer : new ArrayBuffer(size * SPARE_SHARE);
    return Buffer.from(fitting, 0, size);
  }

  return {
    write(source, { marks }, rows) {
      let inputBytes = rows.length;
      let size = 0;
      let mark = 0;
      for (const { added } of rows) {
        inputBytes += (marks[mark + 1] ?? 0) - (marks[mark] ?? 0);
        size += added.length;
        mark += MARKS;
      }
      const bytes = take(inputBytes - rows.length + size);
      let at = 0;
      mark = 0;
      for (const { added } of rows) {
        at += source.copy(bytes, at, marks[mark], marks[mark + 1]);
        bytes.set(added, at);
        at += added.length;
        mark += MARKS;
      }
      return { bytes, inputBytes };
    },
    takeBack({ buffer }) {
      if (spare.length < MOST_SPARE && buffer instanceof ArrayBuffer) spare.push(buffer);
    },
    giveAway() {
      const buffer = spare.pop();
      return buffer && new Uint8Array(buffer);
    },
  };
}
