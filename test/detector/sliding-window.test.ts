import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StartView } from '../../src/cache/start-log.ts';
import { gathering } from '../../src/cache/together.ts';
import { ownStarts } from '../../src/detector/own-starts.ts';
import { slidingWindow } from '../../src/detector/sliding-window.ts';
import { seededRandom } from '../support/scripted-upstream.ts';
import { fakeClock } from './fake-clock.ts';

/** The most starts in any half-open window of `windowMs`. */
function busiest(starts: readonly number[], windowMs = 1000): number {
  let most = 0;
  let from = 0;
  for (const [to, start] of starts.entries()) {
    while (start - (starts[from] ?? start) >= windowMs) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
}

/** Takes `count` places at once and returns when each was granted, in the order in which they were asked for. */
async function startsOf(perSecond: number, count: number, late?: () => number): Promise<number[]> {
  const clock = fakeClock(late);
  const limit = slidingWindow({ perSecond, log: ownStarts(clock.now), sleep: clock.sleep });
  const starts: number[] = [];
  for (let i = 0; i < count; i++) {
    limit.acquire().then(() => {
      expect(starts).toHaveLength(i);
      starts.push(clock.now());
    });
  }
  await clock.run();
  expect(starts).toHaveLength(count);
  return starts;
}

describe('the rate', () => {
  test('is never exceeded in any window, at least 95 % of it are used, first come first served', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 60 }),
        fc.integer(),
        fc.integer({ min: 0, max: 8 }),
        async (rate, seed, lateMs) => {
          const random = seededRandom(seed);
          const starts = await startsOf(rate, rate * 4 + 1, () => random() * lateMs);
          expect(busiest(starts)).toBeLessThanOrEqual(rate);
          const seconds = ((starts.at(-1) ?? 0) - (starts[0] ?? 0)) / 1000;
          expect((rate * 4) / seconds).toBeGreaterThanOrEqual(0.95 * rate);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('holds when requests come in at any time, also after idle stretches', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.integer({ min: 0, max: 1500 }), { minLength: 1, maxLength: 80 }),
        async (rate, gaps) => {
          const clock = fakeClock();
          const limit = slidingWindow({ perSecond: rate, log: ownStarts(clock.now), sleep: clock.sleep });
          const starts: number[] = [];
          let time = 0;
          for (const [i, gap] of gaps.entries()) {
            limit.acquire().then(() => starts.push(clock.now()));
            // Every third gap is idle time, the others are bursts.
            if (i % 3 !== 0) continue;
            time += gap;
            await clock.run(time);
          }
          await clock.run();
          expect(starts).toHaveLength(gaps.length);
          expect(busiest(starts)).toBeLessThanOrEqual(rate);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('is spread over the second instead of spent in a burst', async () => {
    const starts = await startsOf(10, 30);
    expect(busiest(starts, 100)).toBeLessThanOrEqual(2);
  });

  test('below one a second stretches the window', async () => {
    const starts = await startsOf(0.5, 4);
    expect(busiest(starts, 2000)).toBe(1);
    expect(starts.at(-1)).toBeLessThan(6100);
  });

  test('that is no whole number is rounded down, so that no window exceeds it', async () => {
    expect(busiest(await startsOf(2.5, 12))).toBe(2);
  });

  test.each([0, -1, Number.NaN])('%d is refused', (perSecond) => {
    expect(() => slidingWindow({ perSecond })).toThrow(RangeError);
  });

  test('holds with the real clock too', async () => {
    const limit = slidingWindow({ perSecond: 40 });
    const starts: number[] = [];
    const take = async () => {
      await limit.acquire();
      starts.push(performance.now());
    };
    await Promise.all(Array.from({ length: 70 }, take));
    expect(starts).toHaveLength(70);
    expect(busiest(starts)).toBeLessThanOrEqual(40);
  });
});

describe('a pause', () => {
  test('holds everyone back, also those who already wait, and the longest one counts', async () => {
    const clock = fakeClock();
    const limit = slidingWindow({ perSecond: 10, log: ownStarts(clock.now), sleep: clock.sleep });
    const starts: number[] = [];
    for (let i = 0; i < 3; i++) limit.acquire().then(() => starts.push(clock.now()));
    limit.penalize(5000);
    limit.penalize(1000);
    await clock.run(4999);
    expect(starts).toEqual([0]);
    await clock.run();
    expect(starts[1]).toBe(5000);
    expect(starts).toHaveLength(3);
  });

  test('is not followed by a burst', async () => {
    const clock = fakeClock();
    const limit = slidingWindow({ perSecond: 10, log: ownStarts(clock.now), sleep: clock.sleep });
    limit.penalize(60_000);
    const starts: number[] = [];
    for (let i = 0; i < 30; i++) limit.acquire().then(() => starts.push(clock.now()));
    await clock.run();
    expect(starts[0]).toBe(60_000);
    expect(busiest(starts, 100)).toBeLessThanOrEqual(2);
  });
});

describe('an abort', () => {
  test('ends the wait at once and leaves the place to the next', async () => {
    const clock = fakeClock();
    const limit = slidingWindow({ perSecond: 1, log: ownStarts(clock.now), sleep: clock.sleep });
    const abort = new AbortController();
    const events: string[] = [];
    limit.acquire().then(() => events.push(`first at ${clock.now()}`));
    limit.acquire(abort.signal).catch((reason) => events.push(`second: ${reason} at ${clock.now()}`));
    limit.acquire().then(() => events.push(`third at ${clock.now()}`));
    await clock.run(300);
    abort.abort('over');
    await clock.run();
    expect(events).toEqual(['first at 0', 'second: over at 300', 'third at 1002']);
  });

  test('of the only one who waits ends the timer, and the next one who comes is served', async () => {
    const clock = fakeClock();
    const limit = slidingWindow({ perSecond: 1, log: ownStarts(clock.now), sleep: clock.sleep });
    limit.penalize(3_600_000);
    const abort = new AbortController();
    const given = limit.acquire(abort.signal).catch((reason) => reason);
    await clock.run(10);
    abort.abort('over');
    expect(await given).toBe('over');
    await clock.run();
    expect(clock.now()).toBe(10);
    let started = false;
    limit.acquire().then(() => {
      started = true;
    });
    await clock.run();
    expect(started).toBe(true);
    expect(clock.now()).toBe(3_600_000);
  });

  test('before the wait takes no place', async () => {
    const clock = fakeClock();
    const limit = slidingWindow({ perSecond: 1, log: ownStarts(clock.now), sleep: clock.sleep });
    await expect(limit.acquire(AbortSignal.abort('over'))).rejects.toBe('over');
    await limit.acquire();
    expect(clock.now()).toBe(0);
  });

  test('at any moment never loses a place nor exceeds the rate', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.option(fc.integer({ min: 0, max: 3000 }), { nil: undefined }), { minLength: 5, maxLength: 40 }),
        async (abortTimes) => {
          const clock = fakeClock();
          const limit = slidingWindow({ perSecond: 5, log: ownStarts(clock.now), sleep: clock.sleep });
          const starts: number[] = [];
          let ended = 0;
          for (const at of abortTimes) {
            const abort = new AbortController();
            if (at !== undefined) clock.sleep(at).then(() => abort.abort('over'));
            limit
              .acquire(abort.signal)
              .then(() => starts.push(clock.now()))
              .catch(() => {})
              .finally(() => {
                ended += 1;
              });
          }
          await clock.run();
          expect(ended).toBe(abortTimes.length);
          expect(busiest(starts)).toBeLessThanOrEqual(5);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('a log that is written together with answers', () => {
  test('has the starts in the transaction of the answers that came with those who wait, before they start', async () => {
    const events: string[] = [];
    const { together } = gathering((work) => {
      events.push('begin');
      work();
      events.push('commit');
    });
    const limit = slidingWindow({ perSecond: 1000, together });
    const started = limit.acquire().then(() => events.push('start'));
    await Promise.all([started, together(() => events.push('answer'))]);
    expect(events).toEqual(['begin', 'answer', 'commit', 'start']);
  });

  test('lets those start together who came together', async () => {
    let transactions = 0;
    const { together } = gathering((work) => {
      transactions += 1;
      work();
    });
    const limit = slidingWindow({ perSecond: 1_000_000, together });
    await Promise.all(Array.from({ length: 8 }, () => limit.acquire()));
    expect(transactions).toBe(1);
  });
});

describe('a log that fails', () => {
  test('turns away who waits with its error, and serves those who come later', async () => {
    const own = ownStarts();
    let isFull = true;
    const log = {
      ...own,
      exclusively: <T>(work: (view: StartView) => T) => {
        if (isFull) throw new Error('the disk is full');
        return own.exclusively(work);
      },
    };
    const limit = slidingWindow({ perSecond: 1000, log });
    const all = await Promise.allSettled([limit.acquire(), limit.acquire()]);
    expect(all.map((one) => one.status === 'rejected' && one.reason.message)).toEqual(
      Array(2).fill('the disk is full'),
    );
    isFull = false;
    await limit.acquire();
  });
});
