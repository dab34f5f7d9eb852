import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toApiAnswer } from '../../src/address/api-answer.ts';
import type { Detection } from '../../src/address/detection.ts';
import { renderMessage } from '../../src/address/messages.ts';
import type { Note } from '../../src/address/outcome.ts';
import { parseAnswer } from '../../src/cdek/answer.ts';

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

describe('cash on delivery', () => {
  const local = { kind: 'answered', source: 'local', detection: OK } as const;

  test('without a known limit is flagged', () => {
    const answer = toApiAnswer(ASKED, local, { ...SETTINGS, codFlag: 'COD_LIMIT_UNKNOWN' });
    expect(answer.cod_flag).toBe('COD_LIMIT_UNKNOWN');
  });

  test('above a limit is told by the status alone, as CDEK does', () => {
    const settings = { ...SETTINGS, status: 'COD_LIMIT_EXCEEDED', codFlag: 'COD_LIMIT_EXCEEDED' } as const;
    expect(toApiAnswer(ASKED, local, settings)).not.toHaveProperty('cod_flag');
  });

  test("has the shop's limit in the place of the city's, where the seed has it", () => {
    const city = { cityCode: '286', cityName: 'Благовещенск', longitude: 127.5, region: 'Амурская' };
    const outcome = { ...local, detection: { ...OK, detected_cdek_city: city } };
    const { detected_cdek_city } = toApiAnswer(ASKED, outcome, { ...SETTINGS, paymentLimit: 30_000 });
    expect(JSON.stringify(detected_cdek_city)).toBe(
      JSON.stringify({
        cityCode: '286',
        cityName: 'Благовещенск',
        longitude: 127.5,
        paymentLimit: 30_000,
        region: 'Амурская',
      }),
    );
  });
});

describe('a note', () => {
  const notFound = { status_code: 'ERR_NOT_DETECT_CITY_IN_ADDRESS' };
  const settings = { ...SETTINGS, status: notFound.status_code };
  const places = { named: 'Тула', namedPostcode: '300000', postcode: '675000', postcodePlace: 'Благовещенск' };

  test.each<Note>([
    { kind: 'elsewhere', ...places },
    { kind: 'elsewhere', named: 'Тула', postcode: '675000', byPrefix: true },
    { kind: 'unowned-postcode', named: 'Тула' },
    { kind: 'foreign-postcode', postcode: '050000' },
  ])('goes with the answer and is read again as it was: %j', (note) => {
    const answer = toApiAnswer(ASKED, { kind: 'answered', source: 'local', detection: notFound, note }, settings);
    expect(parseAnswer(JSON.stringify(answer))).toMatchObject({ detection: { note } });
  });

  test('says that only the gazetteer is short, and the reader says so in its own words', () => {
    const status = 'ERR_CDEK_HAS_NO_FIAS_GUID';
    const detection = { status_code: status, detected_fias_city: { formal_name: 'Бердск' } };
    const outcome = { kind: 'answered', source: 'local', detection } as const;
    const parsed = parseAnswer(JSON.stringify(toApiAnswer(ASKED, outcome, { ...SETTINGS, status })));
    if (!('detection' in parsed)) throw new Error(parsed.unusable);
    const told = { kind: 'answered', source: 'api', detection: parsed.detection } as const;
    expect(renderMessage(told, { status }, 'ru')).toBe(renderMessage(outcome, { status }, 'ru'));
  });

  test.each([
    [{ kind: 'other', named: 'Тула' }],
    [{ kind: 'elsewhere', named: 'Тула' }],
    [{ kind: 'unowned-postcode', named: 7 }],
    [{ kind: 'foreign-postcode', postcode: '<b>' }],
    ['elsewhere'],
    [null],
  ])('that is none this gorod knows is none: %j', (note) => {
    const parsed = parseAnswer(JSON.stringify({ status_code: 'OK', note }));
    expect(parsed).toEqual({ detection: { status_code: 'OK' } });
  });
});
