import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CsvSource, type ReadOptions, readCsv, SNIFF_CHARS } from '../../src/csv/read.ts';
import { readCsvBytes } from '../../src/csv/read-bytes.ts';
import { isBlock } from '../../src/csv/row-block.ts';
import { decodeUtf8 } from '../../src/encoding/utf8.ts';
import { GorodError } from '../../src/errors.ts';
import { cutAt, cuts, streamOf, writtenTable } from './tables.ts';

const OPTIONS: ReadOptions = {
  name: 'orders.csv',
  delimiter: undefined,
  badRows: 'stop',
  longRows: 'stop',
  maxRowBytes: 1 << 20,
};

function fromBytes(pieces: readonly Uint8Array[], options: ReadOptions): Promise<CsvSource> {
  return readCsvBytes(streamOf(pieces), (bytes, line) => decodeUtf8(bytes, options.name, line), options);
}

function fromText(pieces: readonly Uint8Array[], options: ReadOptions): Promise<CsvSource> {
  return readCsv(decodeUtf8(streamOf(pieces), options.name), options);
}

/** All that a reader gives: header, rows, those too long to be held as their text, and the error it ends with. */
async function all(open: Promise<CsvSource>): Promise<unknown[]> {
  const found: unknown[] = [];
  try {
    const source = await open;
    found.push(source.dialect, source.header);
    for await (const rows of source.batches) {
      for (const { pieces, ...row } of rows) {
        let long = '';
        for await (const piece of pieces ?? []) long += piece;
        found.push({ ...row, long });
      }
    }
  } catch (error) {
    if (!(error instanceof GorodError)) throw error;
    found.push(`${error.code} ${error.message}`);
  }
  return found;
}

/** Enough plain rows for what follows them to be read behind the part that tells the dialect. */
function plainRows(header: string, eol: string): string {
  const row = header.replace(/[^,;\t|]+/g, 'x1') + eol;
  return row.repeat(Math.ceil(SNIFF_CHARS / row.length));
}

/** Texts made of all that a reader stumbles over. */
const hostile = fc
  .record({
    header: fc.constantFrom('a,b,c', 'zip;address', 'a'),
    eol: fc.constantFrom('\n', '\r\n', '\r'),
    isLong: fc.nat(49).map((number) => number === 0),
    rows: fc.array(
      fc.oneof(
        {
          weight: 3,
          arbitrary: fc.constantFrom('1,2,3', '1;2', '"a,b","c""d",e', '"x;y";"""z"""', '', '"1\n2",3,4', 'ё,北京,👍'),
        },
        { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...'ab,;"\n\r é'), maxLength: 12 }) },
        {
          weight: 1,
          arbitrary: fc.string({ unit: fc.constantFrom('a', '"', ',', '\n'), minLength: 30, maxLength: 90 }),
        },
      ),
      { maxLength: 12 },
    ),
    closed: fc.boolean(),
  })
  .map(({ header, eol, isLong, rows, closed }) => {
    const beginning = header + eol + (isLong ? plainRows(header, eol) : '');
    return beginning + rows.join(eol) + (closed ? eol : '');
  });

describe('readCsvBytes', () => {
  test('reads any written table as readCsv does, its bytes cut anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(writtenTable, cuts, async ({ text, delimiter, records }, places) => {
        const pieces = cutAt(Buffer.from(text), places);
        const source = await fromBytes(pieces, { ...OPTIONS, delimiter });
        const found = [source.header];
        for await (const rows of source.batches) found.push(...rows);
        expect(found).toEqual(records.map((record) => ({ ...record, broken: false })));
      }),
      { numRuns: 300 },
    );
  });

  test('reads whatever else there is as readCsv does, errors included', async () => {
    const options = fc.record({
      badRows: fc.constantFrom('stop' as const, 'keep' as const),
      longRows: fc.constantFrom('stop' as const, 'keep' as const),
      maxRowBytes: fc.constantFrom(25, 60, 1 << 20),
    });
    await fc.assert(
      fc.asyncProperty(hostile, cuts, options, async (text, places, chosen) => {
        const pieces = cutAt(Buffer.from(text), places);
        const reading = { ...OPTIONS, ...chosen };
        expect(await all(fromBytes(pieces, reading))).toEqual(await all(fromText(pieces, reading)));
      }),
      { numRuns: 400 },
    );
  });

  test('refuses bytes that are no UTF-8 with their line, wherever they stand', async () => {
    for (const before of ['', 'x1,x1\n'.repeat(3), plainRows('a,b', '\n')]) {
      const pieces = [Buffer.from(`a,b\n${before}1,2\n3,`), Buffer.from([0xd0]), Buffer.from(',\n5,6\n')];
      const found = await all(fromBytes(pieces, OPTIONS));
      expect(found.at(-1)).toMatch(
        new RegExp(`^BAD_INPUT orders.csv, line ${before.split('\n').length + 2}: not UTF-8`),
      );
      expect(found.at(-1)).toBe((await all(fromText(pieces, OPTIONS))).at(-1));
    }
  });

  test('leaves plain rows as they stand, and takes them up again where batches were read before', async () => {
    const text = `a,b\n${'1,"2\n3"\n'.repeat(30_000)}`;
    const source = await fromBytes(cutAt(Buffer.from(text), [0.3, 0.5, 0.7]), OPTIONS);
    const first = await source.batches[Symbol.asyncIterator]().next();
    let rows = first.done === true ? 0 : first.value.length;
    let last = 0;
    for await (const piece of source.pieces ?? []) {
      expect(isBlock(piece)).toBe(true);
      rows += piece.length;
      const [row] = isBlock(piece) ? piece.slice(piece.length - 1).rows() : [];
      expect(row).toMatchObject({ cells: ['1', '2\n3'], text: '1,"2\n3"' });
      last = row?.line ?? 0;
    }
    expect([rows, last]).toEqual([30_000, 60_000]);
  });

  test('goes on row by row from the first row that is not plain', async () => {
    const text = `a,b\n${'1,2\n'.repeat(20_000)}3,4"5\n${'6,7\n'.repeat(20_000)}`;
    const source = await fromBytes(cutAt(Buffer.from(text), [0.45]), { ...OPTIONS, badRows: 'keep' });
    const kinds: boolean[] = [];
    let rows = 0;
    for await (const piece of source.pieces ?? []) {
      kinds.push(isBlock(piece));
      rows += piece.length;
    }
    expect(rows).toBe(40_001);
    expect(kinds.indexOf(false)).toBe(kinds.lastIndexOf(true) + 1);
  });

  test('lets go of its stream when whoever reads breaks off', async () => {
    let isClosed = false;
    async function* watched() {
      try {
        for (;;) yield Buffer.from('1,2\n'.repeat(30_000));
      } finally {
        isClosed = true;
      }
    }
    const source = await readCsvBytes(watched(), (bytes, line) => decodeUtf8(bytes, 'x', line), OPTIONS);
    for await (const _ of source.batches) break;
    expect(isClosed).toBe(true);
  });
});
