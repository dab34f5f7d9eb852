/** A block of cells that are shown as one: rows and columns from and to, as in `A1:F2`. */
interface Merge {
  readonly text: string;
  readonly firstRow: number;
  readonly lastRow: number;
}

const END_OF_DATA = /<\/(?:[\w.-]+:)?sheetData\s*>|<(?:[\w.-]+:)?sheetData\s*\/>/;
const MERGE = /<(?:[\w.-]+:)?mergeCell\s[^>]*?\bref\s*=\s*["']([A-Z]+([0-9]+):[A-Z]+([0-9]+))["'][^>]*>/g;
const LONGEST_TAG = 1000;

/**
 * Reads the XML of a sheet to its end, which shows that it is whole, and returns the first merged block that touches a
 * row. Such blocks are listed behind the rows.
 */
export async function mergeTouching(row: number, bytes: AsyncIterable<Uint8Array>): Promise<string | undefined> {
  let text = '';
  let isBehind = false;
  let found: Merge | undefined;
  for await (const piece of bytes) {
    text += Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).toString('latin1');
    isBehind ||= text.includes('sheetData') && END_OF_DATA.test(text);
    if (isBehind) found ??= merges(text).find(({ firstRow, lastRow }) => firstRow <= row && row <= lastRow);
    text = text.slice(-LONGEST_TAG);
  }
  return found?.text;
}

function merges(text: string): readonly Merge[] {
  return [...text.matchAll(MERGE)].map(([, ref = '', first, last]) => {
    return { text: ref, firstRow: Number(first), lastRow: Number(last) };
  });
}
