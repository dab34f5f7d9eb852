import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type SharedTable, sharedTable, tableMemory } from '../../../src/pipeline/at-hand/shared-table.ts';

/** Threads do not read TypeScript of themselves. */
const PUT_KEYS = `import('tsx/esm/api').then(({ register }) => {
  register();
  return import(${JSON.stringify(new URL('./put-keys.ts', import.meta.url).href)});
});`;

function found(table: SharedTable, key: string): number | undefined {
  const bytes = Buffer.from(`<${key}>`);
  const record = table.find(bytes, 1, bytes.length - 1);
  if (record === 0) return undefined;
  expect(Buffer.from(table.bytes(record)).toString()).toBe(key);
  return table.value(record);
}

describe('a table in memory that threads share', () => {
  test('finds what was put first under a key, as a map would, from wherever it is looked at', () => {
    const memory = tableMemory();
    const entry = fc.tuple(fc.string({ unit: 'binary', maxLength: 40 }), fc.integer({ min: 1, max: 0x7fff_ffff }));
    const known = new Map<string, number>();
    fc.assert(
      fc.property(fc.array(entry), fc.string({ unit: 'binary' }), (entries, other) => {
        const table = sharedTable(memory);
        for (const [key, value] of entries) {
          const record = table.put(Buffer.from(key), value);
          if (!known.has(key)) known.set(key, value);
          expect(table.value(record)).toBe(known.get(key));
        }
        const another = sharedTable(memory);
        for (const [key] of entries) expect(found(another, key)).toBe(known.get(key));
        expect(found(another, other)).toBe(known.get(other));
      }),
    );
  });

  test('keeps entries of numbers and doubles, each for itself and apart from the records', () => {
    const memory = tableMemory();
    const numbers = fc.tuple(fc.integer(), fc.integer(), fc.integer(), fc.integer());
    const doubles = fc.tuple(fc.double({ noNaN: true }), fc.double({ noNaN: true }));
    const kept: { entry: number; record: number; values: readonly number[] }[] = [];
    const read = (table: SharedTable, entry: number) => [
      ...([0, 1, 2, 3] as const).map((at) => table.number(entry, at)),
      ...([0, 1] as const).map((at) => table.double(entry, at)),
    ];
    fc.assert(
      fc.property(numbers, doubles, (whole, broken) => {
        const table = sharedTable(memory);
        const entry = table.enter();
        expect(read(table, entry)).toEqual([0, 0, 0, 0, 0, 0]);
        for (const at of [0, 1, 2, 3] as const) table.setNumber(entry, at, whole[at]);
        for (const at of [0, 1] as const) table.setDouble(entry, at, broken[at]);
        const record = table.put(Buffer.from(`key ${kept.length}`), entry);
        kept.push({ entry, record, values: [...whole, ...broken] });
      }),
    );
    const another = sharedTable(memory);
    for (const { entry, values } of kept) expect(read(another, entry)).toEqual(values);
    for (const [index, { record }] of kept.entries()) {
      expect(Buffer.from(another.bytes(record)).toString()).toBe(`key ${index}`);
    }
    expect(new Set(kept.map(({ entry }) => entry)).size).toBe(kept.length);
    expect(kept.every(({ entry }) => entry !== 0)).toBe(true);
  });

  test('changes the value of a record for whoever looks at it', () => {
    const memory = tableMemory();
    const table = sharedTable(memory);
    const record = table.put(Buffer.from('abc'), 5);
    expect(table.put(Buffer.from('abc'), 6)).toBe(record);
    expect(table.value(record)).toBe(5);
    table.setValue(record, -7);
    expect(found(sharedTable(memory), 'abc')).toBe(-7);
    expect(table.bytes(table.put(Buffer.from(''), 1))).toHaveLength(0);
  });

  test('takes no more once its memory is used up, and still finds what it has', () => {
    const table = sharedTable(tableMemory());
    const first = table.put(Buffer.from('first'), 1);
    let kept = 0;
    while (table.put(Buffer.alloc(1 << 20, `large ${kept} `), kept) !== 0) kept += 1;
    expect(kept).toBeGreaterThan(40);
    expect(kept).toBeLessThan(64);
    expect(table.isFull()).toBe(true);
    expect(table.put(Buffer.from('second'), 2)).toBe(0);
    expect(table.enter()).toBe(0);
    expect(table.put(Buffer.from('first'), 3)).toBe(first);
    expect([found(table, 'first'), found(table, 'second')]).toEqual([1, undefined]);
  });

  test('takes no more once its entries are used up', () => {
    const table = sharedTable(tableMemory());
    const first = table.enter();
    table.setNumber(first, 3, 9);
    const record = table.put(Buffer.from('first'), first);
    let last = first;
    for (let entry = first; entry !== 0; entry = table.enter()) last = entry;
    expect(last).toBeGreaterThan(200_000);
    for (const at of [0, 1, 2, 3] as const) table.setNumber(last, at, -1);
    for (const at of [0, 1] as const) table.setDouble(last, at, Number.NaN);
    expect(table.isFull()).toBe(true);
    expect(table.put(Buffer.from('more'), 1)).toBe(0);
    expect(table.number(found(table, 'first') ?? 0, 3)).toBe(9);
    expect(Buffer.from(table.bytes(record)).toString()).toBe('first');
  });

  test('takes no more once its keys are too many for its slots', () => {
    const table = sharedTable(tableMemory());
    let keys = 0;
    while (!table.isFull()) {
      keys += 1;
      table.put(Buffer.from(String(keys)), keys);
    }
    expect(keys).toBeGreaterThan(300_000);
    expect(table.put(Buffer.from('more'), 1)).toBe(0);
    expect([found(table, '1'), found(table, String(keys)), found(table, 'more')]).toEqual([1, keys, undefined]);
  });

  test('gives threads that put the same keys at the same moment the same records', async () => {
    const memory = tableMemory();
    const begin = new SharedArrayBuffer(8);
    const threads = 3;
    new Int32Array(begin)[1] = threads;
    const keys = Array.from({ length: 30_000 }, (_, number) => `key ${number % 20_000}`);
    const given = await Promise.all(
      Array.from({ length: threads }, async () => {
        const worker = new Worker(PUT_KEYS, { eval: true, workerData: { memory, keys, begin } });
        const [records] = (await once(worker, 'message')) as [number[]];
        await worker.terminate();
        return records;
      }),
    );
    expect(given[1]).toEqual(given[0]);
    expect(given[2]).toEqual(given[0]);
    expect(new Set(given[0]).size).toBe(20_000);
    const table = sharedTable(memory);
    for (const [index, key] of keys.entries()) expect(found(table, key)).toBe((index % 20_000) + 1);
  });
});
