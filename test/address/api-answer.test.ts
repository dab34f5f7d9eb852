import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toApiAnswer } from '../../src/address/api-answer.ts';
import type { Detection } from '../../src/address/detection.ts';

const ASKED = { address: 'Lenina 21, 2 Blagoveschensk', postcode: '675000' };
const SETTINGS = { status: 'OK', language: 'zh', acceptConfidence: 0.86 } as const;
const OK: Detection = {
  status_code: 'OK',
  detected_cdek_city: { cityCode: '286', cityName: 'Благовещенск' },
  detected_fias_city: { formal_name: 'Благовещенск', guid: '8f41253d-6e3b-48a9-842a-25ba894bd093' },
  possible_cities: ['Благовещенск'],
};

test('an answer has the fields of the seed in their order', () => {
  const answer = toApiAnswer(ASKED, { kind: 'answered', source: 'local', detection: OK }, SETTINGS);
  expect(JSON.stringify(answer)).toBe(
    JSON.stringify({
      address: ASKED.address,
      detected_cdek_city: OK.detected_cdek_city,
      detected_fias_city: OK.detected_fias_city,
      possible_cities: ['Благовещенск'],
      postcode: '675000',
      status_code: 'OK',
      status_msg: 'CDEK城市识别成功',
    }),
  );
});

test('what was not detected is absent, not empty', () => {
  const detection = { status_code: 'ERR_NOT_DETECT_CITY_IN_ADDRESS', possible_cities: ['Благовещенск'] };
  const answer = toApiAnswer(
    ASKED,
    { kind: 'answered', source: 'local', detection },
    { ...SETTINGS, status: detection.status_code, language: 'en' },
  );
  expect(Object.keys(answer)).toEqual(['address', 'possible_cities', 'postcode', 'status_code', 'status_msg']);
});

test('a question that was not worth asking is answered with its code', () => {
  const answer = toApiAnswer(
    ASKED,
    { kind: 'invalid', status: 'ERR_NO_ADDRESS' },
    { ...SETTINGS, status: 'ERR_NO_ADDRESS' },
  );
  expect(answer).toEqual({ ...ASKED, status_code: 'ERR_NO_ADDRESS', status_msg: '没提交地址字段' });
});

describe('an answer in doubt says so', () => {
  const local = { kind: 'answered', source: 'local', detection: OK } as const;

  test.each([
    [{ ...local, confidence: 0.8599 }, 0.859],
    [{ ...local, confidence: 0.86 }, undefined],
    [{ ...local, confidence: 1 }, undefined],
    [{ ...local, source: 'api', detection: { ...OK, confidence: 0.5 } } as const, 0.5],
  ])('%j: confidence %s', (outcome, confidence) => {
    const answer = toApiAnswer(ASKED, outcome, SETTINGS);
    expect(answer.confidence).toBe(confidence);
    expect('confidence' in answer).toBe(confidence !== undefined);
  });

  test('never so that rounding would take the doubt away', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (confidence) => {
        const answer = toApiAnswer(ASKED, { ...local, confidence }, SETTINGS);
        const isInDoubt = confidence < SETTINGS.acceptConfidence;
        expect((answer.confidence ?? 1) < SETTINGS.acceptConfidence).toBe(isInDoubt);
      }),
    );
  });

  test('whoever gave it in place of the upstream', () => {
    expect(toApiAnswer(ASKED, { ...local, fallback: true }, SETTINGS).fallback).toBe(true);
    expect(toApiAnswer(ASKED, { ...local, detection: { ...OK, fallback: true } }, SETTINGS).fallback).toBe(true);
    expect('fallback' in toApiAnswer(ASKED, local, SETTINGS)).toBe(false);
  });

  test('but not where no place was found', () => {
    const detection = { status_code: 'ERR_MANY_CITIES_IN_ADDRESS', possible_cities: ['Тула'] };
    const answer = toApiAnswer(ASKED, { ...local, detection, confidence: 0.2 }, SETTINGS);
    expect('confidence' in answer).toBe(false);
  });
});
