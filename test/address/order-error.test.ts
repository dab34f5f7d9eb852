import { describe, expect, test } from 'vitest';
import { type ApiAnswerSettings, toApiAnswer } from '../../src/address/api-answer.ts';
import type { Detection } from '../../src/address/detection.ts';
import { type Foretold, orderError } from '../../src/address/order-error.ts';
import type { Answered, InvalidStatus, Outcome } from '../../src/address/outcome.ts';
import { judge } from '../../src/address/verdict.ts';
import { parseAnswer } from '../../src/cdek/answer.ts';

const CITY = { cityCode: '286', cityName: 'Благовещенск', paymentLimit: 30_000 };

function answered(status_code: string, detection: Partial<Detection> = {}, more: Partial<Answered> = {}): Answered {
  return { kind: 'answered', source: 'api', detection: { status_code, ...detection }, ...more };
}

function foretold(outcome: Outcome, fiasOnly = false): Foretold {
  return orderError(outcome, outcome.kind === 'answered' ? outcome.detection.status_code : '', fiasOnly);
}

describe("what is foretold from CDEK's own answers", () => {
  test.each<[string, Answered, Foretold]>([
    ['a city that was found is ordered to by its code', answered('OK', { detected_cdek_city: CITY }), ''],
    ['an OK without a city says nothing', answered('OK'), ''],
    ['several places fit', answered('ERR_MANY_CITIES_IN_ADDRESS'), 'ERR_RECCITYPOSTCODE_DUBL'],
    [
      'none of several places is named',
      answered('ERR_NOT_DETECT_CITY_IN_ADDRESS', { possible_cities: ['Бердск', 'Искитим'] }),
      'ERR_RECCITYPOSTCODE_DUBL',
    ],
    [
      'the only place of the postcode is not named: an order by postcode would be taken, and go there',
      answered('ERR_NOT_DETECT_CITY_IN_ADDRESS', { possible_cities: ['Благовещенск', 'Благовещенск'] }),
      '',
    ],
    [
      'the postcode has no place',
      answered('ERR_NOT_DETECT_CITY_IN_ADDRESS', { possible_cities: [] }),
      'ERR_RECCITYPOSTCODE',
    ],
    ['nothing is said of the places of the postcode', answered('ERR_NOT_DETECT_CITY_IN_ADDRESS'), ''],
    ['CDEK has no city for the place', answered('ERR_CDEK_HAS_NO_FIAS_GUID'), 'ERR_NOT_FOUND_RECCITY'],
    ['no postcode was given', answered('ERR_NO_POSTCODE'), 'ERR_NOT_FOUND_RECCITY'],
    ['the amount is too much', answered('COD_LIMIT_EXCEEDED'), 'ERR_CASH_ON_DELIV_PAYREC_MISTAKE'],
    ['the address is missing', answered('ERR_NO_ADDRESS'), ''],
    ['the code is not known', answered('ERR_NEW', { possible_cities: [] }), ''],
    [
      'it came from the cache',
      answered('ERR_MANY_CITIES_IN_ADDRESS', {}, { source: 'cache' }),
      'ERR_RECCITYPOSTCODE_DUBL',
    ],
  ])('%s', (_, outcome, expected) => {
    expect(foretold(outcome)).toBe(expected);
  });

  test('a missing GUID is no missing city where only the FIAS place was asked for', () => {
    expect(foretold(answered('ERR_CDEK_HAS_NO_FIAS_GUID'), true)).toBe('');
  });
});

describe('what is foretold where CDEK did not answer', () => {
  const stands = [{ source: 'local' }, { source: 'inferred' }, { source: 'override' }, { fallback: true }] as const;

  test.each(stands)('%j: nothing from a missing code, and nothing from the places of a prefix', (more) => {
    const possible_cities = ['Бердск', 'Искитим'];
    for (const status of [
      'ERR_CDEK_HAS_NO_FIAS_GUID',
      'ERR_MANY_CITIES_IN_ADDRESS',
      'ERR_NOT_DETECT_CITY_IN_ADDRESS',
    ]) {
      expect(foretold(answered(status, { possible_cities }, more))).toBe('');
      expect(foretold(answered(status, { possible_cities: [] }, more))).toBe('');
    }
  });

  test.each([
    [0, 'ERR_RECCITYPOSTCODE'],
    [1, ''],
    [2, 'ERR_RECCITYPOSTCODE_DUBL'],
  ] as const)("what the matcher knows of CDEK's cities counts, not their names: %i", (postcodeCities, expected) => {
    const more = { source: 'local', postcodeCities } as const;
    const possible_cities = ['Ивановка'];
    expect(foretold(answered('ERR_NOT_DETECT_CITY_IN_ADDRESS', { possible_cities }, more))).toBe(expected);
  });

  test('a deferred row foretells nothing', () => {
    expect(foretold({ kind: 'deferred', reason: 'HTTP 503' })).toBe('');
  });
});

test.each<[InvalidStatus, Foretold]>([
  ['ERR_NO_POSTCODE', 'ERR_NOT_FOUND_RECCITY'],
  ['ERR_BAD_POSTCODE', 'ERR_RECCITYPOSTCODE'],
  ['ERR_NO_ADDRESS', ''],
  ['ERR_BAD_COUNTRY', ''],
  ['ERR_BAD_COD', ''],
  ['ERR_BAD_ROW', ''],
])('of a row that asks nothing: %s', (status, expected) => {
  expect(foretold({ kind: 'invalid', status })).toBe(expected);
});

describe('judged', () => {
  const query = { postcode: '675000', address: 'Lenina 21', codRub: 500, countryCode: 'ru', fiasOnly: false };
  const rules = { limitOf: () => undefined, acceptConfidence: 0.85 };
  const judged = (outcome: Outcome, limit?: number) => judge(outcome, query, { ...rules, limitOf: () => limit });

  test('the amount is foretold to fail exactly where the limit in force, also the own one, is exceeded', () => {
    const found = answered('OK', { detected_cdek_city: CITY });
    expect(judged(found)).toMatchObject({ status: 'OK', orderError: '' });
    expect(judged(found, 499)).toMatchObject({
      status: 'COD_LIMIT_EXCEEDED',
      orderError: 'ERR_CASH_ON_DELIV_PAYREC_MISTAKE',
    });
    expect(judged(answered('OK', { detected_cdek_city: { ...CITY, paymentLimit: 0 } }))).toMatchObject({
      orderError: 'ERR_CASH_ON_DELIV_PAYREC_MISTAKE',
    });
  });

  test('the other foretellings are in the judgement as well', () => {
    expect(judged(answered('ERR_MANY_CITIES_IN_ADDRESS')).orderError).toBe('ERR_RECCITYPOSTCODE_DUBL');
    expect(judged({ kind: 'invalid', status: 'ERR_BAD_POSTCODE' }).orderError).toBe('ERR_RECCITYPOSTCODE');
    expect(judged({ kind: 'deferred', reason: 'HTTP 503' }).orderError).toBe('');
  });
});

describe('over the wire', () => {
  const settings: Omit<ApiAnswerSettings, 'status'> = { language: 'en', acceptConfidence: 0.85 };
  const told = (outcome: Answered) =>
    toApiAnswer({ address: 'x', postcode: '675000' }, outcome, { ...settings, status: outcome.detection.status_code });
  const read = (outcome: Answered): Foretold => {
    const parsed = parseAnswer(JSON.stringify(told(outcome)));
    if (!('detection' in parsed)) throw new Error('unusable');
    return foretold({ kind: 'answered', source: 'api', detection: parsed.detection });
  };

  test.each([
    answered('ERR_CDEK_HAS_NO_FIAS_GUID', {}, { source: 'local' }),
    answered('ERR_MANY_CITIES_IN_ADDRESS', { possible_cities: ['a', 'b'] }, { source: 'local', confidence: 0.9 }),
    answered('ERR_NOT_DETECT_CITY_IN_ADDRESS', {}, { postcodeCities: 0 }),
    answered(
      'ERR_NOT_DETECT_CITY_IN_ADDRESS',
      { possible_cities: ['Ивановка'] },
      { source: 'local', postcodeCities: 2 },
    ),
  ])('a gorod that asks another one foretells what that one would: %j', (outcome) => {
    expect(told(outcome).order_error).toBe(foretold(outcome));
    expect(read(outcome)).toBe(foretold(outcome));
  });

  test("nothing is added where the API's fields say as much", () => {
    expect(told(answered('ERR_MANY_CITIES_IN_ADDRESS'))).not.toHaveProperty('order_error');
    expect(told(answered('OK', { detected_cdek_city: CITY }, { source: 'local' }))).not.toHaveProperty('order_error');
  });

  test.each([['ERR_NEW'], [7], [{}]])('what is no known error foretells nothing: %j', (order_error) => {
    const parsed = parseAnswer(JSON.stringify({ status_code: 'ERR_MANY_CITIES_IN_ADDRESS', order_error }));
    expect(parsed).toMatchObject({ detection: { order_error: '' } });
  });
});
