import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCod } from '../../src/address/cod.ts';
import { caseFile } from './case-file.ts';

describe('parseCod', () => {
  test.each(caseFile('cod-cells'))('reads the cell $cell as $roubles $defect', ({ cell, roubles, defect }) => {
    expect(parseCod(cell ?? '')).toEqual(defect === '' ? { ok: true, value: Number(roubles) } : { ok: false, defect });
  });

  const roubles = fc.integer({ min: 0, max: 9_999_999 });
  const kopecks = fc.integer({ min: 0, max: 99 }).map((value) => String(value).padStart(2, '0'));
  const around = fc.constantFrom(['', ''], ['', ' ₽'], ['', ' руб.'], ['', 'р.'], ['RUB ', ''], ['₽', ''], ["'", '']);

  test.each([
    [' ', ','],
    [' ', '.'],
    ['\u00a0', ','],
    [',', '.'],
    ['.', ','],
  ])('reads any amount with thousands by "%s" and decimals by "%s"', (thousands, decimal) => {
    fc.assert(
      fc.property(roubles, kopecks, around, (whole, fraction, [before, behind]) => {
        const grouped = String(whole).replace(/\B(?=(?:\d{3})+$)/g, thousands);
        expect(parseCod(`${before}${grouped}${decimal}${fraction}${behind}`)).toEqual({
          ok: true,
          value: Number(`${whole}.${fraction}`),
        });
      }),
    );
  });

  test('refuses a dot before exactly three digits whatever stands around it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999 }), kopecks, around, (whole, fraction, [before, behind]) => {
        expect(parseCod(`${before}${whole}.${fraction}0${behind}`)).toEqual({
          ok: false,
          defect: 'thousands-or-decimals',
        });
      }),
    );
  });

  test('gives an amount of at least zero, or a defect, for any cell', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'0123456789 .,-₽рубRUB$') }),
    );
    fc.assert(
      fc.property(cell, (text) => {
        const parsed = parseCod(text);
        if (!parsed.ok) return;
        expect(Number.isFinite(parsed.value)).toBe(true);
        expect(parsed.value).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
