import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Detection } from '../../src/address/detection.ts';
import type { Answered } from '../../src/address/outcome.ts';
import type { Judgement } from '../../src/address/verdict.ts';
import { type JudgedOutcome, OUTPUT_COLUMNS, parseFields, renderCells } from '../../src/pipeline/output-columns.ts';
import { SEED_CDEK_CITY, SEED_FIAS_CITY } from '../support/seed-example.ts';

const ACCEPTED: Judgement = { status: 'OK', verdict: 'accept', codFlag: '', orderError: '', paymentLimit: -1 };
const SEED: Detection = {
  status_code: 'OK',
  detected_cdek_city: SEED_CDEK_CITY,
  detected_fias_city: SEED_FIAS_CITY,
  possible_cities: ['Благовещенск'],
};

function judged(detection: Detection, more: Partial<Answered> = {}, judgement: Partial<Judgement> = {}): JudgedOutcome {
  return {
    outcome: { kind: 'answered', source: 'api', detection, ...more },
    judgement: { ...ACCEPTED, ...judgement },
  };
}

function rendered(judgedOutcome: JudgedOutcome): Record<string, string | undefined> {
  const cells = renderCells(OUTPUT_COLUMNS, judgedOutcome, 'en');
  return Object.fromEntries(OUTPUT_COLUMNS.map((column, index) => [column, cells[index]]));
}

describe('the added columns', () => {
  test('stand in the order of the contract', () => {
    expect(OUTPUT_COLUMNS.join(', ')).toBe(
      'status, message, verdict, cod_flag, order_error, payment_limit, city_code, city_name, city_uuid, region, ' +
        'region_code, region_code_ext, sub_region, country_code, fias_guid, fias_name, fias_prefix, fias_level, ' +
        'region_fias_guid, kladr, latitude, longitude, timezone, possible_cities, source, confidence, runner_up',
    );
  });

  test("hold the seed's answer", () => {
    expect(rendered(judged(SEED, { confidence: 0.98765, runnerUp: 0.1 }))).toEqual({
      status: 'OK',
      message: 'CDEK city detected',
      verdict: 'accept',
      cod_flag: '',
      order_error: '',
      payment_limit: '-1',
      city_code: '286',
      city_name: 'Благовещенск',
      city_uuid: '0f39b5cc-f2af-41a4-baf2-ac9615f4c2a7',
      region: 'Амурская',
      region_code: '56',
      region_code_ext: '28',
      sub_region: 'Благовещенск',
      country_code: 'RU',
      fias_guid: '8f41253d-6e3b-48a9-842a-25ba894bd093',
      fias_name: 'Благовещенск',
      fias_prefix: 'г',
      fias_level: '4',
      region_fias_guid: '844a80d6-5e31-4017-b422-4d9c01e9942c',
      kladr: '2800000100000',
      latitude: '50.2907',
      longitude: '127.527',
      timezone: 'Asia/Yakutsk',
      possible_cities: 'Благовещенск',
      source: 'api',
      confidence: '0.988',
      runner_up: '0.1',
    });
  });

  test('are empty for what a row has not', () => {
    const bare: JudgedOutcome = {
      outcome: { kind: 'invalid', status: 'ERR_NO_ADDRESS' },
      judgement: { status: 'ERR_NO_ADDRESS', verdict: 'reject', codFlag: '', orderError: '', paymentLimit: undefined },
    };
    const filled = Object.entries(rendered(bare)).filter(([, cell]) => cell !== '');
    expect(filled).toEqual([
      ['status', 'ERR_NO_ADDRESS'],
      ['message', 'No address given. Fill in city, street and house'],
      ['verdict', 'reject'],
    ]);
  });

  test('of FIAS are filled without a CDEK city, and those of CDEK are not', () => {
    const { detected_cdek_city: _, ...placeOnly } = SEED;
    const cells = rendered(judged({ ...placeOnly, status_code: 'ERR_CDEK_HAS_NO_FIAS_GUID' }));
    expect(cells).toMatchObject({ fias_name: 'Благовещенск', fias_guid: SEED.detected_fias_city?.guid });
    expect(cells).toMatchObject({ city_code: '', city_name: '', region: '', latitude: '', region_fias_guid: '' });
  });

  test('take the FIAS GUID from the place, else from the city', () => {
    const city = { cityCode: '286', cityName: 'Благовещенск', fiasGuid: 'of-the-city' };
    const guid = (detected_fias_city: Detection['detected_fias_city']) =>
      rendered(
        judged({ status_code: 'OK', detected_cdek_city: city, ...(detected_fias_city && { detected_fias_city }) }),
      ).fias_guid;
    expect(guid({ formal_name: 'Благовещенск', guid: 'of-the-place' })).toBe('of-the-place');
    expect(guid({ formal_name: 'Благовещенск' })).toBe('of-the-city');
    expect(guid(undefined)).toBe('of-the-city');
  });

  test('name each possible city once', () => {
    expect(rendered(judged({ ...SEED, possible_cities: ['Орёл', 'Тула', 'Орёл'] })).possible_cities).toBe('Орёл|Тула');
  });

  test('show the limit in force, not the answered one, and 0 as a number', () => {
    expect(rendered(judged(SEED, {}, { paymentLimit: 0 })).payment_limit).toBe('0');
    expect(rendered(judged(SEED, {}, { paymentLimit: undefined })).payment_limit).toBe('');
  });

  test('speak the language that was chosen', () => {
    expect(renderCells(['message'], judged(SEED), 'zh')).toEqual(['CDEK城市识别成功']);
    expect(renderCells(['message'], judged(SEED), 'ru')).toEqual(['Город СДЭК определён']);
  });
});

describe('text cells', () => {
  test.each(['=1+1', '+7', '-1', '@cmd', '\t=1', '\r\n=1', '\0x'])(
    'that begin like the formula %j are disarmed',
    (name) => {
      const cells = rendered(judged({ ...SEED, possible_cities: [name] }));
      expect(cells.possible_cities).toMatch(/^'/);
      expect(cells.possible_cities).not.toMatch(/\p{Cc}/u);
    },
  );

  test.each(['a=1', 'Ростов-на-Дону', "'=1"])('like %j are left alone', (name) => {
    expect(rendered(judged({ ...SEED, possible_cities: [name] })).possible_cities).toBe(name);
  });

  test('never hold a line break or other control character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const detection: Detection = {
          status_code: 'ERR_NEW',
          status_msg: name,
          detected_cdek_city: { cityCode: '1', cityName: name, region: name, subRegion: name },
          possible_cities: [name, `${name}2`],
        };
        for (const cell of renderCells(OUTPUT_COLUMNS, judged(detection), 'en')) {
          expect(cell).not.toMatch(/\p{Cc}/u);
          expect(cell).not.toMatch(/^[=+@]/);
        }
      }),
    );
  });

  test('that are numbers are never touched', () => {
    const city = { cityCode: '1', cityName: 'X', latitude: -50.5, longitude: -127, paymentLimit: -1 };
    expect(rendered(judged({ status_code: 'OK', detected_cdek_city: city }))).toMatchObject({
      latitude: '-50.5',
      longitude: '-127',
      payment_limit: '-1',
    });
  });
});

describe('--fields', () => {
  test('chooses columns and their order', () => {
    expect(parseFields('verdict, status,city_code')).toEqual(['verdict', 'status', 'city_code']);
    expect(renderCells(parseFields('city_code,status'), judged(SEED), 'en')).toEqual(['286', 'OK']);
  });

  test.each(['', 'nope', 'status,', 'cdek_status'])('refuses %j, naming the columns', (text) => {
    expect(() => parseFields(text)).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
    expect(() => parseFields(text)).toThrow('status, message, verdict');
  });

  test('refuses a column that is named twice', () => {
    expect(() => parseFields('status,verdict, status')).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
    expect(() => parseFields('status,verdict, status')).toThrow('"status" is named twice');
  });
});
