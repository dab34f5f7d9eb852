import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { SEED_CDEK_CITY, SEED_FIAS_CITY } from '../support/seed-example.ts';
import { type CliServer, gorodServe } from './support/cli-server.ts';

const PYTHON = 'python3';
const hasRequests = spawnSync(PYTHON, ['-c', 'import requests']).status === 0;
const unlessRun = hasRequests ? '' : ' (not run: python3 has no requests; Debian has it as python3-requests)';

const ADDRESS = { found: 'Lenina 21, 2 Blagoveschensk', notFound: 'Lenina 21, 2 Badcityname' };

/** The examples of the seed document "detect-city" as they stand there; URL and key are what is changed. */
function example(params: string, url: string): string {
  return `import requests
from pprint import pprint
params = ${params}
url = f'${url}'
headers = {'CDEK-Developer-Key': '*************'}
res_data = requests.post(url, json=params, headers=headers).json()
pprint(res_data)
`;
}

/** What pprint prints of the seed's answers. */
const FOUND = `{'address': 'Lenina 21, 2 Blagoveschensk',
 'detected_cdek_city': {'cityCode': '286',
                        'cityName': 'Благовещенск',
                        'cityUuid': '0f39b5cc-f2af-41a4-baf2-ac9615f4c2a7',
                        'country': 'Россия',
                        'countryCode': 'RU',
                        'fiasGuid': '8f41253d-6e3b-48a9-842a-25ba894bd093',
                        'kladr': '2800000100000',
                        'latitude': 50.2907,
                        'longitude': 127.527,
                        'paymentLimit': -1,
                        'region': 'Амурская',
                        'regionCode': '56',
                        'regionCodeExt': '28',
                        'regionFiasGuid': '844a80d6-5e31-4017-b422-4d9c01e9942c',
                        'subRegion': 'Благовещенск',
                        'timezone': 'Asia/Yakutsk'},
 'detected_fias_city': {'ao_level': '4',
                        'formal_name': 'Благовещенск',
                        'guid': '8f41253d-6e3b-48a9-842a-25ba894bd093',
                        'official_name': 'Благовещенск',
                        'prefix': 'г'},
 'possible_cities': ['Благовещенск'],
 'postcode': '675000',
 'status_code': 'OK',
 'status_msg': 'CDEK城市识别成功'}
`;
const NOT_FOUND = `{'address': 'Lenina 21, 2 Badcityname',
 'possible_cities': ['Благовещенск'],
 'postcode': '675000',
 'status_code': 'ERR_NOT_DETECT_CITY_IN_ADDRESS',
 'status_msg': '地址字段没有邮编对应的城市名'}
`;

let folder: TemporaryFolder;
let server: CliServer;

beforeAll(async () => {
  folder = temporaryFolder();
  writeFileSync(folder.file('own.csv'), ownRow());
  const gazetteer = folder.file('own.sqlite');
  expect(await gorod(['gazetteer', 'import', folder.file('own.csv'), '-o', gazetteer])).toMatchObject({ code: 0 });
  server = await gorodServe(['--detector', 'local', '--gazetteer', gazetteer]);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

/** The seed's city as a row of gorod's own gazetteer format. */
function ownRow(): string {
  const { cityCode, cityName, cityUuid, fiasGuid, kladr, latitude, longitude, paymentLimit } = SEED_CDEK_CITY;
  const { region, regionCode, regionCodeExt, regionFiasGuid, subRegion, timezone } = SEED_CDEK_CITY;
  const row = {
    city_code: cityCode,
    city_name: cityName,
    region,
    region_code_ext: regionCodeExt,
    postcodes: '675000',
    city_uuid: cityUuid,
    sub_region: subRegion,
    region_code: regionCode,
    settlement_type: SEED_FIAS_CITY.prefix,
    ao_level: SEED_FIAS_CITY.ao_level,
    fias_guid: fiasGuid,
    region_fias_guid: regionFiasGuid,
    kladr,
    latitude,
    longitude,
    timezone,
    payment_limit: paymentLimit,
  };
  return `${Object.keys(row).join(',')}\n${Object.values(row).join(',')}\n`;
}

async function runPython(program: string): Promise<string> {
  const env = { PATH: process.env.PATH ?? '', PYTHONIOENCODING: 'utf-8', NO_PROXY: '*' };
  const python = spawn(PYTHON, ['-c', program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let stdout = '';
  python.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  await once(python, 'close');
  return stdout;
}

describe.skipIf(!hasRequests)(`the seed’s Python examples print what stands in the seed${unlessRun}`, () => {
  test('where the city is detected', async () => {
    const params = `{'postcode': '675000', 'address': '${ADDRESS.found}'}`;
    expect(await runPython(example(params, server.url))).toBe(FOUND);
  });

  test('where it is not', async () => {
    const params = `{'postcode': '675000', 'address': '${ADDRESS.notFound}', 'cod_rub': 100}`;
    expect(await runPython(example(params, server.url))).toBe(NOT_FOUND);
  });
});

test('the seed’s object comes out field for field, whoever asks', async () => {
  const headers = { 'content-type': 'application/json', 'cdek-developer-key': 'x' };
  const body = JSON.stringify({ postcode: '675000', address: ADDRESS.found });
  const answer = await (await fetch(server.url, { method: 'POST', headers, body })).json();
  expect(answer).toEqual({
    address: ADDRESS.found,
    detected_cdek_city: SEED_CDEK_CITY,
    detected_fias_city: SEED_FIAS_CITY,
    possible_cities: ['Благовещенск'],
    postcode: '675000',
    status_code: 'OK',
    status_msg: 'CDEK城市识别成功',
  });
});
