import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Detection } from '../../src/address/detection.ts';
import { absorb, owesCity, type StoredAnswer, serve } from '../../src/cache/stored-answer.ts';

const NOW = 1_000_000;
const asked = (codRub: number, more = {}) => ({ codRub, fiasOnly: false, now: NOW, jobStart: NOW - 10, ...more });
const city = (paymentLimit?: number) => ({
  cityCode: '286',
  cityName: 'Благовещенск',
  ...(paymentLimit === undefined ? {} : { paymentLimit }),
});
const ok = (paymentLimit?: number): Detection => ({
  status_code: 'OK',
  status_msg: 'CDEK城市识别成功',
  detected_cdek_city: city(paymentLimit),
});
const exceeded: Detection = { status_code: 'COD_LIMIT_EXCEEDED', detected_cdek_city: city() };
const exceededWithoutCity: Detection = { status_code: 'COD_LIMIT_EXCEEDED' };

/** The status for an amount, or "ask". */
function statusAt(stored: StoredAnswer, codRub: number): string {
  return serve(stored, codRub)?.status_code ?? 'ask';
}

describe('an answer with a payment limit serves every amount', () => {
  test.each([
    [-1, 0, 'OK'],
    [-1, 1e9, 'OK'],
    [0, 0, 'OK'],
    [0, 0.01, 'COD_LIMIT_EXCEEDED'],
    [0, 5000, 'COD_LIMIT_EXCEEDED'],
    [3000, 0, 'OK'],
    [3000, 3000, 'OK'],
    [3000, 3000.01, 'COD_LIMIT_EXCEEDED'],
  ])('limit %d, amount %d: %s', (limit, codRub, status) => {
    expect(statusAt(absorb(undefined, ok(limit), asked(0)), codRub)).toBe(status);
  });

  test('and leaves the API’s message out where the status is another', () => {
    const stored = absorb(undefined, ok(3000), asked(0));
    expect(serve(stored, 10)?.status_msg).toBe('CDEK城市识别成功');
    expect(serve(stored, 5000)).toEqual({ status_code: 'COD_LIMIT_EXCEEDED', detected_cdek_city: city(3000) });
  });

  test('whatever amount it was asked with', () => {
    const stored = absorb(undefined, { ...exceeded, detected_cdek_city: city(3000) }, asked(5000));
    expect(statusAt(stored, 3000)).toBe('OK');
    expect(statusAt(stored, 3001)).toBe('COD_LIMIT_EXCEEDED');
  });
});

test('an answer in doubt stays in doubt for every amount', () => {
  const stored = absorb(undefined, { ...ok(3000), confidence: 0.5 }, asked(5000));
  expect([0, 3000, 5000].map((codRub) => serve(stored, codRub)?.confidence)).toEqual([0.5, 0.5, 0.5]);
});

describe('an answer without a payment limit', () => {
  test('that was OK serves that amount and less', () => {
    const stored = absorb(undefined, ok(), asked(1000));
    expect([0, 999, 1000, 1001].map((codRub) => statusAt(stored, codRub))).toEqual(['OK', 'OK', 'OK', 'ask']);
  });

  test('that was exceeded serves that amount and more', () => {
    const stored = absorb(undefined, exceeded, asked(1000));
    expect([0, 999, 1000, 1001].map((codRub) => statusAt(stored, codRub))).toEqual([
      'ask',
      'ask',
      'COD_LIMIT_EXCEEDED',
      'COD_LIMIT_EXCEEDED',
    ]);
  });

  test('learns from one answer to the next of the same job, and keeps the city', () => {
    let stored = absorb(undefined, ok(), asked(1000));
    stored = absorb(stored, exceededWithoutCity, asked(5000));
    stored = absorb(stored, ok(), asked(2000));
    expect([2000, 2001, 4999, 5000].map((codRub) => statusAt(stored, codRub))).toEqual([
      'OK',
      'ask',
      'ask',
      'COD_LIMIT_EXCEEDED',
    ]);
    expect(serve(stored, 5000)?.detected_cdek_city?.cityCode).toBe('286');
  });

  test('that contradicts the one before stands', () => {
    const lowered = absorb(absorb(undefined, ok(), asked(1000)), exceeded, asked(500));
    expect(statusAt(lowered, 1000)).toBe('COD_LIMIT_EXCEEDED');
    expect(statusAt(lowered, 400)).toBe('ask');
    const raised = absorb(absorb(undefined, exceeded, asked(500)), ok(), asked(1000));
    expect(statusAt(raised, 500)).toBe('OK');
    expect(statusAt(raised, 1001)).toBe('ask');
  });

  test('never says OK to an amount that the API would refuse, whatever was asked in which order', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.array(fc.nat(10_000)), fc.nat(10_000), (limit, amounts, codRub) => {
        let stored: StoredAnswer | undefined;
        for (const amount of amounts) stored = absorb(stored, amount > limit ? exceeded : ok(), asked(amount));
        if (stored === undefined) return;
        expect(['ask', codRub > limit ? 'COD_LIMIT_EXCEEDED' : 'OK']).toContain(statusAt(stored, codRub));
        for (const amount of amounts) expect(statusAt(stored, amount)).not.toBe('ask');
      }),
    );
  });
});

describe('an answer that does not depend on the amount serves every amount', () => {
  test.each(['ERR_NOT_DETECT_CITY_IN_ADDRESS', 'ERR_MANY_CITIES_IN_ADDRESS', 'ERR_CDEK_HAS_NO_FIAS_GUID'])(
    '%s',
    (status_code) => {
      const stored = absorb(undefined, { status_code }, asked(100));
      expect(serve(stored, 0)).toEqual({ status_code });
      expect(serve(stored, 1e6)).toEqual({ status_code });
    },
  );

  test('nor does an OK to a fias_only question', () => {
    const stored = absorb(undefined, { status_code: 'OK' }, asked(100, { fiasOnly: true }));
    expect(statusAt(stored, 1e6)).toBe('OK');
  });
});

describe('what an earlier job knew', () => {
  const before: StoredAnswer = { ...absorb(undefined, ok(), asked(1000)), fetchedAt: 1 };

  test('is kept beside the new answer and not mixed with it', () => {
    const stored = absorb(before, exceeded, asked(5000));
    expect(stored).toEqual({ detection: exceeded, exceededFrom: 5000, fetchedAt: NOW, earlier: before });
  });

  test('stays when the same job learns more', () => {
    const stored = absorb(absorb(before, exceeded, asked(5000)), ok(), asked(3000));
    expect(stored).toMatchObject({ okUpTo: 3000, exceededFrom: 5000, earlier: before });
  });
});

describe('an amount that is too much for a city without a name', () => {
  test('is half an answer', () => {
    expect(owesCity(absorb(undefined, exceededWithoutCity, asked(5000)))).toBe(true);
  });

  test('is a whole one once it was asked without an amount, whatever came of it', () => {
    const half = absorb(undefined, exceededWithoutCity, asked(5000));
    expect(owesCity(absorb(half, ok(3000), asked(0)))).toBe(false);
    expect(owesCity(absorb(half, { status_code: 'OK' }, asked(0)))).toBe(false);
    expect(owesCity(absorb(half, exceededWithoutCity, asked(0)))).toBe(false);
  });

  test('owes nothing where the city is known or was not asked for', () => {
    expect(owesCity(absorb(undefined, exceeded, asked(5000)))).toBe(false);
    expect(owesCity(absorb(undefined, ok(), asked(0)))).toBe(false);
    expect(owesCity(absorb(undefined, exceededWithoutCity, asked(5000, { fiasOnly: true })))).toBe(false);
  });
});
