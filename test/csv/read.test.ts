import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CsvRow } from '../../src/csv/cells.ts';
import { type ReadOptions, readCsv } from '../../src/csv/read.ts';
import { cutAt, cuts, streamOf, writtenTable } from './tables.ts';

const OPTIONS: ReadOptions = {
  name: 'orders.csv',
  delimiter: undefined,
  badRows: 'stop',
  longRows: 'stop',
  maxRowBytes: 1 << 20,
};

async function read(text: string, options: Partial<ReadOptions> = {}) {
  return readCsv(streamOf([text]), { ...OPTIONS, ...options });
}

async function rowsOf(batches: AsyncIterable<readonly CsvRow[]>): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const batch of batches) rows.push(...batch);
  return rows;
}

async function cellsOf(text: string, options: Partial<ReadOptions> = {}) {
  return (await rowsOf((await read(text, options)).batches)).map((row) => row.cells);
}

describe('readCsv', () => {
  test('reads any written table as it was, its text cut anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(writtenTable, cuts, async ({ text, delimiter, eol, records }, places) => {
        const source = await readCsv(streamOf(cutAt(text, places)), { ...OPTIONS, delimiter });
        const found = [source.header, ...(await rowsOf(source.batches))];
        expect(found).toEqual(records.map((record) => ({ ...record, broken: false })));
        expect(source.dialect.delimiter).toBe(delimiter);
        if (records.length > 1) expect(source.dialect.eol).toBe(eol);
      }),
      { numRuns: 300 },
    );
  });

  test('reads on past the part that told the dialect', async () => {
    const line = `675000,"Lenina 21,\nkv 2",${'x'.repeat(100)}\n`;
    const text = `zip,address,note\n${line.repeat(5000)}`;
    const source = await readCsv(streamOf(cutAt(text, [0.1, 0.101, 0.5, 0.77])), OPTIONS);
    const rows = await rowsOf(source.batches);
    expect(rows).toHaveLength(5000);
    expect(rows.at(-1)).toMatchObject({ line: 2 + 4999 * 2, text: line.trimEnd() });
  });

  test('finds the dialect by itself and lets --delimiter overrule it', async () => {
    expect(await cellsOf('a;b\r\n1;2\r\n')).toEqual([['1', '2']]);
    expect(await cellsOf('a;b,c\n1;2,3\n', { delimiter: ',' })).toEqual([['1;2', '3']]);
  });

  test('a header alone is a file of no rows', async () => {
    for (const text of ['zip,address', 'zip,address\n', '\n\nzip,address\n\n']) {
      const source = await read(text);
      expect(source.header.cells).toEqual(['zip', 'address']);
      expect(await rowsOf(source.batches)).toEqual([]);
    }
  });

  test.each([['', '\n', '\r\n\r\n']])('refuses the empty file %j', async (text) => {
    await expect(read(text)).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: 'orders.csv: the file is empty; a header line is needed.',
    });
  });

  test('refuses a broken header even when bad rows are kept', async () => {
    await expect(read('zip,"address\n675000,x\n', { badRows: 'keep' })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('orders.csv, line 1: a quotation mark'),
    });
  });

  test.each([
    ['a,b', 'line 3: 2 cells where the header has 3'],
    ['a', 'line 3: 1 cell where the header has 3'],
    ['a,b,c,d', 'line 3: 4 cells where the header has 3'],
    ['a,b 5",c', 'line 3: a quotation mark is out of place or never closed'],
    ['a,"b,c', 'line 3: a quotation mark is out of place or never closed'],
  ])('stops at the bad row %j, naming file, line and the way out', async (bad, message) => {
    const text = `x,y,z\n1,2,3\n${bad}\n4,5,6\n`;
    const refusal = rowsOf((await read(text)).batches);
    await expect(refusal).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(refusal).rejects.toThrow(`orders.csv, ${message}`);
    await expect(refusal).rejects.toThrow('--bad-rows keep');
  });

  test('hands the sound rows over before it stops at a bad one', async () => {
    const batches = (await read('x,y\n1,2\n3,4\n5\n6,7\n')).batches[Symbol.asyncIterator]();
    expect((await batches.next()).value).toHaveLength(2);
    await expect(batches.next()).rejects.toThrow('line 4');
  });

  test('keeps bad rows where it is told to, each for its own line', async () => {
    const source = await read('x,y\n1,2\n3\n"4,5\n6,7\n', { badRows: 'keep' });
    expect(await rowsOf(source.batches)).toEqual([
      { text: '1,2', line: 2, cells: ['1', '2'], broken: false },
      { text: '3', line: 3, cells: ['3'], broken: false },
      { text: '"4,5', line: 4, cells: ['"4', '5'], broken: true },
      { text: '6,7', line: 5, cells: ['6', '7'], broken: false },
    ]);
  });

  test.each(['x', '"', '"x"y'])('refuses a line of %j without an end before it fills the memory', async (begin) => {
    let read = 0;
    async function* endless(): AsyncGenerator<string> {
      yield `zip,address\n675000,Lenina\n${begin}`;
      for (; read < 200; read += 1) yield 'x'.repeat(1 << 18);
    }
    const refusal = readCsv(endless(), { ...OPTIONS, badRows: 'keep' }).then(({ batches }) => rowsOf(batches));
    await expect(refusal).rejects.toMatchObject({ code: 'BAD_INPUT', message: /^orders\.csv, line 3: longer than/ });
    expect(read).toBeLessThan(50);
  });

  test('one stray quotation mark in a long file costs one line', async () => {
    const lines = Array.from({ length: 60_000 }, (_, index) => `${index},Lenina 21 kv 2`);
    lines[100] = '100,"Lenina 21';
    const source = await read(`zip,address\n${lines.join('\n')}\n`, { badRows: 'keep' });
    const rows = await rowsOf(source.batches);
    expect(rows).toHaveLength(60_000);
    expect(rows.filter((row) => row.broken).map((row) => row.line)).toEqual([102]);
  });
});
