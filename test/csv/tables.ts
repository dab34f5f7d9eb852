import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';

/** A table written as CSV, with what a reader must find in it. */
export interface WrittenTable {
  readonly text: string;
  readonly delimiter: string;
  readonly eol: '\n' | '\r\n' | '\r';
  readonly records: readonly { readonly text: string; readonly line: number; readonly cells: readonly string[] }[];
}

const cell = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'ab1,;|\t"\'\n\r =+-@') }),
  fc.string({ unit: 'grapheme', maxLength: 8 }).filter((text) => !text.includes('\ufeff')),
  fc.constantFrom('', ' ', '"', '""', '\n', '\r\n', 'г. Тула,\nпр. Ленина', '北京', '👍'),
);

/** Any table of at least two columns as csv-stringify writes it, with blank lines strewn between its records. */
export const writtenTable: fc.Arbitrary<WrittenTable> = fc
  .record({
    rows: fc
      .integer({ min: 2, max: 5 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }),
      ),
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    eol: fc.constantFrom('\n' as const, '\r\n' as const, '\r' as const),
    quoted: fc.boolean(),
    blankBefore: fc.array(fc.nat({ max: 1 }), { minLength: 12, maxLength: 12 }),
    closed: fc.boolean(),
  })
  .map(({ rows, delimiter, eol, quoted, blankBefore, closed }) => {
    const newline = eol === '\r' ? '\r' : '\n';
    let text = '';
    const records = rows.map((cells, index) => {
      text += eol.repeat(blankBefore[index] ?? 0);
      const record = stringify([cells], { delimiter, quoted, quoted_match: /[\r\n]/, eof: false });
      const line = text.split(newline).length;
      text += record + eol;
      return { text: record, line, cells };
    });
    return { text: closed ? text : text.slice(0, -eol.length), delimiter, eol, records };
  });

/** Cuts anything that can be sliced at the given places, taken as shares of its length. */
export function cutAt<T extends { readonly length: number; slice(from: number, to: number): T }>(
  whole: T,
  shares: readonly number[],
): T[] {
  const places = [...shares.map((share) => Math.floor(share * whole.length)), whole.length].sort((a, b) => a - b);
  return places.map((place, index) => whole.slice(places[index - 1] ?? 0, place));
}

/** Places to cut at, from none to many. */
export const cuts: fc.Arbitrary<number[]> = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 });

/** A stream of the pieces. */
export async function* streamOf<T>(pieces: Iterable<T>): AsyncGenerator<T, void> {
  yield* pieces;
}
