import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { postcodeKey, questionKey } from '../../src/address/key.ts';
import { type CacheMaintenance, openCacheMaintenance } from '../../src/cache/maintenance.ts';
import { openSqliteCache } from '../../src/cache/sqlite-cache.ts';

const DAY = 86_400_000;
const NOW = 1000 * DAY;
const API = { detectorId: 'api', origin: 'https://int.cdek-express.cn' };
const LIFETIMES = { ttlMs: 30 * DAY, negativeTtlMs: 3 * DAY };
const GUID = '8f41253d-6e3b-48a9-842a-25ba894bd093';

let folder: string;
let file: string;
let maintenance: CacheMaintenance;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gorod-cache-'));
  file = join(folder, 'answers.sqlite');
  const { cache } = openSqliteCache(file);
  const key = (postcode: string, address: string) =>
    questionKey(API, { postcode, address, countryCode: 'ru', fiasOnly: false });
  const city = { cityCode: '286', cityName: 'Благовещенск', fiasGuid: GUID, paymentLimit: -1 };
  const ok = { status_code: 'OK', detected_cdek_city: city };
  const notFound = { status_code: 'ERR_NOT_DETECT_CITY_IN_ADDRESS' };
  cache.set(key('675000', 'Lenina 21, Blagoveschensk'), { detection: ok, okUpTo: 0, fetchedAt: NOW - 29 * DAY });
  cache.set(key('675002', 'Lenina 1, Blagoveschensk'), { detection: ok, okUpTo: 0, fetchedAt: NOW - 30 * DAY });
  cache.set(key('675000', 'Badcityname'), { detection: notFound, fetchedAt: NOW - 2 * DAY });
  cache.set(key('300000', 'Verystreet'), { detection: notFound, fetchedAt: NOW - 3 * DAY });
  cache.close();
  const opened = openCacheMaintenance(file);
  if (opened === undefined) throw new Error('the file is there');
  maintenance = opened;
});
afterEach(() => {
  maintenance.close();
  rmSync(folder, { recursive: true, force: true });
});

test('stats count answers by status, cities, and the span of time', () => {
  expect(maintenance.stats()).toEqual({
    answers: 4,
    postcodes: 0,
    statuses: { ERR_NOT_DETECT_CITY_IN_ADDRESS: 2, OK: 2 },
    cities: 1,
    fiasPlaces: 1,
    overrides: 0,
    oldest: NOW - 30 * DAY,
    newest: NOW - 2 * DAY,
    bytes: expect.any(Number),
  });
  expect(maintenance.stats().bytes).toBeGreaterThanOrEqual(statSync(file).size);
});

describe('the cities of postcodes', () => {
  const CITY = { cityName: 'Тула', cityCode: '150' };
  const ORIGIN = { detectorId: 'cdek', origin: 'https://api.cdek.ru' };
  const postcode = (code: string) => postcodeKey(ORIGIN, { countryCode: 'ru', postcode: code });

  beforeEach(() => {
    const { postcodes, cache } = openSqliteCache(file);
    postcodes.set(postcode('300000'), { cities: [CITY], fetchedAt: NOW - 29 * DAY });
    postcodes.set(postcode('300001'), { cities: [CITY], fetchedAt: NOW - 31 * DAY });
    postcodes.set(postcode('999999'), { cities: [], fetchedAt: NOW - DAY });
    postcodes.set(postcode('999998'), { cities: [], fetchedAt: NOW - 4 * DAY });
    cache.close();
  });

  function left(): readonly string[] {
    const { postcodes, cache } = openSqliteCache(file);
    const codes = ['300000', '300001', '999999', '999998'];
    const found = postcodes.getMany(codes.map(postcode));
    cache.close();
    return codes.filter((_, index) => found[index] !== undefined);
  }

  test('are counted', () => {
    expect(maintenance.stats()).toMatchObject({ answers: 4, postcodes: 4, oldest: NOW - 31 * DAY, newest: NOW - DAY });
  });

  test('are pruned by the lifetime of what was said of them', () => {
    expect(maintenance.prune(LIFETIMES, NOW)).toBe(4);
    expect(left()).toEqual(['300000', '999999']);
  });

  test('go with an address that is forgotten', () => {
    expect(maintenance.forget('300000', 'no such address')).toBe(1);
    expect(left()).toEqual(['300001', '999999', '999998']);
  });

  test('go with everything', () => {
    expect(maintenance.clear()).toBe(8);
    expect(left()).toEqual([]);
    expect(maintenance.stats()).toMatchObject({ answers: 0, postcodes: 0, oldest: undefined, newest: undefined });
  });
});

test('prune removes what is no longer valid, each kind by its own lifetime', () => {
  expect(maintenance.prune(LIFETIMES, NOW)).toBe(2);
  expect([...maintenance.rows()].map((row) => row.postcode)).toEqual(['675000', '675000']);
  expect(maintenance.prune(LIFETIMES, NOW)).toBe(0);
});

describe('clear', () => {
  test('removes every answer', () => {
    expect(maintenance.clear()).toBe(4);
    expect(maintenance.stats()).toMatchObject({ answers: 0, statuses: {}, oldest: undefined, newest: undefined });
    expect([...maintenance.rows()]).toEqual([]);
  });

  test('leaves no address readable in the file', () => {
    maintenance.clear();
    maintenance.close();
    const bytes = readFileSync(file);
    for (const text of ['lenina', 'badcityname', GUID]) expect(bytes.includes(text)).toBe(false);
  });

  test('never lets a run that is open take a new answer for an old one', () => {
    const { cache } = openSqliteCache(file);
    const detection = (status_code: string) => ({ detection: { status_code }, fetchedAt: NOW });
    cache.set('a', detection('ERR_MANY_CITIES_IN_ADDRESS'));
    cache.getMany(['a']);
    maintenance.clear();
    const other = openSqliteCache(file).cache;
    other.set('a', detection('ERR_BAD_COUNTRY'));
    expect(cache.getMany(['a'])).toEqual([detection('ERR_BAD_COUNTRY')]);
    cache.close();
    other.close();
  });
});

describe('forget', () => {
  test('removes the answer to a question, in any spelling that makes the same one', () => {
    expect(maintenance.forget('675000', 'LENINA 21 -- blagoveschensk')).toBe(1);
    expect([...maintenance.rows()].map((row) => row.address)).not.toContain('lenina 21 blagoveschensk');
    expect(maintenance.stats().answers).toBe(3);
    expect(maintenance.forget('675000', 'Lenina 21, Blagoveschensk')).toBe(0);
  });

  test('removes it whoever answered and however it was asked, and nothing else', () => {
    const { cache } = openSqliteCache(file);
    const asked = { postcode: '675000', address: 'Lenina 21, Blagoveschensk', countryCode: 'ru', fiasOnly: false };
    const found = { detection: { status_code: 'ERR_MANY_CITIES_IN_ADDRESS' }, fetchedAt: NOW };
    cache.set(questionKey({ detectorId: 'cdek', origin: 'https://api.cdek.ru' }, asked), found);
    cache.set(questionKey(API, { ...asked, fiasOnly: true }), found);
    cache.set(questionKey(API, { ...asked, address: 'x Lenina 21, Blagoveschensk' }), found);
    cache.set(questionKey(API, { ...asked, postcode: '675002' }), found);
    cache.close();
    expect(maintenance.forget('675000', 'Lenina 21, Blagoveschensk')).toBe(3);
    expect(maintenance.stats().answers).toBe(5);
  });

  test('leaves no trace of the address in the file', () => {
    maintenance.forget('675000', 'Badcityname');
    maintenance.close();
    expect(readFileSync(file).includes('badcityname')).toBe(false);
    expect(readFileSync(file).includes('verystreet')).toBe(true);
  });
});

test('rows give every answer with the parts of its question', () => {
  const rows = [...maintenance.rows()];
  expect(rows).toHaveLength(4);
  expect(rows.find((row) => row.postcode === '675002')).toEqual({
    detector: 'api',
    origin: 'https://int.cdek-express.cn',
    country_code: 'ru',
    fias_only: false,
    postcode: '675002',
    address: 'lenina 1 blagoveschensk',
    status_code: 'OK',
    city_code: '286',
    city_name: 'Благовещенск',
    fias_guid: GUID,
    payment_limit: -1,
    ok_up_to: 0,
    exceeded_from: undefined,
    fetched_at: NOW - 30 * DAY,
  });
});

test('where there is no file nothing is opened and nothing made', () => {
  expect(openCacheMaintenance(join(folder, 'none.sqlite'))).toBeUndefined();
  expect(() => statSync(join(folder, 'none.sqlite'))).toThrow();
});

test('a file that is no cache is refused and stays as it is', () => {
  const orders = join(folder, 'orders.csv');
  writeFileSync(orders, 'id,postcode\n');
  expect(() => openCacheMaintenance(orders)).toThrow(expect.objectContaining({ code: 'CACHE_UNUSABLE' }));
  expect(readFileSync(orders, 'utf8')).toBe('id,postcode\n');
});
