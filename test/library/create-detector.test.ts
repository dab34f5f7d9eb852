import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createDetector, detect, enrich, GorodError, openCache, openGazetteer } from '../../src/index.ts';
import { gorod, temporaryFolder } from '../support/cli.ts';
import { startScriptedUpstream } from '../support/scripted-upstream.ts';
import { CLIENT_ID, CLIENT_SECRET, startScriptedV2 } from '../support/scripted-v2.ts';

const KEY = 'library-key-4711';
const ROW = { postcode: '675000', address: 'Lenina 21, Blagoveschensk', cod: 100 };
const FAST = { retries: 0, timeoutMs: 1000, maxWaitMs: 0, rate: 1000 } as const;

test('equal questions share one request, and a cache file serves the next detector', async () => {
  await using upstream = await startScriptedUpstream();
  using folder = temporaryFolder();
  const options = { developerKey: KEY, endpoints: [upstream.url], ...FAST };
  const sources = async () => {
    using cache = await openCache(folder.file('answers.sqlite'));
    await using detector = await createDetector({ ...options, cache });
    const found: string[] = [];
    for await (const { columns } of enrich([ROW, ROW, ROW], detector)) found.push(columns.source);
    return { found, requests: detector.meter.requests };
  };
  expect(await sources()).toEqual({ found: ['api', 'api', 'api'], requests: 1 });
  expect(await sources()).toEqual({ found: ['cache', 'cache', 'cache'], requests: 0 });
  expect(upstream.requests).toHaveLength(1);
  expect(JSON.stringify(upstream.requests[0])).toContain(KEY);
});

test('two detectors may stand on one cache in memory; it stays open when the first is closed', async () => {
  await using upstream = await startScriptedUpstream();
  using cache = await openCache();
  const options = { developerKey: KEY, endpoints: [upstream.url], cache, ...FAST };
  const first = await createDetector(options);
  await detect(ROW, first);
  await first.close();
  // What was fetched in this very millisecond would still count as asked now.
  await setTimeout(5);
  await first.close();
  await using second = await createDetector(options);
  expect((await detect(ROW, second)).columns.source).toBe('cache');
  expect(upstream.requests).toHaveLength(1);
});

test('what gorod learn has put into a cache file wins over every detector, and only there', async () => {
  using folder = temporaryFolder();
  const file = folder.file('answers.sqlite');
  const wrong = { postcode: '630024', address: 'Novorossiysk, ul Vidova 5' };
  const review = `postcode,address,fix_postcode\n${wrong.postcode},"${wrong.address}",353900\n`;
  writeFileSync(folder.file('review.csv'), review);
  const learnt = await gorod(['learn', folder.file('review.csv'), '--cache', file, '--detector', 'local']);
  expect(learnt.code).toBe(0);
  using cache = await openCache(file);
  await using knowing = await createDetector({ detector: 'local', cache });
  const { columns, judgement } = await detect(wrong, knowing);
  expect([judgement.verdict, columns.source, columns.city_name]).toEqual(['accept', 'override', 'Новороссийск']);
  await using unknowing = await createDetector({ detector: 'local' });
  expect((await detect(wrong, unknowing)).judgement.verdict).toBe('review');
});

test('an open detector knows what is learnt meanwhile, also of a row whose postcode is none', async () => {
  using folder = temporaryFolder();
  const file = folder.file('answers.sqlite');
  using cache = await openCache(file);
  await using detector = await createDetector({ detector: 'local', cache });
  const row = { postcode: '67500', address: 'Lenina 1, Tula' };
  expect((await detect(row, detector)).columns.status).toBe('ERR_BAD_POSTCODE');
  writeFileSync(folder.file('review.csv'), 'postcode,address,fix_postcode\n67500,"Lenina 1, Tula",300000\n');
  const learnt = await gorod(['learn', folder.file('review.csv'), '--cache', file, '--detector', 'local']);
  expect(learnt.code).toBe(0);
  await expect.poll(async () => (await detect(row, detector)).columns.source, { timeout: 20_000 }).toBe('override');
  const { outcome } = await detect(row, detector);
  expect(outcome).toMatchObject({ kind: 'answered', settled: { postcode: '300000' } });
});

test('without a cache nothing is written anywhere', async () => {
  await using upstream = await startScriptedUpstream();
  using folder = temporaryFolder();
  const env = { HOME: folder.path, XDG_CACHE_HOME: folder.path };
  await using detector = await createDetector({ developerKey: KEY, endpoints: [upstream.url], env, ...FAST });
  expect((await detect(ROW, detector)).columns.source).toBe('api');
  expect(readdirSync(folder.path)).toEqual([]);
});

test('API v2 is asked as an OAuth client', async () => {
  await using v2 = await startScriptedV2();
  const options = { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, endpoints: [v2.origin], ...FAST };
  await using detector = await createDetector({ detector: 'cdek', ...options });
  expect(detector.described).toContain('cdek');
  expect((await detect(ROW, detector)).outcome.kind).toBe('answered');
});

describe('an API that fails', () => {
  test('defers the row', async () => {
    await using upstream = await startScriptedUpstream({ reply: () => ({ kind: 'http', status: 503 }) });
    await using detector = await createDetector({ developerKey: KEY, endpoints: [upstream.url], ...FAST });
    const { judgement, outcome } = await detect(ROW, detector);
    expect(judgement).toMatchObject({ status: 'DEFERRED', verdict: 'retry' });
    expect(JSON.stringify(outcome)).not.toContain(KEY);
  });

  test('lets the local detector answer for review where that was asked for', async () => {
    await using upstream = await startScriptedUpstream({ reply: () => ({ kind: 'http', status: 503 }) });
    const options = { developerKey: KEY, endpoints: [upstream.url], fallback: 'local', ...FAST } as const;
    await using detector = await createDetector(options);
    expect((await detect(ROW, detector)).judgement).toMatchObject({ status: 'OK', verdict: 'review' });
  });

  test('that refuses the key rejects with BAD_KEY, without the key in it', async () => {
    const body = { status_code: 'ERR_BAD_DEVKEY', status_msg: 'x' };
    await using upstream = await startScriptedUpstream({ reply: () => ({ kind: 'answer', body }) });
    await using detector = await createDetector({ developerKey: KEY, endpoints: [upstream.url], ...FAST });
    const error: unknown = await detect(ROW, detector).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(GorodError);
    expect(error).toMatchObject({ code: 'BAD_KEY' });
    expect(String(error)).not.toContain(KEY);
  });
});

test('a request that hangs is let go of when the signal aborts', async () => {
  await using upstream = await startScriptedUpstream({ reply: () => ({ kind: 'hang' }) });
  await using detector = await createDetector({ developerKey: KEY, endpoints: [upstream.url], rate: 1000 });
  const stop = new AbortController();
  const asked = detect(ROW, detector, { signal: stop.signal });
  const ended = expect(asked).rejects.toThrow('enough');
  stop.abort(new Error('enough'));
  await ended;
});

describe('the process is left alone:', () => {
  test('its variables count only where they are handed over', async () => {
    process.env.CDEK_DEVELOPER_KEY = KEY;
    try {
      await using alone = await createDetector();
      expect(alone.id).toBe('local');
      await using handed = await createDetector({ env: process.env, endpoints: ['http://127.0.0.1:1/x'] });
      expect(handed.id).toBe('api');
    } finally {
      delete process.env.CDEK_DEVELOPER_KEY;
    }
  });

  test('GOROD_ variables never count', async () => {
    const env = { GOROD_DETECTOR: 'api', GOROD_RATE: 'nonsense' };
    await using detector = await createDetector({ env });
    expect(detector.id).toBe('local');
  });
});

test.each([
  [{ detector: 'api' }, 'BAD_KEY', /developer key/],
  [{ detector: 'cdek' }, 'BAD_KEY', /OAuth/],
  [{ rate: -1 }, 'BAD_OPTION', /--rate/],
  [{ concurrency: 0 }, 'BAD_OPTION', /--concurrency/],
  [{ timeoutMs: Number.NaN }, 'BAD_OPTION', /--timeout/],
  [{ endpoints: ['ftp://x'] }, 'BAD_OPTION', /--endpoint/],
  [{ developerKey: KEY, endpoints: ['http://example.org/x'] }, 'BAD_OPTION', /--allow-http/],
  [{ gazetteer: '/nowhere/gazetteer.sqlite' }, 'GAZETTEER_UNUSABLE', /nowhere/],
] as const)('%j is refused as %s', async (options, code, message) => {
  const error: unknown = await createDetector(options).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
  expect(String(error)).not.toContain(KEY);
});

test('a cache file that cannot be opened is CACHE_UNUSABLE', async () => {
  using folder = temporaryFolder();
  await expect(openCache(folder.file('no/such/\0file'))).rejects.toThrow();
  await expect(openCache(folder.path)).rejects.toMatchObject({ code: 'CACHE_UNUSABLE' });
  expect(existsSync(folder.path)).toBe(true);
});

test('a gazetteer tells what a postcode may mean', async () => {
  using gazetteer = await openGazetteer();
  const { basis, owners } = gazetteer.candidates('675000');
  expect(basis).not.toBe('none');
  expect(owners[0]?.cityCode).toBe('286');
  expect(gazetteer.candidates('000000').basis).toBe('none');
  expect(gazetteer.subjects().length).toBeGreaterThan(80);
  await expect(openGazetteer('/nowhere')).rejects.toMatchObject({ code: 'GAZETTEER_UNUSABLE' });
});
