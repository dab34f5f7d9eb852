import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Eventually, inOrder } from '../../src/server/in-order.ts';

async function* of<T>(batches: readonly (readonly Eventually<T>[])[]) {
  for (const batch of batches) yield batch;
}

async function collect<T>(answers: AsyncIterable<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const some of answers) all.push(...some);
  return all;
}

/** A promise that somebody else settles. */
function open<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<T>((settle, fail) => {
    resolve = settle;
    reject = fail;
  });
  return { promise, resolve, reject };
}

test('answers come in the order of their questions, whenever they are there', async () => {
  const answer = fc.record({ turns: fc.integer({ min: 0, max: 4 }) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(answer, { maxLength: 5 })),
      fc.integer({ min: 1, max: 6 }),
      async (plan, ahead) => {
        let number = 0;
        const batches = plan.map((batch) => batch.map(({ turns }) => [number++, turns] as const));
        async function* asked() {
          for (const batch of batches) yield batch.map(([value, turns]) => (turns === 0 ? value : late(value, turns)));
        }
        const found = await collect(inOrder<number>(asked(), ahead));
        expect(found).toEqual(batches.flat().map(([value]) => value));
      },
    ),
    { numRuns: 50 },
  );
});

async function late(value: number, turns: number): Promise<number> {
  for (let left = turns; left > 0; left -= 1) await turn();
  return value;
}

describe('while the first answer is awaited', () => {
  test('no more than the window is read', async () => {
    const first = open<number>();
    let read = 0;
    async function* asked() {
      for (;;) {
        read += 1;
        yield [read === 1 ? first.promise : read];
      }
    }
    const answers = inOrder<number>(asked(), 10);
    const next = answers.next();
    for (let turns = 0; turns < 50; turns += 1) await turn();
    expect(read).toBe(10);
    first.resolve(1);
    expect((await next).value).toHaveLength(10);
    await answers.return(undefined);
  });

  test('an answer that is ready goes out though nothing more is asked', async () => {
    const never = new Promise<never>(() => {});
    const first = open<string>();
    async function* asked() {
      yield [first.promise];
      await never;
    }
    const next = inOrder<string>(asked(), 10).next();
    await turn();
    first.resolve('here');
    expect((await next).value).toEqual(['here']);
  });
});

test('nothing is read while nobody takes the answers', async () => {
  let read = 0;
  async function* asked() {
    for (;;) yield [++read];
  }
  const answers = inOrder<number>(asked(), 5);
  await answers.next();
  const before = read;
  for (let turns = 0; turns < 20; turns += 1) await turn();
  expect(read).toBe(before);
  await answers.return(undefined);
});

test('a failure of an answer or of the input ends the whole, and the input is let go', async () => {
  let isClosed = false;
  async function* asked() {
    try {
      yield [1, Promise.reject(new Error('answer'))];
      yield [2];
    } finally {
      isClosed = true;
    }
  }
  await expect(collect(inOrder<number>(asked(), 5))).rejects.toThrow('answer');
  expect(isClosed).toBe(true);
  async function* broken() {
    yield [1];
    throw new Error('input');
  }
  await expect(collect(inOrder<number>(broken(), 5))).rejects.toThrow('input');
  expect(await collect(inOrder<number>(of<number>([]), 5))).toEqual([]);
});
