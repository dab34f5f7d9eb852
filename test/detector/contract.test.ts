import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AddressQuery } from '../../src/address/query.ts';
import { judge } from '../../src/address/verdict.ts';
import { memoryCache } from '../../src/cache/memory-cache.ts';
import { memoryPostcodes } from '../../src/cache/postcode-cache.ts';
import { detectCityUpstream } from '../../src/cdek/detect-city.ts';
import { cached } from '../../src/detector/cached.ts';
import type { Detector } from '../../src/detector/detector.ts';
import { createLocator } from '../../src/detector/located/candidates.ts';
import { located } from '../../src/detector/located.ts';
import { builtinGazetteerFile } from '../../src/gazetteer/builtin-file.ts';
import { loadSubjectFinder } from '../../src/gazetteer/load-draft.ts';
import { openGazetteer } from '../../src/gazetteer/sqlite-gazetteer.ts';
import { noCodLimits } from '../../src/pipeline/cod-limits.ts';
import { openV2 } from '../cdek/api-v2.ts';
import { SCRIPTED_CITIES } from '../support/scripted-cities.ts';
import { type ScriptedUpstream, startScriptedUpstream } from '../support/scripted-upstream.ts';
import { type ScriptedV2, startScriptedV2 } from '../support/scripted-v2.ts';
import { detectorOver } from './local-gazetteer.ts';
import { query } from './query.ts';

/** The same table of cities behind every detector: as API, as API v2, as a gazetteer. */
const DETECTORS = ['local', 'api', 'cdek'] as const;
const detectors = new Map<string, Detector>();
const releases: (() => void)[] = [];
let api: ScriptedUpstream;
let v2: ScriptedV2;

beforeAll(async () => {
  api = await startScriptedUpstream();
  v2 = await startScriptedV2();
  const asking = { jobStart: 1_000_000, ttlMs: 1000, negativeTtlMs: 1000 };
  detectors.set(
    'local',
    detectorOver(gazetteerCsv(), (release) => releases.push(release)),
  );
  const detectCity = detectCityUpstream({ url: api.url, developerKey: 'key', timeoutMs: 5000 });
  detectors.set('api', cached(detectCity, { ...asking, id: 'api', cache: memoryCache() }));
  const gazetteer = openGazetteer(builtinGazetteerFile());
  releases.push(() => gazetteer.close());
  const locate = createLocator(gazetteer, loadSubjectFinder());
  detectors.set('cdek', located(openV2(v2.origin), { ...asking, id: 'cdek', cache: memoryPostcodes(), locate }));
});
afterAll(async () => {
  for (const release of releases) release();
  await Promise.all([api.close(), v2.close()]);
});

const COLUMNS = [
  ...['cityCode', 'cityName', 'region', 'regionCodeExt', 'cityUuid', 'regionCode', 'subRegion', 'fiasGuid'],
  ...['regionFiasGuid', 'kladr', 'latitude', 'longitude', 'timezone', 'paymentLimit'],
] as const;

function gazetteerCsv(): string {
  const names =
    'city_code,city_name,region,region_code_ext,city_uuid,region_code,sub_region,fias_guid,region_fias_guid,kladr,' +
    'latitude,longitude,timezone,payment_limit,postcodes';
  const rows = SCRIPTED_CITIES.map(({ cdek, prefix }) => {
    const postcodes = [0, 1, 2, 3, 4].map((last) => `${prefix.padEnd(5, '0')}${last}`).join(' ');
    return [...COLUMNS.map((column) => cdek[column] ?? ''), postcodes].join(',');
  });
  return [names, ...rows, ''].join('\n');
}

type Question = Partial<AddressQuery> & { readonly address: string };

const QUESTIONS: readonly (readonly [question: Question, status: string, city: string])[] = [
  [{ address: 'Lenina 21, 2 Blagoveschensk' }, 'OK', '286'],
  [{ address: 'Благовещенск, ул. Ленина 21', codRub: 1e6 }, 'OK', '286'],
  [{ address: 'Lenina 21, Badcityname' }, 'ERR_NOT_DETECT_CITY_IN_ADDRESS', ''],
  [{ postcode: '300000', address: 'Tula, Mira 5' }, 'OK', '150'],
  [{ postcode: '300000', address: 'Tula, Mira 5', codRub: 1 }, 'COD_LIMIT_EXCEEDED', '150'],
  [{ postcode: '614001', address: 'Perm, Lenina 3', codRub: 3000 }, 'OK', '248'],
  [{ postcode: '614001', address: 'Perm, Lenina 3', codRub: 3001 }, 'COD_LIMIT_EXCEEDED', '248'],
  [{ postcode: '614001', address: 'Perm, Lenina 3', codRub: 3001, fiasOnly: true }, 'OK', ''],
  [{ postcode: '603000', address: 'Nizhny Novgorod, Minina 1' }, 'OK', '414'],
  [{ postcode: '692000', address: 'Primorsky krai, Nakhodka, Lenina 1' }, 'OK', '501'],
  [{ postcode: '692000', address: 'Ussuriysk, Nekrasova 2' }, 'OK', '955'],
  [{ postcode: '692000', address: 'Ussuriysk, Nakhodka' }, 'ERR_MANY_CITIES_IN_ADDRESS', ''],
  [{ postcode: '692000', address: 'Lenina 5' }, 'ERR_NOT_DETECT_CITY_IN_ADDRESS', ''],
  [{ postcode: '677000', address: 'Yakutsk, Ordzhonikidze 10', fiasOnly: true }, 'OK', ''],
];

describe.each(DETECTORS)('the %s detector', (name) => {
  test.each(QUESTIONS)('answers %j with %s %s', async (asked, status, city) => {
    const detector = detectors.get(name);
    if (detector === undefined) throw new Error(name);
    const question = query(asked);
    const outcome = detector.recall([question])[0] ?? (await detector.ask(question));
    if (outcome.kind !== 'answered') throw new Error(outcome.reason);
    const judged = judge(outcome, question, { limitOf: noCodLimits, acceptConfidence: 0 });
    expect([judged.status, outcome.detection.detected_cdek_city?.cityCode ?? '']).toEqual([status, city]);
    const known = SCRIPTED_CITIES.find(({ cdek }) => cdek.cityCode === city)?.cdek;
    if (known !== undefined) expect(outcome.detection.detected_cdek_city).toEqual(known);
    if (status === 'OK') expect(outcome.detection.detected_fias_city?.guid).toBeDefined();
  });
});
