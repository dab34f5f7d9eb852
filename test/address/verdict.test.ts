import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CdekCity, Detection } from '../../src/address/detection.ts';
import type { Answered, Outcome } from '../../src/address/outcome.ts';
import type { AddressQuery } from '../../src/address/query.ts';
import { effectiveLimit, exceeds, type Judgement, type JudgementRules, judge } from '../../src/address/verdict.ts';

const GUID = '8f41253d-6e3b-48a9-842a-25ba894bd093';
const CITY: CdekCity = { cityCode: '286', cityName: 'Благовещенск', fiasGuid: GUID };
const FOUND: Detection = {
  status_code: 'OK',
  detected_cdek_city: { ...CITY, paymentLimit: 10_000 },
  detected_fias_city: { formal_name: 'Благовещенск', guid: GUID },
};
const RULES: JudgementRules = { limitOf: () => undefined, acceptConfidence: 0.85 };

function query(codRub = 0, fiasOnly = false): AddressQuery {
  return { postcode: '675000', address: 'Lenina 21', codRub, countryCode: 'ru', fiasOnly };
}

function answered(detection: Partial<Detection> = {}, more: Partial<Answered> = {}): Answered {
  return { kind: 'answered', source: 'api', detection: { ...FOUND, ...detection }, ...more };
}

/** OK with the given limit of the answer, judged for an amount and a limit of the shop's own. */
function judgedLimit(codRub: number, paymentLimit: number | undefined, own?: number, status_code = 'OK'): Judgement {
  const city = paymentLimit === undefined ? CITY : { ...CITY, paymentLimit };
  const outcome = answered({ status_code, detected_cdek_city: city });
  return judge(outcome, query(codRub), { ...RULES, limitOf: () => own });
}

describe('the table of the contract', () => {
  test.each<[string, Outcome, number, Partial<Judgement>]>([
    ['a found city without COD', answered(), 0, { status: 'OK', verdict: 'accept', codFlag: '' }],
    ['a found city with COD within the limit', answered(), 10_000, { status: 'OK', verdict: 'accept', codFlag: '' }],
    [
      'COD above the limit',
      answered(),
      10_000.01,
      { status: 'COD_LIMIT_EXCEEDED', verdict: 'reject', codFlag: 'COD_LIMIT_EXCEEDED', paymentLimit: 10_000 },
    ],
    [
      'COD where the limit is not known',
      answered({ detected_cdek_city: CITY }),
      1,
      { status: 'OK', verdict: 'review', codFlag: 'COD_LIMIT_UNKNOWN', paymentLimit: undefined },
    ],
    [
      'no COD where the limit is not known',
      answered({ detected_cdek_city: CITY }),
      0,
      { status: 'OK', verdict: 'accept', codFlag: '', paymentLimit: undefined },
    ],
    ...['ERR_MANY_CITIES_IN_ADDRESS', 'ERR_NOT_DETECT_CITY_IN_ADDRESS', 'ERR_CDEK_HAS_NO_FIAS_GUID', 'ERR_NEW'].map(
      (status): [string, Outcome, number, Partial<Judgement>] => [
        status,
        { kind: 'answered', source: 'api', detection: { status_code: status } },
        5000,
        { status, verdict: 'review', codFlag: '', paymentLimit: undefined },
      ],
    ),
    ...['ERR_NO_POSTCODE', 'ERR_NO_ADDRESS', 'ERR_BAD_COUNTRY'].map(
      (status): [string, Outcome, number, Partial<Judgement>] => [
        `${status} of the API`,
        { kind: 'answered', source: 'api', detection: { status_code: status } },
        0,
        { status, verdict: 'reject', codFlag: '' },
      ],
    ),
    [
      'an upstream that cannot be asked',
      { kind: 'deferred', reason: '503' },
      5,
      { status: 'DEFERRED', verdict: 'retry' },
    ],
  ])('%s', (_, outcome, codRub, expected) => {
    expect(judge(outcome, query(codRub), RULES)).toMatchObject(expected);
  });

  test.each([
    'ERR_NO_POSTCODE',
    'ERR_NO_ADDRESS',
    'ERR_BAD_COUNTRY',
    'ERR_BAD_POSTCODE',
    'ERR_BAD_COD',
    'ERR_BAD_ROW',
  ] as const)('%s of a row that made no question is rejected', (status) => {
    expect(judge({ kind: 'invalid', status }, undefined, RULES)).toMatchObject({
      status,
      verdict: 'reject',
      codFlag: '',
      paymentLimit: undefined,
    });
  });
});

describe('what keeps an OK from being accepted', () => {
  test.each([
    [0.84, 'review'],
    [0.85, 'accept'],
    [1, 'accept'],
  ])('a confidence of %d is for %s', (confidence, verdict) => {
    expect(judge(answered({}, { confidence, source: 'local' }), query(), RULES).verdict).toBe(verdict);
  });

  test('an answer given in place of the upstream is for review, sure as it may be', () => {
    expect(judge(answered({}, { fallback: true, confidence: 1 }), query(), RULES).verdict).toBe('review');
  });

  test.each([
    [{ confidence: 0.84 }, 'review'],
    [{ confidence: 0.85 }, 'accept'],
    [{ fallback: true }, 'review'],
  ])('the doubt of a gorod that was asked counts like the own: %j is for %s', (doubt, verdict) => {
    expect(judge(answered(doubt), query(), RULES).verdict).toBe(verdict);
  });

  test('FIAS GUIDs that contradict each other are for review', () => {
    const other = { formal_name: 'Благовещенск', guid: '00000000-0000-0000-0000-000000000000' };
    expect(judge(answered({ detected_fias_city: other }), query(), RULES).verdict).toBe('review');
  });

  test.each([
    ['in upper case', { formal_name: 'Благовещенск', guid: GUID.toUpperCase() }],
    ['absent', { formal_name: 'Благовещенск' }],
  ])('a FIAS GUID %s contradicts nothing', (_, detected_fias_city) => {
    expect(judge(answered({ detected_fias_city }), query(), RULES).verdict).toBe('accept');
  });

  test('an OK without a city is for review, unless only the FIAS place was asked', () => {
    const { detected_cdek_city: _, ...placeOnly } = FOUND;
    const outcome: Outcome = { kind: 'answered', source: 'api', detection: placeOnly };
    expect(judge(outcome, query(500), RULES)).toMatchObject({ status: 'OK', verdict: 'review', codFlag: '' });
    expect(judge(outcome, query(500, true), RULES)).toMatchObject({ status: 'OK', verdict: 'accept', codFlag: '' });
  });

  test('doubt does not turn a refusal for its COD into a review', () => {
    expect(judge(answered({}, { confidence: 0.1 }), query(10_001), RULES).verdict).toBe('reject');
  });
});

describe('the limit in force', () => {
  test.each([
    [0, -1, false],
    [1e9, -1, false],
    [0, 0, false],
    [0.01, 0, true],
    [100, 100, false],
    [100.01, 100, true],
  ])('%d roubles against a limit of %d: exceeded is %s', (codRub, limit, exceeded) => {
    expect(exceeds(codRub, limit)).toBe(exceeded);
    expect(judgedLimit(codRub, limit).status).toBe(exceeded ? 'COD_LIMIT_EXCEEDED' : 'OK');
  });

  test.each([
    ['fills an unknown one', undefined, 500, 500],
    ['lowers a higher one', 1000, 500, 500],
    ['lowers no limit', -1, 500, 500],
    ['lowers to nothing', -1, 0, 0],
    ['does not raise a lower one', 500, 1000, 500],
    ['does not lift a limit', 500, -1, 500],
    ['does not lift "none collected"', 0, -1, 0],
    ['says nothing', 500, undefined, 500],
    ['knows as little as the answer', undefined, undefined, undefined],
    ['agrees that there is none', -1, -1, -1],
  ])('a limit of the shop %s', (_, answer, own, inForce) => {
    expect(effectiveLimit(answer, own)).toBe(inForce);
    expect(judgedLimit(0, answer, own).paymentLimit).toBe(inForce);
  });

  test('of the shop alone rejects an amount that the API accepted', () => {
    expect(judgedLimit(600, -1, 500)).toMatchObject({ status: 'COD_LIMIT_EXCEEDED', verdict: 'reject' });
  });

  test('of the shop does not overrule an EXCEEDED that came without a limit', () => {
    expect(judgedLimit(400, undefined, 500, 'COD_LIMIT_EXCEEDED')).toMatchObject({
      status: 'COD_LIMIT_EXCEEDED',
      verdict: 'reject',
      codFlag: 'COD_LIMIT_EXCEEDED',
    });
  });

  test('decides for another amount than the one that was asked', () => {
    expect(judgedLimit(400, 500, undefined, 'COD_LIMIT_EXCEEDED')).toMatchObject({ status: 'OK', verdict: 'accept' });
    expect(judgedLimit(501, 500, undefined, 'OK')).toMatchObject({ status: 'COD_LIMIT_EXCEEDED', verdict: 'reject' });
  });

  test('is never above the answer nor above the shop, and the flag follows the status', () => {
    const limit = fc.option(fc.constantFrom(-1, 0, 1, 499, 500, 1000), { nil: undefined });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1500 }), limit, limit, (codRub, answer, own) => {
        const { status, codFlag, paymentLimit, verdict } = judgedLimit(codRub, answer, own);
        const exceeded = [answer, own].some((known) => known !== undefined && exceeds(codRub, known));
        expect(status).toBe(exceeded ? 'COD_LIMIT_EXCEEDED' : 'OK');
        expect(codFlag === 'COD_LIMIT_EXCEEDED').toBe(exceeded);
        expect(codFlag === 'COD_LIMIT_UNKNOWN').toBe(codRub > 0 && paymentLimit === undefined);
        expect(verdict).toBe(exceeded ? 'reject' : codFlag === '' ? 'accept' : 'review');
      }),
    );
  });
});

describe('a fallback', () => {
  test.each<[Partial<Detection>, number, string]>([
    [{}, 0, 'OK'],
    [{}, 10_001, 'COD_LIMIT_EXCEEDED'],
    [{ status_code: 'ERR_MANY_CITIES_IN_ADDRESS' }, 0, 'ERR_MANY_CITIES_IN_ADDRESS'],
    [{ status_code: 'ERR_NO_ADDRESS' }, 0, 'ERR_NO_ADDRESS'],
  ])('is for review whatever it says: %j with %d roubles', (detection, codRub, status) => {
    const judged = judge(answered(detection, { source: 'local', fallback: true }), query(codRub), RULES);
    expect(judged).toMatchObject({ status, verdict: 'review', doubt: 'fallback' });
    expect(judged.codFlag).toBe(status === 'COD_LIMIT_EXCEEDED' ? status : '');
  });
});
