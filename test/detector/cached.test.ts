import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { questionKey } from '../../src/address/key.ts';
import type { AddressQuery } from '../../src/address/query.ts';
import type { AnswerCache } from '../../src/cache/cache.ts';
import { memoryCache } from '../../src/cache/memory-cache.ts';
import { openSqliteCache } from '../../src/cache/sqlite-cache.ts';
import { detectCityUpstream } from '../../src/cdek/detect-city.ts';
import { type CachedOptions, cached } from '../../src/detector/cached.ts';
import type { Detector } from '../../src/detector/detector.ts';
import { retried } from '../../src/detector/retried.ts';
import { slidingWindow } from '../../src/detector/sliding-window.ts';
import {
  mixedFaults,
  type ScriptedUpstream,
  type ScriptedUpstreamOptions,
  startScriptedUpstream,
} from '../support/scripted-upstream.ts';
import { query } from './query.ts';

const JOB_START = 1_000_000_000;
const DAY = 86_400_000;
const PERM = { postcode: '614000', address: 'ul. Lenina 1, Perm' };
const NOWHERE = { address: 'Lenina 21, 2 Badcityname' };

let server: ScriptedUpstream;
let cache: AnswerCache;
const servers: ScriptedUpstream[] = [];

async function serve(options: ScriptedUpstreamOptions = {}): Promise<void> {
  server = await startScriptedUpstream(options);
  servers.push(server);
}

beforeEach(async () => {
  cache = memoryCache();
  await serve();
});
afterEach(async () => {
  for (const running of servers.splice(0)) await running.close();
});

/** A detector for a job that began at `jobStart` and whose clock stands ten seconds later. */
function job(
  options: Partial<CachedOptions> & { readonly jobStart?: number; readonly retries?: number } = {},
): Detector {
  const { jobStart = JOB_START, retries = 0, ...rest } = options;
  const client = detectCityUpstream({ url: server.url, developerKey: 'key', timeoutMs: 5000 });
  const upstream = retried(client, { retries, limit: slidingWindow({ perSecond: 1000 }), sleep: async () => {} });
  const lifetimes = { ttlMs: 30 * DAY, negativeTtlMs: 3 * DAY };
  return cached(upstream, { id: 'api', cache, jobStart, now: () => jobStart + 10_000, ...lifetimes, ...rest });
}

/** What a row gets: recall first, else ask. */
async function row(detector: Detector, asked: AddressQuery) {
  const outcome = detector.recall([asked])[0] ?? (await detector.ask(asked));
  if (outcome.kind === 'deferred') return `deferred: ${outcome.reason}`;
  const { detection, source } = outcome;
  return `${detection.status_code} ${detection.detected_cdek_city?.cityCode ?? '-'} ${source}`;
}

function amounts(): unknown[] {
  return server.requests.map((request) => (request.body as { cod_rub: unknown }).cod_rub);
}

describe('a question', () => {
  test('is asked once and then recalled, for every amount that the limit judges', async () => {
    const detector = job();
    expect(detector.recall([query()])).toEqual([undefined]);
    expect(await row(detector, query())).toBe('OK 286 api');
    expect(await row(detector, query({ codRub: 1e6, address: 'LENINA 21 2, Blagoveschensk' }))).toBe('OK 286 api');
    expect(server.requests).toHaveLength(1);
  });

  test('that another job asked comes from the cache', async () => {
    await row(job(), query());
    expect(await row(job({ jobStart: JOB_START + DAY }), query())).toBe('OK 286 cache');
    expect(server.requests).toHaveLength(1);
  });

  test('is recalled in a batch, in order, with gaps where it has to be asked', async () => {
    const detector = job();
    await detector.ask(query());
    const recalled = detector.recall([query(PERM), query(), query(NOWHERE), query()]);
    expect(recalled.map((answer) => answer?.detection.status_code)).toEqual([undefined, 'OK', undefined, 'OK']);
  });

  test('is found by `ask` too when it was answered since `recall`', async () => {
    const [one, two] = [job(), job()];
    expect(two.recall([query()])).toEqual([undefined]);
    await one.ask(query());
    expect(await two.ask(query())).toMatchObject({ kind: 'answered', source: 'api' });
    expect(server.requests).toHaveLength(1);
  });

  test('has an answer committed before anyone gets it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gorod-cached-'));
    const opened = openSqliteCache(join(folder, 'answers.sqlite'));
    const seen = openSqliteCache(join(folder, 'answers.sqlite'));
    const key = questionKey({ detectorId: 'api', origin: server.origin }, query());
    await job({ cache: opened.cache }).ask(query());
    expect(seen.cache.getMany([key])[0]?.detection.status_code).toBe('OK');
    opened.cache.close();
    seen.cache.close();
    rmSync(folder, { recursive: true });
  });
});

describe('the age of an answer is judged when the job begins', () => {
  test.each([
    ['found, within the ttl', {}, 30 * DAY - 1, 1],
    ['found, past the ttl', {}, 30 * DAY, 2],
    ['not found, within the negative ttl', NOWHERE, 3 * DAY - 1, 1],
    ['not found, past the negative ttl', NOWHERE, 3 * DAY, 2],
  ])('%s', async (_, fields, age, requests) => {
    await row(job({ now: () => JOB_START }), query(fields));
    await row(job({ jobStart: JOB_START + age }), query(fields));
    expect(server.requests).toHaveLength(requests);
  });

  test('an expired answer that was asked again belongs to the job', async () => {
    await row(job(), query());
    const later = job({ jobStart: JOB_START + 31 * DAY });
    expect(await row(later, query())).toBe('OK 286 api');
    expect(await row(later, query())).toBe('OK 286 api');
    expect(server.requests).toHaveLength(2);
  });

  test('--refresh asks again what is older than the job, and only that, also after a resume', async () => {
    await row(job(), query());
    const jobStart = JOB_START + DAY;
    expect(await row(job({ jobStart, refresh: true }), query())).toBe('OK 286 api');
    expect(await row(job({ jobStart, refresh: true }), query())).toBe('OK 286 api');
    expect(server.requests).toHaveLength(2);
  });

  test('a clock that is set back during the job does not make it ask twice', async () => {
    const detector = job({ refresh: true, now: () => JOB_START - DAY });
    await row(detector, query());
    expect(await row(detector, query())).toBe('OK 286 api');
    expect(server.requests).toHaveLength(1);
  });

  test('where every call is a job of its own, as in a server, answers age as the clock goes on', async () => {
    let time = JOB_START;
    const detector = cached(detectCityUpstream({ url: server.url, developerKey: 'key', timeoutMs: 5000 }), {
      id: 'api',
      cache,
      jobStart: () => time,
      now: () => time,
      ttlMs: DAY,
      negativeTtlMs: DAY,
    });
    expect(await row(detector, query())).toBe('OK 286 api');
    time += DAY - 1;
    expect(await row(detector, query())).toBe('OK 286 cache');
    time += 1;
    expect(await row(detector, query())).toBe('OK 286 api');
    expect(server.requests).toHaveLength(2);
  });
});

describe('where the API does not tell the limit', () => {
  beforeEach(() => serve({ hideLimits: true }));

  test('an amount is asked unless a smaller refusal or a larger consent answers it', async () => {
    const detector = job();
    const statuses: string[] = [];
    for (const codRub of [1000, 500, 4000, 9000, 2500, 3500, 0]) {
      statuses.push(await row(detector, query({ ...PERM, codRub })));
    }
    expect(statuses).toEqual([
      'OK 248 api',
      'OK 248 api',
      'COD_LIMIT_EXCEEDED 248 api',
      'COD_LIMIT_EXCEEDED 248 api',
      'OK 248 api',
      'COD_LIMIT_EXCEEDED 248 api',
      'OK 248 api',
    ]);
    expect(amounts()).toEqual([1000, 4000, 2500, 3500]);
  });

  test('a resumed job gives every row the source that the uninterrupted one gave it', async () => {
    await row(job(), query({ ...PERM, codRub: 1000 }));
    const jobStart = JOB_START + DAY;
    const rows = [500, 5000, 1000, 2000, 500, 6000].map((codRub) => query({ ...PERM, codRub }));
    const run = async (detector: Detector) => {
      const outcomes: string[] = [];
      for (const asked of rows) outcomes.push(await row(detector, asked));
      return outcomes;
    };
    const whole = await run(job({ jobStart }));
    expect(whole).toEqual([
      'OK 248 cache',
      'COD_LIMIT_EXCEEDED 248 api',
      'OK 248 cache',
      'OK 248 api',
      'OK 248 cache',
      'COD_LIMIT_EXCEEDED 248 api',
    ]);
    const before = server.requests.length;
    expect(await run(job({ jobStart }))).toEqual(whole);
    expect(server.requests).toHaveLength(before);
  });
});

describe('an amount that is too much for a city that is not named', () => {
  test('is asked once more without an amount, which tells the city', async () => {
    await serve({ hideExceededCity: true });
    const detector = job();
    expect(await row(detector, query({ ...PERM, codRub: 9000 }))).toBe('COD_LIMIT_EXCEEDED 248 api');
    expect(await row(detector, query({ ...PERM, codRub: 3000 }))).toBe('OK 248 api');
    expect(amounts()).toEqual([9000, 0]);
  });

  test('also where the limit is not told either', async () => {
    await serve({ hideExceededCity: true, hideLimits: true });
    const detector = job();
    expect(await row(detector, query({ ...PERM, codRub: 9000 }))).toBe('COD_LIMIT_EXCEEDED 248 api');
    expect(await row(detector, query({ ...PERM, codRub: 4000 }))).toBe('COD_LIMIT_EXCEEDED 248 api');
    expect(await row(detector, query({ ...PERM, codRub: 2000 }))).toBe('OK 248 api');
    expect(amounts()).toEqual([9000, 0, 4000, 2000]);
  });

  test('stays as it is when that fails, and the next job asks again', async () => {
    await serve({ hideExceededCity: true, reply: (i) => (i === 1 ? { kind: 'reset' } : { kind: 'answer' }) });
    const asked = query({ ...PERM, codRub: 9000 });
    expect(await row(job(), asked)).toBe('COD_LIMIT_EXCEEDED - api');
    expect(await row(job(), asked)).toBe('COD_LIMIT_EXCEEDED - api');
    expect(amounts()).toEqual([9000, 0]);
    expect(await row(job({ jobStart: JOB_START + DAY }), asked)).toBe('COD_LIMIT_EXCEEDED 248 api');
    expect(amounts()).toEqual([9000, 0, 9000, 0]);
  });

  test('stays as it is when the second answer is none about the amount', async () => {
    const other = { kind: 'answer', body: { status_code: 'ERR_MANY_CITIES_IN_ADDRESS' } } as const;
    await serve({ hideExceededCity: true, reply: (i) => (i === 1 ? other : { kind: 'answer' }) });
    expect(await row(job(), query({ ...PERM, codRub: 9000 }))).toBe('COD_LIMIT_EXCEEDED - api');
  });
});

describe('equal questions at one time', () => {
  beforeEach(() => serve({ latencyMs: 20 }));

  test('share one request, with the amount of the first', async () => {
    const detector = job();
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        row(detector, query({ codRub: 100 + i, address: `Lenina${' '.repeat(i + 1)}21 Blagoveschensk` })),
      ),
    );
    expect(new Set(outcomes)).toEqual(new Set(['OK 286 api']));
    expect(amounts()).toEqual([100]);
  });

  test('ask further only for an amount that the shared answer leaves open', async () => {
    await serve({ latencyMs: 20, hideLimits: true });
    const detector = job();
    const outcomes = await Promise.all(
      [1000, 500, 9000, 9500, 800].map((codRub) => row(detector, query({ ...PERM, codRub }))),
    );
    expect(outcomes.map((outcome) => outcome.split(' ')[0])).toEqual([
      'OK',
      'OK',
      'COD_LIMIT_EXCEEDED',
      'COD_LIMIT_EXCEEDED',
      'OK',
    ]);
    expect(amounts()).toEqual([1000, 9000]);
  });

  test('share a failure too, and the next one after it asks anew', async () => {
    server.script({ kind: 'http', status: 503 });
    const detector = job();
    const outcomes = await Promise.all([1, 2, 3].map(() => row(detector, query())));
    expect(outcomes).toEqual(Array(3).fill('deferred: HTTP 503'));
    expect(await row(detector, query())).toBe('OK 286 api');
    expect(server.requests).toHaveLength(2);
  });

  test('share an unknown code, which is passed through and not stored', async () => {
    server.script({ kind: 'answer', latencyMs: 20, body: { status_code: 'ERR_NEW' } });
    const detector = job();
    expect(await Promise.all([row(detector, query()), row(detector, query())])).toEqual(Array(2).fill('ERR_NEW - api'));
    expect(detector.recall([query()])).toEqual([undefined]);
    expect(await row(detector, query())).toBe('OK 286 api');
  });
});

describe('nothing is stored', () => {
  test.each([
    ['of a failure', { kind: 'http', status: 503 }, 'deferred: HTTP 503'],
    ['of an internal error', { kind: 'internal' }, 'deferred: ERR_INTERNAL'],
    ['of an unusable body', { kind: 'html' }, 'deferred: body is not JSON'],
    ['of an unknown code', { kind: 'answer', body: { status_code: 'ERR_NEW' } }, 'ERR_NEW - api'],
  ] as const)('%s', async (_, reply, outcome) => {
    server.script(reply);
    expect(await row(job(), query())).toBe(outcome);
    expect(job().recall([query()])).toEqual([undefined]);
  });

  test('of what a gorod that was asked gave in place of its upstream', async () => {
    const body = { status_code: 'OK', detected_cdek_city: { cityCode: '286', cityName: 'X' }, fallback: true };
    server.script({ kind: 'answer', body });
    const first = await job().ask(query());
    expect(first).toMatchObject({ detection: { fallback: true }, source: 'local' });
    expect(await row(job({ jobStart: JOB_START + 1 }), query())).toBe('OK 286 api');
    expect(server.requests).toHaveLength(2);
  });

  test('of a refused key, which ends the run for all who wait', async () => {
    server.script({ kind: 'answer', body: { status_code: 'ERR_NO_DEVKEY' }, latencyMs: 20 });
    const detector = job({ retries: 5 });
    const results = await Promise.allSettled([detector.ask(query()), detector.ask(query())]);
    expect(results).toMatchObject(Array(2).fill({ status: 'rejected', reason: { code: 'BAD_KEY' } }));
    expect(server.requests).toHaveLength(1);
    expect(detector.recall([query()])).toEqual([undefined]);
  });
});

describe('an abort', () => {
  beforeEach(() => serve({ latencyMs: 60 }));

  test('of one caller ends only its own wait; the request goes on for the others', async () => {
    const detector = job();
    const abort = new AbortController();
    const first = detector.ask(query(), { signal: abort.signal });
    const second = detector.ask(query());
    abort.abort('gone');
    await expect(first).rejects.toBe('gone');
    expect(await second).toMatchObject({ kind: 'answered' });
    expect(server.requests).toHaveLength(1);
  });

  test('of the only caller leaves the answer in the cache for the next', async () => {
    const detector = job();
    const abort = new AbortController();
    const gone = detector.ask(query(), { signal: abort.signal });
    abort.abort('gone');
    await expect(gone).rejects.toBe('gone');
    expect(await row(detector, query())).toBe('OK 286 api');
    expect(server.requests).toHaveLength(1);
  });

  test('of the run ends the request and everyone who waits, and stores nothing', async () => {
    await serve({ reply: () => ({ kind: 'hang' }) });
    const run = new AbortController();
    const detector = job({ signal: run.signal });
    const ended = Promise.allSettled([detector.ask(query()), detector.ask(query())]);
    while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    run.abort('over');
    expect(await ended).toEqual(Array(2).fill({ status: 'rejected', reason: 'over' }));
    expect(detector.recall([query()])).toEqual([undefined]);
  });

  test('by hundreds who listen to one signal raises no warning', async () => {
    const warnings: Error[] = [];
    const note = (warning: Error) => warnings.push(warning);
    process.on('warning', note);
    const run = new AbortController();
    const detector = job({ signal: run.signal });
    const questions = Array.from({ length: 60 }, (_, i) => query({ address: `Lenina ${i}, Blagoveschensk` }));
    await Promise.all(questions.map((asked) => detector.ask(asked, { signal: run.signal })));
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', note);
    expect(warnings).toEqual([]);
  });
});

test('any rows in any order give the same outcomes with faults as without, and one request per question at the least', async () => {
  const PLACES = [query(), query(PERM), query(NOWHERE), query({ postcode: '300000', address: 'Tula' })];
  const rows = fc.array(
    fc.record({ place: fc.constantFrom(...PLACES), codRub: fc.constantFrom(0, 2000, 3000, 3001) }),
    {
      maxLength: 25,
    },
  );
  await fc.assert(
    fc.asyncProperty(rows, fc.integer(), async (asked, seed) => {
      const queries = asked.map(({ place, codRub }) => ({ ...place, codRub }));
      const run = async (options: ScriptedUpstreamOptions) => {
        await serve({ ...options, hideExceededCity: true });
        const detector = job({ cache: memoryCache(), retries: 50 });
        return Promise.all(queries.map((q) => row(detector, q)));
      };
      const calm = await run({});
      const distinct = new Set(queries.map((q) => q.address)).size;
      expect(server.requests.length).toBeGreaterThanOrEqual(distinct);
      expect(server.requests.length).toBeLessThanOrEqual(distinct * 2);
      const faults = mixedFaults(0.3, seed, [{ kind: 'http', status: 429, retryAfter: '0' }, { kind: 'empty' }]);
      expect(await run({ reply: faults })).toEqual(calm);
    }),
    { numRuns: 15 },
  );
});

test('that the API did not find a city once is kept beside its new answer, and serves nothing', async () => {
  await row(job(), query(NOWHERE));
  await row(job({ jobStart: JOB_START + 4 * DAY }), query(NOWHERE));
  const key = questionKey({ detectorId: 'api', origin: server.origin }, query(NOWHERE));
  expect(cache.getMany([key])).toMatchObject([{ earlier: { fetchedAt: JOB_START + 10_000, expired: true } }]);
  expect(await row(job({ jobStart: JOB_START + 5 * DAY, negativeTtlMs: 30 * DAY }), query(NOWHERE))).toBe(
    'ERR_NOT_DETECT_CITY_IN_ADDRESS - cache',
  );
  // A refusal that was still valid when it was renewed is no expired one.
  await row(job({ jobStart: JOB_START + 6 * DAY, refresh: true }), query(NOWHERE));
  expect(cache.getMany([key])[0]).not.toHaveProperty('earlier');
  expect(server.requests).toHaveLength(3);
});
