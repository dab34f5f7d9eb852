import { describe, expect, test } from 'vitest';
import { breaker } from '../../src/detector/breaker.ts';
import { failover } from '../../src/detector/failover.ts';
import { patient } from '../../src/detector/patient.ts';
import { type Upstream, UpstreamFailure } from '../../src/detector/upstream.ts';
import { fakeClock } from './fake-clock.ts';
import { query } from './query.ts';

/** An upstream that is down from 0 until `upAt`, behind a breaker that opens at the third failure. */
function setUp(upAt: number, maxWaitMs = 120_000) {
  const clock = fakeClock();
  const requests: number[] = [];
  const upstream: Upstream = {
    origin: 'http://127.0.0.1',
    async ask(_, signal) {
      requests.push(clock.now());
      await clock.sleep(50, signal);
      if (clock.now() < upAt) throw new UpstreamFailure('HTTP 503');
      return { status_code: 'OK' };
    },
  };
  const guarded = breaker(upstream, { requests: 3, overMs: 0, now: clock.now });
  const asking = patient(guarded, { maxWaitMs, sleep: clock.sleep });
  const ends: string[] = [];
  const ask = (signal?: AbortSignal) =>
    asking.ask(query(), signal).then(
      ({ status_code }) => ends.push(`${status_code} at ${clock.now()}`),
      (error) => ends.push(`${error.message ?? error} at ${clock.now()}`),
    );
  return { clock, requests, guarded, ask, ends };
}

describe('questions to an upstream that is down', () => {
  test('wait until it is up again, with probes and nothing else sent', async () => {
    const { clock, requests, ask, ends } = setUp(20_000);
    for (let i = 0; i < 3; i++) ask();
    await clock.run(1000);
    for (let i = 0; i < 30; i++) ask();
    await clock.run();
    expect(ends.slice(0, 2)).toEqual(['HTTP 503 at 50', 'HTTP 503 at 50']);
    expect(ends).toHaveLength(33);
    expect(ends.slice(2).every((end) => end.startsWith('OK'))).toBe(true);
    expect(requests.filter((at) => at > 50 && at < 20_000).length).toBeLessThanOrEqual(10);
  });

  test('are given up together when they have waited for too long, counted from the opening', async () => {
    const { clock, ask, ends, requests } = setUp(Number.POSITIVE_INFINITY);
    for (let i = 0; i < 3; i++) ask();
    await clock.run(100_000);
    for (let i = 0; i < 5; i++) ask();
    await clock.run(120_049);
    expect(ends).toHaveLength(2);
    await clock.run(120_060);
    expect(ends).toHaveLength(8);
    expect(ends.slice(2).every((end) => end === 'HTTP 503; down for more than 120 s at 120050')).toBe(true);
    expect(requests.length).toBeLessThan(65);
  });

  test('that come later are given up at once, but for a probe', async () => {
    const { clock, ask, ends, requests } = setUp(200_000);
    for (let i = 0; i < 3; i++) ask();
    await clock.run(130_000);
    const before = requests.length;
    for (let i = 0; i < 100; i++) ask();
    await clock.run(130_100);
    expect(ends).toHaveLength(103);
    expect(requests.length - before).toBeLessThanOrEqual(1);
  });

  test('are asked again when a probe of theirs finds it up, also after patience was lost', async () => {
    const { clock, ask, ends } = setUp(200_000);
    for (let i = 0; i < 3; i++) ask();
    await clock.run(250_000);
    ask();
    await clock.run();
    ask();
    await clock.run();
    expect(ends.slice(3)).toEqual(['OK at 250050', 'OK at 250100']);
  });

  test('leave at once when they are no longer wanted', async () => {
    const { clock, ask, ends } = setUp(Number.POSITIVE_INFINITY);
    for (let i = 0; i < 3; i++) ask();
    await clock.run(1000);
    const abort = new AbortController();
    ask(abort.signal);
    await clock.run(5000);
    abort.abort('over');
    await clock.run(5001);
    expect(ends.at(-1)).toBe('over at 5000');
  });

  test('are not waited for with --max-wait 0', async () => {
    const { clock, ask, ends } = setUp(Number.POSITIVE_INFINITY, 0);
    for (let i = 0; i < 10; i++) ask();
    await clock.run(100);
    expect(ends).toHaveLength(10);
  });
});

test('a second endpoint is asked while the first is down', async () => {
  const { clock, guarded } = setUp(Number.POSITIVE_INFINITY);
  const second: Upstream = { origin: 'http://127.0.0.2', ask: async () => ({ status_code: 'OK' }) };
  const asking = patient(failover([guarded, second]), { maxWaitMs: 1000, sleep: clock.sleep });
  const answers = Promise.all(Array.from({ length: 20 }, () => asking.ask(query())));
  await clock.run();
  expect(await answers).toHaveLength(20);
});
