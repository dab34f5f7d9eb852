import { describe, expect, test } from 'vitest';
import type { Detection } from '../../src/address/detection.ts';
import { ownStarts } from '../../src/detector/own-starts.ts';
import { retried } from '../../src/detector/retried.ts';
import { slidingWindow } from '../../src/detector/sliding-window.ts';
import { type Upstream, UpstreamDown, UpstreamFailure } from '../../src/detector/upstream.ts';
import { GorodError } from '../../src/errors.ts';
import { fakeClock } from './fake-clock.ts';
import { query } from './query.ts';

const OK: Detection = { status_code: 'OK' };
const NO_LIMIT = { acquire: async () => {}, penalize: () => {} };

/** An upstream that goes through `results`, and stays at the last one. */
function sequence(...results: readonly (Detection | Error)[]): Upstream & { asked(): number } {
  let asked = 0;
  return {
    origin: 'http://127.0.0.1',
    asked: () => asked,
    async ask() {
      const result = results[Math.min(asked, results.length - 1)];
      asked += 1;
      if (result instanceof Error || result === undefined) throw result;
      return result;
    },
  };
}

function setUp(upstream: Upstream, retries: number, random = () => 0) {
  const clock = fakeClock();
  const waits: number[] = [];
  const penalties: number[] = [];
  const failures: string[] = [];
  const asking = retried(upstream, {
    retries,
    limit: { acquire: async () => {}, penalize: (ms) => penalties.push(ms) },
    onRetry: (failure) => failures.push(failure.message),
    sleep: (ms) => {
      waits.push(ms);
      return clock.sleep(ms);
    },
    random,
  });
  return { asking, clock, waits, penalties, failures };
}

describe('a failed question', () => {
  test('is asked again until it is answered', async () => {
    const upstream = sequence(new UpstreamFailure('HTTP 503'), new UpstreamFailure('connection reset'), OK);
    const { asking, clock, failures } = setUp(upstream, 5);
    const answer = asking.ask(query());
    await clock.run();
    expect(await answer).toEqual(OK);
    expect(upstream.asked()).toBe(3);
    expect(failures).toEqual(['HTTP 503', 'connection reset']);
  });

  test('is given up after the last retry, with the last failure', async () => {
    const upstream = sequence(new UpstreamFailure('HTTP 503'), new UpstreamFailure('HTTP 502'));
    const { asking, clock, failures } = setUp(upstream, 2);
    const answer = asking.ask(query());
    const given = expect(answer).rejects.toThrow(new UpstreamFailure('HTTP 502'));
    await clock.run();
    await given;
    expect(upstream.asked()).toBe(3);
    expect(failures).toHaveLength(2);
  });

  test('is asked once where no retries are wanted', async () => {
    const upstream = sequence(new UpstreamFailure('HTTP 503'));
    await expect(setUp(upstream, 0).asking.ask(query())).rejects.toThrow('HTTP 503');
    expect(upstream.asked()).toBe(1);
  });

  test('waits at least half a second', async () => {
    const { asking, clock, waits } = setUp(sequence(new UpstreamFailure('HTTP 503')), 4);
    const given = expect(asking.ask(query())).rejects.toThrow();
    await clock.run();
    await given;
    expect(waits).toEqual([500, 500, 500, 500]);
  });

  test('waits up to three times as long as the time before, at most 30 s', async () => {
    const { asking, clock, waits } = setUp(sequence(new UpstreamFailure('HTTP 503')), 6, () => 1 - Number.EPSILON);
    const given = expect(asking.ask(query())).rejects.toThrow();
    await clock.run();
    await given;
    expect(waits.map(Math.round)).toEqual([1500, 4500, 13_500, 30_000, 30_000, 30_000]);
  });

  test('waits a random time in between, which the next wait goes by', async () => {
    const numbers = [0.5, 0.25];
    const { asking, clock, waits } = setUp(sequence(new UpstreamFailure('HTTP 503')), 2, () => numbers.shift() ?? 0);
    const given = expect(asking.ask(query())).rejects.toThrow();
    await clock.run();
    await given;
    expect(waits).toEqual([1000, 1125]);
  });

  test('is told of attempt by attempt, the first as none of the retries', async () => {
    const attempts: boolean[] = [];
    const clock = fakeClock();
    const asking = retried(sequence(new UpstreamFailure('HTTP 503'), new UpstreamFailure('HTTP 503'), OK), {
      retries: 5,
      limit: NO_LIMIT,
      onAttempt: (isRetry) => attempts.push(isRetry),
      sleep: clock.sleep,
    });
    const answer = asking.ask(query());
    await clock.run();
    await answer;
    expect(attempts).toEqual([false, true, true]);
  });
});

test('an upstream that is down is not asked again, but its pause is kept', async () => {
  const down = new UpstreamDown('HTTP 503', 2000, { retryAfterMs: 7000 });
  const upstream = sequence(down);
  const { asking, penalties } = setUp(upstream, 5);
  await expect(asking.ask(query())).rejects.toBe(down);
  expect(upstream.asked()).toBe(1);
  expect(penalties).toEqual([7000]);
});

test.each([
  ['a refused key', new GorodError('BAD_KEY', 'refused')],
  ['an error of ours', new TypeError('bug')],
])('%s is not asked again', async (_, error) => {
  const upstream = sequence(error);
  await expect(setUp(upstream, 5).asking.ask(query())).rejects.toBe(error);
  expect(upstream.asked()).toBe(1);
});

describe('Retry-After', () => {
  test('pauses the run, also when it comes with the last attempt', async () => {
    const upstream = sequence(new UpstreamFailure('HTTP 429', { retryAfterMs: 7000 }));
    const { asking, clock, penalties } = setUp(upstream, 1);
    const given = expect(asking.ask(query())).rejects.toThrow();
    await clock.run();
    await given;
    expect(penalties).toEqual([7000, 7000]);
  });

  test('holds the other rows back as well', async () => {
    const clock = fakeClock();
    const limit = slidingWindow({ perSecond: 10, log: ownStarts(clock.now), sleep: clock.sleep });
    const starts: [string, number][] = [];
    const upstream: Upstream = {
      origin: 'http://127.0.0.1',
      async ask({ address }, signal) {
        await limit.acquire(signal);
        starts.push([address, clock.now()]);
        if (starts.length === 1) throw new UpstreamFailure('HTTP 429', { retryAfterMs: 20_000 });
        return OK;
      },
    };
    const asking = retried(upstream, { retries: 3, limit, sleep: clock.sleep, random: () => 0 });
    const answers = Promise.all(['a', 'b', 'c'].map((address) => asking.ask(query({ address }))));
    await clock.run();
    expect(await answers).toEqual([OK, OK, OK]);
    expect(starts[0]).toEqual(['a', 0]);
    expect(starts.slice(1).every(([, at]) => at >= 20_000)).toBe(true);
    expect(new Set(starts.slice(1).map(([address]) => address))).toEqual(new Set(['a', 'b', 'c']));
  });
});

test('an abort ends the wait for the next attempt with its own reason', async () => {
  const abort = new AbortController();
  const upstream = sequence(new UpstreamFailure('HTTP 503'));
  const asking = retried(upstream, {
    retries: 5,
    limit: NO_LIMIT,
    onRetry: () => queueMicrotask(() => abort.abort(new GorodError('INTERRUPTED', 'over'))),
  });
  await expect(asking.ask(query(), abort.signal)).rejects.toMatchObject({ code: 'INTERRUPTED' });
  expect(upstream.asked()).toBe(1);
});
