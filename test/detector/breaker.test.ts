import { describe, expect, test } from 'vitest';
import { breaker } from '../../src/detector/breaker.ts';
import { type Upstream, UpstreamDown, UpstreamFailure } from '../../src/detector/upstream.ts';
import { GorodError } from '../../src/errors.ts';
import { query } from './query.ts';

/** An upstream that is up or down as one says, over a clock that one sets. */
function setUp() {
  const state = { time: 0, requests: 0, failure: new UpstreamFailure('HTTP 503') as Error | undefined };
  const upstream: Upstream = {
    origin: 'http://127.0.0.1',
    async ask() {
      state.requests += 1;
      if (state.failure !== undefined) throw state.failure;
      return { status_code: 'OK' };
    },
  };
  const guarded = breaker(upstream, { now: () => state.time });
  /** Asks so often, with pauses, and returns how each ended. */
  const ask = async (count: number, everyMs: number) => {
    const ends: string[] = [];
    for (let i = 0; i < count; i++) {
      state.time += everyMs;
      const end = guarded.ask(query()).then(
        ({ status_code }) => status_code,
        (error) => (error instanceof Error ? error.constructor.name : 'aborted'),
      );
      ends.push(await end);
    }
    return ends;
  };
  return { state, guarded, ask };
}

describe('it opens', () => {
  test('with the fiftieth failure of as many requests, when they took five seconds', async () => {
    const { state, ask } = setUp();
    expect(await ask(49, 110)).toEqual(Array(49).fill('UpstreamFailure'));
    expect(await ask(1, 110)).toEqual(['UpstreamDown']);
    expect(await ask(5, 10)).toEqual(Array(5).fill('UpstreamDown'));
    expect(state.requests).toBe(50);
  });

  test('after five seconds where requests are many', async () => {
    const { state, ask } = setUp();
    await ask(499, 10);
    expect(state.requests).toBe(499);
    await ask(20, 10);
    expect(state.requests).toBeLessThan(503);
  });

  test.each([
    ['when every tenth was answered', 10, true],
    ['not when every eighth was', 8, false],
  ])('%s', async (_, every, opens) => {
    const { state, ask } = setUp();
    const ends: string[] = [];
    for (let i = 0; i < 80; i++) {
      state.failure = i % every === 0 ? undefined : new UpstreamFailure('HTTP 503');
      ends.push(...(await ask(1, 110)));
    }
    expect(ends.includes('UpstreamDown')).toBe(opens);
  });

  test('not for fewer than fifty requests, which end with their retries', async () => {
    const { ask } = setUp();
    expect(await ask(49, 60_000)).not.toContain('UpstreamDown');
  });

  test('not for a refused key nor an abort', async () => {
    const { state, ask } = setUp();
    state.failure = new GorodError('BAD_KEY', 'refused');
    expect(await ask(100, 110)).toEqual(Array(100).fill('GorodError'));
  });
});

describe('while it is open', () => {
  async function opened() {
    const all = setUp();
    await all.ask(50, 110);
    all.state.requests = 0;
    return all;
  }

  test('one probe goes out every two seconds', async () => {
    const { state, ask } = await opened();
    await ask(999, 10);
    expect(state.requests).toBe(4);
  });

  test('a question that is turned away says when a probe may be', async () => {
    const { state, guarded } = await opened();
    state.time += 500;
    const turned = guarded.ask(query());
    await expect(turned).rejects.toMatchObject({ probeInMs: 1500, message: 'HTTP 503' });
    await expect(turned).rejects.toBeInstanceOf(UpstreamDown);
  });

  test('only one probe is out at a time', async () => {
    const { state, guarded } = await opened();
    state.time += 3000;
    const ends = await Promise.allSettled([1, 2, 3].map(() => guarded.ask(query())));
    expect(ends.map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
    expect(state.requests).toBe(1);
  });

  test('a probe that is answered closes it, and failures count anew', async () => {
    const { state, ask } = await opened();
    state.failure = undefined;
    expect((await ask(250, 10)).filter((end) => end === 'OK')).toHaveLength(51);
    state.failure = new UpstreamFailure('HTTP 502');
    expect(await ask(44, 200)).not.toContain('UpstreamDown');
    expect(await ask(10, 200)).toContain('UpstreamDown');
  });

  test('a probe that ends otherwise makes room for the next', async () => {
    const { state, ask } = await opened();
    const { failure } = state;
    state.failure = new Error('aborted');
    expect(await ask(1, 2000)).toEqual(['Error']);
    state.failure = failure;
    await ask(1, 2000);
    expect(state.requests).toBe(2);
  });
});

test('what fails after it opened waits with the others', async () => {
  let fail: (error: Error) => void = () => {};
  let time = 0;
  let requests = 0;
  const guarded = breaker(
    {
      origin: 'http://127.0.0.1',
      ask: () => {
        requests += 1;
        if (requests > 1) return Promise.reject(new UpstreamFailure('HTTP 503'));
        return new Promise((_, reject) => {
          fail = reject;
        });
      },
    },
    { now: () => time },
  );
  const slow = guarded.ask(query());
  for (let i = 0; i < 60; i++) {
    time += 110;
    await guarded.ask(query()).catch(() => {});
  }
  fail(new UpstreamFailure('timed out'));
  await expect(slow).rejects.toBeInstanceOf(UpstreamDown);
});

test('tells once that it opens, and once that it closes', async () => {
  const told: string[] = [];
  const state = { time: 0, isDown: true };
  const upstream: Upstream = {
    origin: 'http://127.0.0.1',
    async ask() {
      if (state.isDown) throw new UpstreamFailure('HTTP 503');
      return { status_code: 'OK' };
    },
  };
  const guarded = breaker(upstream, {
    now: () => state.time,
    onDown: (reason) => told.push(`down: ${reason}`),
    onUp: () => told.push('up'),
  });
  const ask = async (count: number) => {
    for (let i = 0; i < count; i += 1) {
      state.time += 110;
      await guarded.ask(query()).catch(() => {});
    }
  };
  await ask(120);
  expect(told).toEqual(['down: HTTP 503']);
  state.isDown = false;
  await ask(60);
  expect(told).toEqual(['down: HTTP 503', 'up']);
});
