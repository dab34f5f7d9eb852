import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { breaker } from '../../src/detector/breaker.ts';
import { failover } from '../../src/detector/failover.ts';
import { patient } from '../../src/detector/patient.ts';
import { type Upstream, UpstreamDown, UpstreamFailure } from '../../src/detector/upstream.ts';
import { GorodError } from '../../src/errors.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';

type Reply = 'up' | 'down' | 'key refused' | UpstreamFailure;

/** An endpoint that takes 100 ms for everything and is up or down by the time at which it is asked. */
function endpoint(name: string, clock: FakeClock, reply: (at: number, question: string) => Reply) {
  const asked: number[] = [];
  const upstream: Upstream<string, string> = {
    origin: `http://${name}`,
    async ask(question, signal) {
      const at = clock.now();
      asked.push(at);
      await clock.sleep(100, signal);
      const replied = reply(at, question);
      if (replied === 'up') return name;
      if (replied === 'key refused') throw new GorodError('BAD_KEY', 'refused');
      throw replied === 'down' ? new UpstreamFailure(`${name} is down`) : replied;
    },
  };
  return { upstream, asked };
}

const downUntil = (ms: number) => (at: number) => (at < ms ? 'down' : 'up');
const always = (reply: Reply) => () => reply;

/** Asks at the given times; resolves with who answered each, or how it ended. */
async function askAt(clock: FakeClock, upstream: Upstream<string, string>, times: readonly number[]) {
  const ends = times.map(async (at) => {
    await clock.sleep(at);
    return upstream.ask('question').catch((error: unknown) => (error instanceof Error ? error.message : 'aborted'));
  });
  await clock.run();
  return Promise.all(ends);
}

describe('an endpoint that failed', () => {
  test('rests, is probed by one question while the others go on elsewhere, and is taken again', async () => {
    const clock = fakeClock();
    const a = endpoint('a', clock, downUntil(4000));
    const b = endpoint('b', clock, always('up'));
    const both = failover([a.upstream, b.upstream], { now: clock.now });
    // The first fails at 100 and rests until 5100; three meet the end of its rest, three come after its answer.
    const ends = await askAt(clock, both, [0, 1000, 5099, 5100, 5110, 5120, 5300, 5300, 9000]);
    expect(ends).toEqual(['b', 'b', 'b', 'a', 'b', 'b', 'a', 'a', 'a']);
    expect(a.asked).toEqual([0, 5100, 5300, 5300, 9000]);
  });

  test('rests twice as long each time, a minute at the most', async () => {
    const clock = fakeClock();
    const a = endpoint('a', clock, always('down'));
    const b = endpoint('b', clock, always('up'));
    const both = failover([a.upstream, b.upstream], { now: clock.now });
    const times = Array.from({ length: 3000 }, (_, index) => index * 100);
    expect(new Set(await askAt(clock, both, times))).toEqual(new Set(['b']));
    const rests = a.asked.filter((at) => at > 100).map((at, index, all) => (at - (all[index - 1] ?? 0)) / 1000);
    expect(rests.map(Math.round)).toEqual([5, 10, 20, 40, 60, 60, 60]);
  });

  test('rests once, however many questions it fails together', async () => {
    const clock = fakeClock();
    const a = endpoint('a', clock, downUntil(1000));
    const b = endpoint('b', clock, always('up'));
    const both = failover([a.upstream, b.upstream], { now: clock.now });
    expect((await askAt(clock, both, [...Array(20).fill(0), 5100])).at(-1)).toBe('a');
  });

  test('begins with a short rest again once it has answered', async () => {
    const clock = fakeClock();
    const a = endpoint('a', clock, (at) => (at === 16_000 || at > 20_000 ? 'up' : 'down'));
    const b = endpoint('b', clock, always('up'));
    const both = failover([a.upstream, b.upstream], { now: clock.now });
    const ends = await askAt(clock, both, [0, 5200, 16_000, 17_000, 22_100]);
    expect(ends).toEqual(['b', 'b', 'a', 'b', 'a']);
  });

  test('rests for as long as it asks for', async () => {
    const clock = fakeClock();
    const busy = new UpstreamFailure('HTTP 503', { status: 503, retryAfterMs: 20_000 });
    const a = endpoint('a', clock, (at) => (at < 1000 ? busy : 'up'));
    const b = endpoint('b', clock, always('up'));
    const both = failover([a.upstream, b.upstream], { now: clock.now });
    expect(await askAt(clock, both, [0, 20_050, 20_100])).toEqual(['b', 'b', 'a']);
  });

  test('does not rest where it answered others meanwhile: the question is to blame', async () => {
    const clock = fakeClock();
    const a = endpoint('a', clock, (_, question) => (question === 'poison' ? 'down' : 'up'));
    const b = endpoint('b', clock, always('up'));
    const slow: Upstream<string, string> = {
      ...a.upstream,
      ask: async (question, signal) => {
        if (question === 'poison') await clock.sleep(1000);
        return a.upstream.ask(question, signal);
      },
    };
    const both = failover([slow, b.upstream], { now: clock.now });
    const poisoned = both.ask('poison');
    expect(await askAt(clock, both, [10, 2000])).toEqual(['a', 'a']);
    expect(await poisoned).toBe('b');
  });

  test('is probed by the next question when the one that probed it left', async () => {
    const clock = fakeClock();
    const a = endpoint('a', clock, downUntil(4000));
    const b = endpoint('b', clock, always('up'));
    const both = failover([a.upstream, b.upstream], { now: clock.now });
    await askAt(clock, both, [0]);
    const leaving = new AbortController();
    await clock.run(6000);
    const left = both.ask('question', leaving.signal).catch((reason: unknown) => reason);
    leaving.abort('gone');
    expect(await left).toBe('gone');
    const next = both.ask('question');
    await clock.run();
    expect(await next).toBe('a');
  });
});

describe('where all rest', () => {
  test('the one whose rest ends first is asked, and each once at most', async () => {
    const clock = fakeClock();
    const a = endpoint('a', clock, downUntil(1000));
    const b = endpoint('b', clock, downUntil(1000));
    const c = endpoint('c', clock, always('down'));
    const all = failover([a.upstream, b.upstream, c.upstream], { now: clock.now });
    // a rests until 5100, b until 5200, c until 5300.
    expect(await askAt(clock, all, [0])).toEqual(['c is down']);
    expect(await askAt(clock, all, [1000])).toEqual(['a']);
    expect([a.asked.length, b.asked.length, c.asked.length]).toEqual([2, 1, 1]);
  });

  test('UpstreamDown is passed on where all are down, with the nearest probe', async () => {
    const clock = fakeClock();
    const a = endpoint('a', clock, always(new UpstreamDown('a', 1500)));
    const b = endpoint('b', clock, always(new UpstreamDown('b', 700)));
    const ended = failover([a.upstream, b.upstream], { now: clock.now }).ask('question');
    const expected = expect(ended).rejects.toMatchObject({ name: 'UpstreamDown', probeInMs: 700 });
    await clock.run();
    await expected;
  });

  test.each([
    ['first', ['down', new UpstreamDown('b', 700)]],
    ['second', [new UpstreamDown('a', 700), 'down']],
  ] as const)(
    'a plain failure of the %s ends the question, so that it is not waited for without end',
    async (_, replies) => {
      const clock = fakeClock();
      const a = endpoint('x', clock, always(replies[0]));
      const b = endpoint('x', clock, always(replies[1]));
      const ended = failover([a.upstream, b.upstream], { now: clock.now }).ask('question');
      const expected = expect(ended).rejects.toThrow(new UpstreamFailure('x is down'));
      await clock.run();
      await expected;
    },
  );
});

test('a refused key ends the question and sends nobody to rest', async () => {
  const clock = fakeClock();
  const a = endpoint('a', clock, (at) => (at < 1000 ? 'key refused' : 'up'));
  const b = endpoint('b', clock, always('up'));
  const both = failover([a.upstream, b.upstream], { now: clock.now });
  expect(await askAt(clock, both, [0, 1000])).toEqual(['refused', 'a']);
  expect(b.asked).toEqual([]);
});

test('with breakers beneath and patience above, every question is answered when one of two comes back', async () => {
  const clock = fakeClock();
  // a: down for the first minute; b: up until 20 s, then down for good.
  const a = endpoint('a', clock, downUntil(60_000));
  const b = endpoint('b', clock, (at) => (at < 20_000 ? 'up' : 'down'));
  const guarded = ({ upstream }: typeof a) => breaker(upstream, { requests: 3, overMs: 0, now: clock.now });
  const both = failover([guarded(a), guarded(b)], { now: clock.now });
  const waiting = patient(both, { maxWaitMs: 120_000, sleep: clock.sleep });
  const times = Array.from({ length: 1000 }, (_, index) => index * 100);
  const ends = await askAt(clock, waiting, times);
  expect(ends.slice(0, 199).every((end) => end === 'b')).toBe(true);
  // Until the breakers know, a few questions fail at both.
  expect(ends.filter((end) => end !== 'a' && end !== 'b').length).toBeLessThan(10);
  expect(ends.slice(-350).every((end) => end === 'a')).toBe(true);
  // While both are down, each is probed every two seconds at the most.
  expect(a.asked.filter((at) => at > 22_000 && at < 60_000).length).toBeLessThanOrEqual(20);
  expect(b.asked.filter((at) => at > 22_000).length).toBeLessThanOrEqual(40);
});

test('whoever is up and down when: a question is answered if any endpoint is up, and none is asked twice for it', async () => {
  const outages = fc.array(fc.tuple(fc.nat(30_000), fc.nat(20_000)), { maxLength: 4 });
  const times = fc.array(fc.nat(60_000), { minLength: 1, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(fc.array(outages, { minLength: 1, maxLength: 4 }), times, async (schedules, asks) => {
      const clock = fakeClock();
      const isUp = (index: number, at: number) =>
        !(schedules[index] ?? []).some(([from, length]) => at >= from && at < from + length);
      const all = schedules.map((_, index) => endpoint(`${index}`, clock, (at) => (isUp(index, at) ? 'up' : 'down')));
      const asked = new Map<string, string[]>();
      const [first, ...further] = all.map(({ upstream }) => ({
        ...upstream,
        ask: (question: string, signal?: AbortSignal) => {
          asked.set(question, [...(asked.get(question) ?? []), upstream.origin]);
          return upstream.ask(question, signal);
        },
      }));
      if (first === undefined) return;
      const one = failover([first, ...further], { now: clock.now });
      const ends = asks.map(async (at, index) => {
        await clock.sleep(at);
        const answered = await one.ask(`${index}`).then(
          () => true,
          () => false,
        );
        const steady = schedules.some(
          (_, host) => isUp(host, at) && isUp(host, clock.now()) && schedules[host]?.length === 0,
        );
        if (steady) expect(answered).toBe(true);
        const hosts = asked.get(`${index}`) ?? [];
        expect(new Set(hosts).size).toBe(hosts.length);
      });
      await clock.run();
      await Promise.all(ends);
    }),
    { numRuns: 100 },
  );
});
