import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Detection } from '../../src/address/detection.ts';
import { parseAnswer } from '../../src/cdek/answer.ts';

function detection(json: unknown): Detection {
  const parsed = parseAnswer(JSON.stringify(json));
  return 'detection' in parsed ? parsed.detection : expect.fail(parsed.unusable);
}

function cityOf(fields: object) {
  return detection({ status_code: 'OK', detected_cdek_city: { cityCode: '286', cityName: 'Благовещенск', ...fields } })
    .detected_cdek_city;
}

describe('codes', () => {
  test('that come as numbers become strings', () => {
    expect(cityOf({ cityCode: 286, regionCode: 56, regionCodeExt: 28 })).toMatchObject({
      cityCode: '286',
      regionCode: '56',
      regionCodeExt: '28',
    });
    const answer = detection({ status_code: 'OK', detected_fias_city: { formal_name: 'Тула', ao_level: 4 } });
    expect(answer.detected_fias_city?.ao_level).toBe('4');
  });

  test('a KLADR code that lost its leading zero as a number gets it back', () => {
    expect(cityOf({ kladr: 100000200000 })?.kladr).toBe('0100000200000');
    expect(cityOf({ kladr: '2800000100000' })?.kladr).toBe('2800000100000');
  });

  test.each([1.5, 1e300, true, {}, [], null])('%j is no code', (code) => {
    expect(cityOf({ regionCode: code })).not.toHaveProperty('regionCode');
  });
});

describe('a payment limit', () => {
  test.each([
    [-1, -1],
    [0, 0],
    [3000, 3000],
    [-1.0, -1],
    ['3000', 3000],
    ['-1', -1],
  ])('%j is %d', (given, limit) => {
    expect(cityOf({ paymentLimit: given })?.paymentLimit).toBe(limit);
  });

  test.each([null, '', 'none', -2, -0.5, '1e999', true, []])('%j is not known, and never "no limit"', (given) => {
    expect(cityOf({ paymentLimit: given })).not.toHaveProperty('paymentLimit');
  });
});

describe('the doubt of a gorod that was asked', () => {
  const doubt = (fields: object) => {
    const { confidence, fallback } = detection({ status_code: 'OK', ...fields });
    return { confidence, fallback };
  };

  test.each([
    [{}, { confidence: undefined, fallback: undefined }],
    [{ confidence: 0.79 }, { confidence: 0.79, fallback: undefined }],
    [{ fallback: true }, { confidence: undefined, fallback: true }],
    [
      { confidence: null, fallback: false },
      { confidence: undefined, fallback: undefined },
    ],
  ])('%j is kept', (fields, expected) => {
    expect(doubt(fields)).toEqual(expected);
  });

  test.each(['0.9', 95, -1, true, {}])('is the greatest where its confidence is %j', (confidence) => {
    expect(doubt({ confidence }).confidence).toBe(0);
  });

  test.each(['true', 1, {}, ''])('stands where the fallback is %j', (fallback) => {
    expect(doubt({ fallback }).fallback).toBe(true);
  });
});

describe('an optional field of the wrong type counts as absent', () => {
  test.each([
    ['latitude', 'north'],
    ['latitude', 91],
    ['longitude', 181],
    ['cityUuid', 5],
    ['region', ''],
    ['region', ['Амурская']],
    ['timezone', null],
  ])('%s %j', (field, value) => {
    expect(cityOf({ [field]: value })).toEqual({ cityCode: '286', cityName: 'Благовещенск' });
  });

  test.each([null, 'Благовещенск', [], {}, { cityName: 'Благовещенск' }, { cityCode: '286' }])(
    'the city %j',
    (city) => {
      expect(detection({ status_code: 'OK', detected_cdek_city: city })).toEqual({ status_code: 'OK' });
    },
  );

  test.each([null, 'Тула', {}, { guid: 'x' }])('the FIAS place %j', (place) => {
    expect(detection({ status_code: 'OK', detected_fias_city: place })).toEqual({ status_code: 'OK' });
  });

  test('possible_cities keep only their names', () => {
    expect(detection({ status_code: 'OK', possible_cities: ['Тула', 1, null, ''] }).possible_cities).toEqual(['Тула']);
    expect(detection({ status_code: 'OK', possible_cities: 'Тула' })).not.toHaveProperty('possible_cities');
    expect(detection({ status_code: 'OK', possible_cities: [] }).possible_cities).toEqual([]);
  });
});

test('the echo and unknown fields are left out', () => {
  const answer = { status_code: 'OK', address: 'Lenina 21', postcode: '675000', request_id: 7 };
  expect(detection(answer)).toEqual({ status_code: 'OK' });
});

test('names that every object inherits are no fields', () => {
  const body = '{"__proto__":{"status_code":"OK"},"constructor":1}';
  expect(parseAnswer(body)).toEqual({ unusable: 'body has no status_code' });
  const planted = '{"status_code":"OK","detected_cdek_city":{"__proto__":{"cityCode":"1","cityName":"x"}}}';
  expect(parseAnswer(planted)).toEqual({ detection: { status_code: 'OK' } });
  expect(({} as Record<string, unknown>).cityCode).toBeUndefined();
});

describe('a body without a status_code is unusable', () => {
  test.each([
    ['', 'body is empty'],
    [' \r\n', 'body is empty'],
    ['{"status_code":"OK"', 'body is not JSON'],
    ['<html></html>', 'body is not JSON'],
    ['"OK"', 'body is not a JSON object'],
    ['[{"status_code":"OK"}]', 'body is not a JSON object'],
    ['{"status_code":null}', 'body has no status_code'],
    ['{"status_code":""}', 'body has no status_code'],
    ['{"status_code":["OK"]}', 'body has no status_code'],
  ])('%j: %s', (body, unusable) => {
    expect(parseAnswer(body)).toEqual({ unusable });
  });
});

test('no body whatever makes it throw', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (body) => void parseAnswer(body)));
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (city, place, possible_cities) => {
      const answer = { status_code: 'OK', detected_cdek_city: city, detected_fias_city: place, possible_cities };
      expect(detection(answer).status_code).toBe('OK');
    }),
  );
});

test('deeply nested JSON is unusable or ignored, not a crash', () => {
  const deep = '['.repeat(200_000) + ']'.repeat(200_000);
  expect(() => parseAnswer(`{"status_code":"OK","possible_cities":${deep}}`)).not.toThrow();
});
