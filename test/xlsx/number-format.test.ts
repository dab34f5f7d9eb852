import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCod } from '../../src/address/cod.ts';
import { numberFormat } from '../../src/xlsx/number-format.ts';
import { plainNumber } from '../../src/xlsx/plain-number.ts';

describe('a number of a workbook in plain digits', () => {
  it.each([
    ['101000', '101000'],
    ['12345678901234567', '12345678901234567'],
    ['1.2345678901234568E+16', '12345678901234568'],
    ['1.23E+16', '12300000000000000'],
    ['675000.0', '675000'],
    ['6.75E5', '675000'],
    ['1E-05', '0.00001'],
    ['-1.50', '-1.5'],
    ['.5', '0.5'],
    ['-0', '0'],
    ['-0.0', '0'],
    ['0', '0'],
    ['007', '7'],
    ['0.30000000000000004', '0.3'],
    ['1500.1000000000001', '1500.1'],
    ['55.755826', '55.755826'],
    ['1.7976931348623157E308', `17976931348623157${'0'.repeat(292)}`],
  ])('%s → %s', (stored, plain) => {
    expect(plainNumber(stored)).toBe(plain);
  });

  it.each(['', 'x', '1.2.3', '1e', 'NaN', 'INF', '1,5', '0x10', '1E9999'])('"%s" is none', (stored) => {
    expect(plainNumber(stored)).toBeUndefined();
  });

  it('is the same number for every double of up to 15 digits', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -12, max: 12 }), (digits, exponent) => {
        const stored = `${digits}E${exponent}`;
        expect(Number(plainNumber(stored))).toBe(Number(stored));
      }),
    );
  });
});

describe('a number is shown', () => {
  it.each([
    ['General', '1500.5', '1500.5'],
    ['@', '123', '123'],
    ['000000', '12345', '012345'],
    ['000000', '101000', '101000'],
    ['000-000', '12345', '012-345'],
    ['+7 (000) 000-00-00', '9161234567', '+7 (916) 123-45-67'],
    ['+7 (000) 000-00-00', '1.5', '1.5'],
    ['"№"000', '7', '№007'],
    ['0%', '0.15', '15%'],
    ['0%', '0.155', '15.5%'],
    ['0', '-5', '-5'],
    ['(0)', '5', '(5)'],
    ['0;(0)', '-5', '(5)'],
    ['[Red][<100]0.0;0.00', '5', '5.0'],
    ['[Red][<100]0.0;0.00', '500', '500.00'],
    ['General" шт"', '1234567890123', '1234567890123 шт'],
  ])('as its format says: %s of %s → %s', (code, stored, shown) => {
    expect(numberFormat(code, false)(stored)).toBe(shown);
  });

  it.each([
    ['#,##0', '101000', '101000', 'no separators in a postcode'],
    ['#,##0.00', '1500.5', '1500.50', 'nor in an amount'],
    ['0', '1500.5', '1500.5', 'no rounding to roubles'],
    ['0.00', '33.3333333333333', '33.3333333333333', 'no rounding at all'],
    ['0.00', '1500.1000000000001', '1500.10', 'but no noise of calculation either'],
    ['0.0', '0.05', '0.05', 'a small number does not vanish'],
    ['0.00E+00', '12345678901234567', '12345678901234567', 'no exponents'],
    ['##0.0E+0', '1500', '1500', 'nor those of engineers'],
    ['0', '12345678901234567', '12345678901234567', 'every digit of an order number'],
    ['#,##0,', '1500000', '1500000', 'no thousands'],
    ['0.0,,"M"', '1500000', '1500000', 'no millions'],
    ['# ?/?', '0.3333', '0.3333', 'no fractions that are only near'],
    [';;;', '1500', '1500', 'an amount is not hidden'],
    ['#', '0', '0', 'nor is nothing'],
    ['_-* #,##0.00\\ _₽_-;\\-* #,##0.00\\ _₽_-;_-* "-"??\\ _₽_-;_-@_-', '0', '0', 'a dash for nothing is 0'],
    ['_-* #,##0.00\\ _₽_-;\\-* #,##0.00\\ _₽_-;_-* "-"??\\ _₽_-;_-@_-', '1500', '1500.00', 'accounting'],
    ['#,##0.00\\ "₽"', '1500', '1500.00 ₽', 'roubles'],
    ['[$$-409]#,##0.00', '1500', '$1500.00', 'a foreign currency stays one'],
    ['nonsense "', '15', '15', 'a format that nobody understands'],
  ])('without harm to it: %s of %s → %s (%s)', (code, stored, shown) => {
    expect(numberFormat(code, false)(stored)).toBe(shown);
  });

  it('so that the amount of cash on delivery is read to the last digit, whatever the format', () => {
    const formats = ['General', '0', '#,##0', '0.00', '#,##0.00', '#,##0.00\\ "₽"', '#,##0;-#,##0;"-"', '0.00E+00'];
    fc.assert(
      fc.property(fc.constantFrom(...formats), fc.integer({ min: 0, max: 10 ** 10 }), (code, kopecks) => {
        const stored = String(kopecks / 100);
        expect(parseCod(numberFormat(code, false)(stored))).toEqual({ ok: true, value: kopecks / 100 });
      }),
    );
  });

  it('as no roubles where it is another currency', () => {
    expect(parseCod(numberFormat('[$$-409]#,##0.00', false)('1500')).ok).toBe(false);
  });
});

describe('a date is shown', () => {
  it.each([
    ['dd.mm.yyyy', '45000', '15.03.2023'],
    ['dd/mm/yyyy;@', '45000', '15/03/2023'],
    ['yyyy"年"m"月"d"日"', '45000', '2023年3月15日'],
    ['yyyy-mm-dd hh:mm:ss', '45000.75', '2023-03-15 18:00:00'],
    ['h:mm AM/PM', '0.6', '2:24 PM'],
    ['[$-804]上午/下午h"时"mm"分"', '0.6', '下午2时24分'],
    ['[h]:mm', '2.5', '60:00'],
    ['[$-F800]dddd\\, mmmm dd\\, yyyy', '45000', '2023-03-15'],
    ['[$-F400]h:mm:ss\\ AM/PM', '0.75', '18:00:00'],
  ])('as its format says: %s of %s → %s', (code, stored, shown) => {
    expect(numberFormat(code, false)(stored)).toBe(shown);
  });

  it('four years and a day later where days are counted from 1904', () => {
    expect(numberFormat('dd.mm.yyyy', true)('43538')).toBe('15.03.2023');
  });

  it.each(['-1', '3000000', '1E10'])('as a number where no calendar has it: %s', (stored) => {
    expect(numberFormat('dd.mm.yyyy', false)(stored)).toBe(plainNumber(stored));
  });
});
