import { describe, expect, test } from 'vitest';
import { sampleRows } from '../../src/columns/sample-rows.ts';

interface Row {
  readonly cells: readonly string[];
  readonly broken: boolean;
  readonly pieces?: AsyncIterable<string>;
}

function sound(number: number): Row {
  return { cells: [String(number)], broken: false };
}

async function* pieces(): AsyncGenerator<string, void> {
  yield 'long';
}

/** Batches of ten rows, so many; then `last`. */
async function* batchesOf(count: number, last?: () => readonly Row[]): AsyncGenerator<readonly Row[], void> {
  for (let batch = 0; batch < count; batch += 1) yield Array.from({ length: 10 }, (_, row) => sound(batch * 10 + row));
  if (last !== undefined) yield last();
}

async function all(batches: AsyncIterable<readonly Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const batch of batches) rows.push(...batch);
  return rows;
}

describe('looking at the first rows', () => {
  test.each([0, 1, 29, 30, 31, 100])('of %i batches leaves all rows in their order', async (count) => {
    const { sample, batches } = await sampleRows(batchesOf(count), 1);
    expect(sample.length).toBe(Math.min(300, count * 10));
    expect((await all(batches)).map(({ cells }) => Number(cells[0]))).toEqual(
      Array.from({ length: count * 10 }, (_, row) => row),
    );
  });

  test('skips broken and ragged ones', async () => {
    const { sample, batches } = await sampleRows(
      batchesOf(0, () => [{ cells: ['x'], broken: true }, { cells: ['a', 'b'], broken: false }, sound(1)]),
      1,
    );
    expect(sample).toEqual([['1']]);
    expect(await all(batches)).toHaveLength(3);
  });

  test('keeps an error for its turn', async () => {
    const failing = batchesOf(2, () => {
      throw new Error('line 22');
    });
    const { sample, batches } = await sampleRows(failing, 1);
    expect(sample).toHaveLength(20);
    const rows: Row[] = [];
    await expect(
      (async () => {
        for await (const batch of batches) rows.push(...batch);
      })(),
    ).rejects.toThrow('line 22');
    expect(rows).toHaveLength(20);
  });

  test('stops at a row in pieces, which can be read once and before the next batch', async () => {
    let asked = 0;
    async function* withLongRow(): AsyncGenerator<readonly Row[], void> {
      yield [sound(1)];
      yield [{ cells: [], broken: true, pieces: pieces() }];
      asked += 1;
      yield [sound(2)];
    }
    const { batches } = await sampleRows(withLongRow(), 1);
    expect(asked).toBe(0);
    for await (const [row] of batches) {
      if (row?.pieces === undefined) continue;
      expect(asked).toBe(0);
      for await (const piece of row.pieces) expect(piece).toBe('long');
    }
    expect(asked).toBe(1);
  });

  test('lets go of the file when reading stops early', async () => {
    let closed = false;
    async function* endless(): AsyncGenerator<readonly Row[], void> {
      try {
        for (;;) yield [sound(1)];
      } finally {
        closed = true;
      }
    }
    const { batches } = await sampleRows(endless(), 1);
    for await (const _ of batches) break;
    expect(closed).toBe(true);
  });
});
