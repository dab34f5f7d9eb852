import { describe, expect, test } from 'vitest';
import { autoRate } from '../../src/detector/auto-rate.ts';
import { limited } from '../../src/detector/limited.ts';
import { ownStarts } from '../../src/detector/own-starts.ts';
import { slidingWindow } from '../../src/detector/sliding-window.ts';
import { type Upstream, UpstreamFailure } from '../../src/detector/upstream.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';
import { query } from './query.ts';

interface Api {
  readonly latencyMs: (arrivals: readonly number[], now: number) => number;
  /** The HTTP status of a refusal, or undefined for an answer. */
  readonly refuse: (arrivals: readonly number[], now: number) => number | undefined;
}

/** The arrivals of the second before `now`. */
function lastSecond(arrivals: readonly number[], now: number): readonly number[] {
  return arrivals.filter((at) => at > now - 1000);
}

/** An API that takes so many requests in any second and answers the others with a status. */
function limitedTo(perSecond: number, status = 429): Api {
  return {
    latencyMs: () => 80,
    refuse: (arrivals, now) => (lastSecond(arrivals, now).length > perSecond ? status : undefined),
  };
}

async function run(api: Api, { seconds = 120, firstRate = 5, askers = 30 } = {}) {
  const clock: FakeClock = fakeClock();
  const accepted: number[] = [];
  const found: number[] = [];
  let requests = 0;
  let refused = 0;
  const upstream: Upstream = {
    origin: 'http://127.0.0.1',
    async ask() {
      requests += 1;
      const at = clock.now();
      const status = api.refuse([...accepted.slice(-2000), at], at);
      if (status === undefined) accepted.push(at);
      await clock.sleep(api.latencyMs(accepted, at));
      if (status === undefined) return { status_code: 'OK' };
      refused += 1;
      throw new UpstreamFailure(`HTTP ${status}`, { status });
    },
  };
  const window = slidingWindow({ perSecond: firstRate, log: ownStarts(clock.now), sleep: clock.sleep });
  const auto = autoRate(window, firstRate, { now: clock.now, onFound: (rate) => found.push(rate) });
  const asking = limited(auto.watch(upstream), auto.limit);
  let over = false;
  const asker = async () => {
    while (!over) await asking.ask(query()).catch(() => {});
  };
  const askersDone = Promise.all(Array.from({ length: askers }, asker));
  await clock.run(seconds * 1000);
  over = true;
  await clock.run();
  await askersDone;
  return { requests, refused, found, last: found.at(-1) ?? firstRate };
}

describe('the rate that is found', () => {
  test.each([
    [8, 429],
    [20, 503],
    [40, 429],
  ])('is within 30 % of the limit %d, with few refusals', async (limit, status) => {
    const { requests, refused, last } = await run(limitedTo(limit, status));
    expect(last).toBeGreaterThan(0.7 * limit);
    expect(last).toBeLessThan(1.3 * limit);
    expect(refused / requests).toBeLessThan(0.05);
  });

  test('is left at once when it was remembered and is too high by now', async () => {
    const { last, refused, requests } = await run(limitedTo(10), { firstRate: 60, seconds: 60 });
    expect(last).toBeLessThan(13);
    expect(refused / requests).toBeLessThan(0.35);
  });

  test('stays where the latency begins to rise', async () => {
    const api: Api = {
      refuse: () => undefined,
      // Each request beyond 15 in a second makes the queue longer.
      latencyMs: (arrivals, now) => 80 + Math.max(0, lastSecond(arrivals, now).length - 15) * 60,
    };
    const { last } = await run(api, { askers: 100 });
    expect(last).toBeGreaterThan(10);
    expect(last).toBeLessThan(22);
  });

  test('goes up by one a second, no faster', async () => {
    const { found } = await run({ refuse: () => undefined, latencyMs: () => 50 }, { seconds: 10 });
    expect(found.length).toBeLessThanOrEqual(11);
    expect(found.every((rate, i) => rate === 6 + i)).toBe(true);
    expect(found.length).toBeGreaterThan(5);
  });

  test('is not raised while requests do not wait for it', async () => {
    const { found } = await run({ refuse: () => undefined, latencyMs: () => 1000 }, { askers: 3, seconds: 30 });
    expect(found).toEqual([]);
  });

  test('never goes below one a second', async () => {
    const { found } = await run({ refuse: () => 429, latencyMs: () => 80 }, { seconds: 60 });
    expect(Math.min(...found)).toBe(1);
  });

  test('comes back when a slower route has become the rule', async () => {
    const { last } = await run({ refuse: () => undefined, latencyMs: (_, now) => (now < 20_000 ? 50 : 400) });
    expect(last).toBeGreaterThan(5);
  });
});
