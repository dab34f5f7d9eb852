import pLimit from 'p-limit';
import { describe, expect, test } from 'vitest';
import { detectCityUpstream } from '../../src/cdek/detect-city.ts';
import { limited, slotted } from '../../src/detector/limited.ts';
import type { RateLimit } from '../../src/detector/rate-limit.ts';
import { retried } from '../../src/detector/retried.ts';
import { slidingWindow } from '../../src/detector/sliding-window.ts';
import { type Upstream, UpstreamFailure } from '../../src/detector/upstream.ts';
import { GorodError } from '../../src/errors.ts';
import { mixedFaults, startScriptedUpstream } from '../support/scripted-upstream.ts';
import { query } from './query.ts';

const PATIENT = { developerKey: 'key', timeoutMs: 5000 };

describe('with real requests', () => {
  test('no more are under way than there are slots, and none waits while one is free', async () => {
    await using server = await startScriptedUpstream({ latencyMs: 15 });
    const fast = limited(detectCityUpstream({ url: server.url, ...PATIENT }), slidingWindow({ perSecond: 10_000 }));
    const upstream = slotted(fast, pLimit(4));
    await Promise.all(Array.from({ length: 40 }, () => upstream.ask(query())));
    expect(server.requests).toHaveLength(40);
    expect(server.maxInFlight()).toBe(4);
  });

  test('every window holds at most the rate, retries included', async () => {
    const faults = mixedFaults(0.3, 7, [{ kind: 'http', status: 503 }, { kind: 'reset' }, { kind: 'empty' }]);
    await using server = await startScriptedUpstream({ reply: faults });
    const limit = slidingWindow({ perSecond: 40 });
    const starts: number[] = [];
    const paced = limited(detectCityUpstream({ url: server.url, ...PATIENT }), limit, {
      onRequest: () => starts.push(performance.now()),
    });
    const upstream = retried(slotted(paced, pLimit(8)), { retries: 12, limit, sleep: async () => {} });
    const answers = await Promise.all(Array.from({ length: 60 }, () => upstream.ask(query())));
    expect(answers.every((answer) => answer.status_code === 'OK')).toBe(true);
    expect(starts).toHaveLength(server.requests.length);
    expect(starts.length).toBeGreaterThan(60);
    for (const [i, start] of starts.entries()) {
      const later = starts[i + 40];
      if (later !== undefined) expect(later - start).toBeGreaterThanOrEqual(1000);
    }
    expect(server.maxInFlight()).toBeLessThanOrEqual(8);
  });
});

test('an abort ends those that wait for a slot, and none of them is sent', async () => {
  await using server = await startScriptedUpstream({ reply: () => ({ kind: 'hang' }) });
  const fast = limited(detectCityUpstream({ url: server.url, ...PATIENT }), slidingWindow({ perSecond: 1000 }));
  const upstream = slotted(fast, pLimit(2));
  const abort = new AbortController();
  const asked = Array.from({ length: 6 }, () => upstream.ask(query(), abort.signal));
  const ended = Promise.allSettled(asked);
  while (server.requests.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  abort.abort('over');
  expect((await ended).map((result) => result.status === 'rejected' && result.reason)).toEqual(Array(6).fill('over'));
  expect(server.requests).toHaveLength(2);
});

test('the watch is told how long a start waited and of requests that brought no answer, not of other errors', async () => {
  let time = 0;
  const told: (number | string)[] = [];
  const ends = [new UpstreamFailure('HTTP 503'), new GorodError('BAD_KEY', 'refused'), undefined];
  const upstream: Upstream<string, string> = {
    origin: 'http://127.0.0.1',
    async ask(question) {
      const end = ends.shift();
      if (end !== undefined) throw end;
      return question.toUpperCase();
    },
  };
  const limit: RateLimit = {
    acquire: async () => {
      time += 250;
    },
    penalize: () => {},
  };
  const watched = limited(upstream, limit, {
    onRequest: (waitedMs) => told.push(waitedMs),
    onFailure: () => told.push('failure'),
    now: () => time,
  });
  await expect(watched.ask('tula')).rejects.toThrow('HTTP 503');
  await expect(watched.ask('tula')).rejects.toThrow('refused');
  expect(await watched.ask('tula')).toBe('TULA');
  expect(told).toEqual([250, 'failure', 250, 250]);
});
