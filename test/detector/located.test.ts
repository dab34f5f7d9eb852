import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AddressQuery } from '../../src/address/query.ts';
import { memoryPostcodes, type PostcodeCache } from '../../src/cache/postcode-cache.ts';
import { openSqliteCache } from '../../src/cache/sqlite-cache.ts';
import type { Detector } from '../../src/detector/detector.ts';
import { createLocator } from '../../src/detector/located/candidates.ts';
import { type LocatedOptions, located } from '../../src/detector/located.ts';
import { builtinGazetteerFile } from '../../src/gazetteer/builtin-file.ts';
import { loadSubjectFinder } from '../../src/gazetteer/load-draft.ts';
import { openGazetteer } from '../../src/gazetteer/sqlite-gazetteer.ts';
import { openV2 } from '../cdek/api-v2.ts';
import { type ScriptedV2, type ScriptedV2Options, startScriptedV2, V2_CITIES } from '../support/scripted-v2.ts';
import { SEED_CDEK_CITY, SEED_FIAS_CITY } from '../support/seed-example.ts';
import { query } from './query.ts';

const JOB_START = 1_000_000_000;
const DAY = 86_400_000;
const gazetteer = openGazetteer(builtinGazetteerFile());
const locate = createLocator(gazetteer, loadSubjectFinder());

let server: ScriptedV2;
let cache: PostcodeCache;

async function serve(options: ScriptedV2Options = {}): Promise<void> {
  await server?.close();
  server = await startScriptedV2(options);
}

beforeEach(async () => {
  cache = memoryPostcodes();
  await serve();
});
afterEach(() => server.close());
afterAll(() => gazetteer.close());

/** A detector for a job that began at `jobStart` and whose clock stands ten seconds later. */
function job({ jobStart = JOB_START, ...rest }: Partial<LocatedOptions> = {}): Detector {
  const began = typeof jobStart === 'number' ? jobStart : JOB_START;
  const lifetimes = { ttlMs: 30 * DAY, negativeTtlMs: 3 * DAY };
  const upstream = openV2(server.origin);
  return located(upstream, {
    id: 'cdek',
    cache,
    locate,
    jobStart,
    now: () => began + 10_000,
    ...lifetimes,
    ...rest,
  });
}

/** What a row gets: recall first, else ask. */
async function outcome(detector: Detector, asked: AddressQuery = query()) {
  return detector.recall([asked])[0] ?? (await detector.ask(asked));
}

async function row(detector: Detector, asked: AddressQuery = query()) {
  const got = await outcome(detector, asked);
  if (got.kind === 'deferred') return `deferred: ${got.reason}`;
  return `${got.detection.status_code} ${got.detection.detected_cdek_city?.cityCode ?? '-'} ${got.source}`;
}

describe('an answer', () => {
  test('has the shape of detect-city, field for field', async () => {
    const got = await outcome(job());
    expect(got).toMatchObject({
      source: 'api',
      detection: {
        status_code: 'OK',
        detected_cdek_city: SEED_CDEK_CITY,
        detected_fias_city: SEED_FIAS_CITY,
        possible_cities: ['Благовещенск'],
      },
    });
  });

  test.each([
    [-1, 9e9, 'OK'],
    [0, 0, 'OK'],
    [0, 1, 'COD_LIMIT_EXCEEDED'],
    [3000, 3000, 'OK'],
    [3000, 3000.01, 'COD_LIMIT_EXCEEDED'],
    [undefined, 9e9, 'OK'],
  ])('with the payment limit %j says of %d roubles %s', async (payment_limit, codRub, status) => {
    await serve({ cities: [{ ...V2_CITIES[0], postal_codes: ['675000'], payment_limit }] });
    const got = await outcome(job(), query({ codRub }));
    expect(got).toMatchObject({ detection: { status_code: status } });
    if (got.kind === 'answered') expect(got.detection.detected_cdek_city?.paymentLimit).toBe(payment_limit);
  });

  test('chooses among several places, and names them all', async () => {
    const asked = query({ postcode: '692000', address: 'Primorskiy kray, Nahodka, Lenina 5' });
    expect(await outcome(job(), asked)).toMatchObject({
      detection: {
        status_code: 'OK',
        detected_cdek_city: { cityCode: '501' },
        possible_cities: ['Уссурийск', 'Находка'],
      },
    });
  });

  test('says that the address names another place', async () => {
    const asked = query({ postcode: '300001', address: 'Novosibirsk, Lenina 3' });
    expect(await outcome(job(), asked)).toMatchObject({
      detection: { status_code: 'ERR_NOT_DETECT_CITY_IN_ADDRESS', possible_cities: ['Тула'] },
      note: { kind: 'elsewhere', named: 'Новосибирск', postcode: '300001', postcodePlace: 'Тула' },
    });
  });

  test('knows nothing of a postcode that nobody has', async () => {
    const got = await outcome(job(), query({ postcode: '999999', address: 'Tula' }));
    expect(got).toEqual({
      kind: 'answered',
      source: 'api',
      forEveryAmount: true,
      postcodeCities: 0,
      detection: { status_code: 'ERR_NOT_DETECT_CITY_IN_ADDRESS' },
      note: { kind: 'foreign-postcode', postcode: '999999' },
    });
  });

  test('says nothing against a postcode of Russia that CDEK does not have', async () => {
    expect(await outcome(job(), query({ postcode: '675999', address: 'Tula' }))).not.toHaveProperty('note');
  });
});

describe('what API v2 knows of a place decides the status', () => {
  const GUID = '11111111-2222-4333-8444-555555555555';
  const place = { city: 'Небывалово', region: 'Амурская область', region_code: 56, postal_codes: ['675000'] };
  const code = { code: 4711 };
  const guid = { fias_guid: GUID };

  test.each<[string, Record<string, unknown>, boolean, string, unknown, unknown]>([
    ['code and GUID', { ...code, ...guid }, false, 'OK', '4711', GUID],
    ['code and GUID', { ...code, ...guid }, true, 'OK', undefined, GUID],
    ['a code', code, false, 'OK', '4711', undefined],
    ['a code', code, true, 'ERR_CDEK_HAS_NO_FIAS_GUID', undefined, undefined],
    ['a GUID', guid, false, 'ERR_CDEK_HAS_NO_FIAS_GUID', undefined, GUID],
    ['a GUID', guid, true, 'OK', undefined, GUID],
    ['neither', {}, false, 'ERR_CDEK_HAS_NO_FIAS_GUID', undefined, undefined],
    ['neither', {}, true, 'ERR_CDEK_HAS_NO_FIAS_GUID', undefined, undefined],
  ])('%s: %j, fias_only %s: %s', async (_, known, fiasOnly, status, cityCode, fiasGuid) => {
    await serve({ cities: [{ ...place, ...known }] });
    const got = await outcome(job(), query({ address: 'Nebyvalovo, Lenina 1', fiasOnly }));
    if (got.kind === 'deferred') throw new Error(got.reason);
    const { detection } = got;
    expect(detection.status_code).toBe(status);
    expect(detection.detected_cdek_city?.cityCode).toBe(cityCode);
    expect(detection.detected_cdek_city?.fiasGuid).toBe(cityCode === undefined ? undefined : fiasGuid);
    expect(detection.detected_fias_city).toMatchObject({ formal_name: 'Небывалово' });
    expect(detection.detected_fias_city?.guid).toBe(fiasGuid);
  });

  test('a GUID that it leaves out comes from the gazetteer by KLADR', async () => {
    const { fias_guid: _, ...bare } = V2_CITIES[0] ?? { postal_codes: [] };
    await serve({ cities: [bare] });
    expect(await outcome(job(), query({ fiasOnly: true }))).toMatchObject({
      detection: { status_code: 'OK', detected_fias_city: SEED_FIAS_CITY },
    });
  });

  test('a subject that nobody knows is no reason to fail', async () => {
    await serve({ cities: [{ ...code, city: 'Небывалово', region: 'Тридевятое царство', postal_codes: ['999000'] }] });
    const got = await outcome(job(), query({ postcode: '999000', address: 'Nebyvalovo' }));
    expect(got).toMatchObject({
      detection: { status_code: 'OK', detected_cdek_city: { region: 'Тридевятое царство' } },
    });
    if (got.kind === 'answered') expect(got.detection.detected_cdek_city).not.toHaveProperty('regionCodeExt');
  });
});

describe('a postcode', () => {
  test('is asked once, whatever the addresses, amounts and kinds of question', async () => {
    const detector = job();
    const asked = [query(), query({ address: 'Blagoveshchensk, Mira 2', codRub: 5 }), query({ fiasOnly: true })];
    const got = await Promise.all(asked.map((one) => row(detector, one)));
    expect(got).toEqual(['OK 286 api', 'OK 286 api', 'OK - api']);
    expect(server.requests).toHaveLength(1);
    expect(detector.recall([query()])[0]).toMatchObject({ source: 'api' });
  });

  test('that another job asked comes from the cache', async () => {
    await row(job());
    expect(await row(job({ jobStart: JOB_START + DAY }))).toBe('OK 286 cache');
    expect(server.requests).toHaveLength(1);
  });

  test.each([
    ['a list', '675000', 30],
    ['no list', '999999', 3],
  ])('with %s is asked again when its time is over, judged at the start of the job', async (_, postcode, days) => {
    const asked = query({ postcode });
    await row(job(), asked);
    const stored = JOB_START + 10_000;
    await row(job({ jobStart: stored + days * DAY - 1 }), asked);
    expect(server.requests).toHaveLength(1);
    expect(await row(job({ jobStart: stored + days * DAY }), asked)).toMatch(/api$/);
    expect(server.requests).toHaveLength(2);
  });

  test('is asked once more by a job that refreshes, and then not again', async () => {
    await row(job());
    const refreshing = job({ jobStart: JOB_START + DAY, refresh: true });
    expect(refreshing.recall([query()])).toEqual([undefined]);
    expect(await row(refreshing)).toBe('OK 286 api');
    expect(await row(refreshing)).toBe('OK 286 api');
    expect(server.requests).toHaveLength(2);
  });

  test('gets other candidates when its list has changed', async () => {
    await row(job());
    server.setCities([{ ...V2_CITIES[0], code: 999, postal_codes: ['675000'] }]);
    const detector = job({ jobStart: JOB_START + DAY, refresh: true });
    expect(await row(detector)).toBe('OK 999 api');
  });

  test('keeps its age by a clock that was set back', async () => {
    await row(job({ now: () => JOB_START - DAY }));
    expect(await row(job({ now: () => JOB_START - DAY }))).toBe('OK 286 api');
    expect(server.requests).toHaveLength(1);
  });

  test('is told apart by host', async () => {
    await row(job());
    await using other = await startScriptedV2();
    const options = { id: 'cdek', cache, locate, jobStart: JOB_START, ttlMs: DAY, negativeTtlMs: DAY };
    const elsewhere = located(openV2(other.origin), options);
    expect(elsewhere.recall([query()])).toEqual([undefined]);
  });

  test('is deferred when it cannot be asked, and nothing is stored', async () => {
    let isDown = true;
    await serve({ reply: () => (isDown ? { kind: 'http', status: 503 } : { kind: 'answer' }) });
    const detector = job();
    expect(await row(detector)).toBe('deferred: HTTP 503');
    isDown = false;
    expect(await row(detector)).toBe('OK 286 api');
  });

  test('ends everything where the client is refused', async () => {
    await serve({ clientSecret: 'another' });
    await expect(job().ask(query())).rejects.toMatchObject({ code: 'BAD_KEY' });
  });

  test('is waited for by each row on its own: one that leaves takes nobody along', async () => {
    await serve({ latencyMs: 30 });
    const detector = job();
    const leaving = new AbortController();
    const left = detector.ask(query(), { signal: leaving.signal });
    const stayed = detector.ask(query());
    leaving.abort('gone');
    await expect(left).rejects.toBe('gone');
    expect(await stayed).toMatchObject({ kind: 'answered' });
    expect(server.requests).toHaveLength(1);
  });
});

test('a server judges the age of lists by its clock', async () => {
  let time = JOB_START;
  const detector = job({ jobStart: () => time, now: () => time });
  await row(detector);
  time += 1;
  expect(await row(detector)).toBe('OK 286 cache');
  time += 30 * DAY;
  expect(await row(detector)).toBe('OK 286 api');
  expect(server.requests).toHaveLength(2);
});

test('runs that share a cache file ask a postcode once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gorod-located-'));
  await serve({ latencyMs: 150 });
  const caches = [0, 1].map(() => openSqliteCache(join(folder, 'cache.sqlite')));
  try {
    const detectors = caches.map(({ postcodes, sharing }) => job({ cache: postcodes, leases: sharing.leases }));
    const got = await Promise.all(detectors.map((detector) => row(detector)));
    expect(got).toEqual(['OK 286 api', 'OK 286 api']);
    expect(server.requests).toHaveLength(1);
  } finally {
    for (const { cache: opened } of caches) opened.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
