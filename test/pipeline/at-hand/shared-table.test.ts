import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type SharedTable, sharedTable, tableMemory, VALUE } from '../../../src/pipeline/at-hand/shared-table.ts';

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
  return table.number(record, VALUE);
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
          expect(table.number(record, VALUE)).toBe(known.get(key));
        }
        const another = sharedTable(memory);
        for (const [key] of entries) expect(found(another, key)).toBe(known.get(key));
        expect(found(another, other)).toBe(known.get(other));
      }),
    );
  });

  test('keeps numbers that can be changed beside bytes that cannot', () => {
    const table = sharedTable(tableMemory());
    const record = table.keep(Buffer.from('abc'), [1, 2, 3, 4]);
    const next = table.keep(Buffer.from(''), [-5]);
    table.setNumber(record, 3, -7);
    expect([0, 1, 2, 3].map((at) => table.number(record, at as 0))).toEqual([1, 2, 3, -7]);
    expect([0, 1].map((at) => table.number(next, at as 0))).toEqual([-5, 0]);
    expect(Buffer.from(table.bytes(record)).toString()).toBe('abc');
    expect(table.bytes(next)).toHaveLength(0);
  });

  test('takes no more once its memory is used up, and still finds what it has', () => {
    const table = sharedTable(tableMemory());
    const large = Buffer.alloc(1 << 20, 'x');
    const first = table.put(Buffer.from('first'), 1);
    const kept = Array.from({ length: 100 }, () => table.keep(large)).filter((record) => record !== 0);
    expect(kept.length).toBeGreaterThan(50);
    expect(kept.length).toBeLessThan(64);
    expect(table.isFull()).toBe(true);
    expect(table.put(Buffer.from('second'), 2)).toBe(0);
    expect(table.put(Buffer.from('first'), 3)).toBe(first);
    expect([found(table, 'first'), found(table, 'second')]).toEqual([1, undefined]);
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
