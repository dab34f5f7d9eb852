import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { detectCityUpstream } from '../../src/cdek/detect-city.ts';
import { failover } from '../../src/detector/failover.ts';
import { UpstreamFailure } from '../../src/detector/upstream.ts';
import { type ScriptedUpstream, startScriptedUpstream } from '../support/scripted-upstream.ts';
import { query } from './query.ts';

let first: ScriptedUpstream;
let second: ScriptedUpstream;
beforeEach(async () => {
  first = await startScriptedUpstream();
  second = await startScriptedUpstream();
});
afterEach(async () => {
  await first.close();
  await second.close();
});

function both(now = () => 0) {
  const open = (url: string) => detectCityUpstream({ url, developerKey: 'key', timeoutMs: 2000 });
  return failover([open(first.url), open(second.url)], { now });
}

describe('of two endpoints', () => {
  test('the second is not asked while the first answers', async () => {
    expect((await both().ask(query())).status_code).toBe('OK');
    expect([first.requests.length, second.requests.length]).toEqual([1, 0]);
  });

  test('the second answers what the first cannot, and is asked first from then on', async () => {
    const upstream = both();
    await first.close();
    for (let i = 0; i < 3; i++) expect((await upstream.ask(query())).status_code).toBe('OK');
    expect(second.requests).toHaveLength(3);
  });

  test('the first is asked again when the second fails in its turn', async () => {
    const upstream = both();
    first.script({ kind: 'http', status: 503 });
    await upstream.ask(query());
    second.script({ kind: 'http', status: 502 });
    expect((await upstream.ask(query())).status_code).toBe('OK');
    expect([first.requests.length, second.requests.length]).toEqual([2, 2]);
  });

  test('both may fail: then the question has failed', async () => {
    first.script({ kind: 'http', status: 503 });
    second.script({ kind: 'http', status: 502 });
    await expect(both().ask(query())).rejects.toThrow(new UpstreamFailure('HTTP 502', { status: 502 }));
  });

  test('the first rests for five seconds after a failure, and is taken again when it answers then', async () => {
    let time = 0;
    const upstream = both(() => time);
    first.script({ kind: 'http', status: 503 }, { kind: 'reset' });
    const counts = [];
    for (time of [0, 4999, 5000, 14_999, 15_000, 15_001]) {
      expect((await upstream.ask(query())).status_code).toBe('OK');
      counts.push([first.requests.length, second.requests.length]);
    }
    expect(counts).toEqual([
      [1, 1],
      [1, 2],
      // Still dead: the next rest is twice as long.
      [2, 3],
      [2, 4],
      [3, 4],
      [4, 4],
    ]);
  });

  test('the first gives its origin, whichever answers', async () => {
    const upstream = both();
    first.script({ kind: 'reset' });
    await upstream.ask(query());
    expect(upstream.origin).toBe(first.origin);
  });

  test('an answer that finds nothing is an answer', async () => {
    const detection = await both().ask(query({ address: 'Badcityname' }));
    expect(detection.status_code).toBe('ERR_NOT_DETECT_CITY_IN_ADDRESS');
    expect(second.requests).toHaveLength(0);
  });

  test('a refused key ends the run and is not carried on', async () => {
    first.script({ kind: 'answer', body: { status_code: 'ERR_BAD_DEVKEY' } });
    await expect(both().ask(query())).rejects.toMatchObject({ code: 'BAD_KEY' });
    expect(second.requests).toHaveLength(0);
  });
});
