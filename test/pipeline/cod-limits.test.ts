import { describe, expect, test } from 'vitest';
import type { CdekCity } from '../../src/address/detection.ts';
import { noCodLimits, parseCodLimits } from '../../src/pipeline/cod-limits.ts';

const GUID = '8f41253d-6e3b-48a9-842a-25ba894bd093';
const CITY: CdekCity = { cityCode: '286', cityName: 'Благовещенск', fiasGuid: GUID, regionCodeExt: '28' };

function limit(text: string, city: CdekCity = CITY): number | undefined {
  return parseCodLimits(text, 'limits.csv')(city);
}

describe('parseCodLimits', () => {
  test.each([
    ['city_code,payment_limit\n286,5000\n', 5000],
    ['city_code,payment_limit\n286,-1\n', -1],
    ['city_code,payment_limit\n286,0\n', 0],
    ['city_code,payment_limit\n286,99.5\n', 99.5],
    ['city_code,payment_limit\n44,5000\n', undefined],
    ['payment_limit,fias_guid\n5000,8F41253D-6E3B-48A9-842A-25BA894BD093\n', 5000],
    ['region_code_ext,payment_limit,note\n28,5000,"Amur, all"\n', 5000],
    ['\ufeffcity_code , payment_limit\r\n 286 , 5000 \r\n\r\n', 5000],
    ['city_code;payment_limit;note\r\n286;5000;a, b\r\n', 5000],
    ['city_code\tpayment_limit\n286\t5000\n', 5000],
    ['city_code,payment_limit\n', undefined],
  ])('reads %j', (text, expected) => {
    expect(limit(text)).toBe(expected);
  });

  test('lets the most specific line hold', () => {
    const lines = [',,28,3', `,${GUID},,2`, '286,,,1'];
    const header = 'city_code,fias_guid,region_code_ext,payment_limit\n';
    expect(limit(header + lines.join('\n'))).toBe(1);
    expect(limit(header + lines.slice(0, 2).join('\n'))).toBe(2);
    expect(limit(header + lines.slice(0, 1).join('\n'))).toBe(3);
  });

  test('knows a region whose leading zero a spreadsheet took off', () => {
    const makhachkala = { cityCode: '442', cityName: 'Махачкала', regionCodeExt: '05' };
    expect(limit('region_code_ext,payment_limit\n5,0\n', makhachkala)).toBe(0);
  });

  test('knows nothing of a city without the codes that it goes by', () => {
    const lines = `city_code,fias_guid,region_code_ext,payment_limit\n,${GUID},,1\n,,28,2\n`;
    expect(limit(lines, { cityCode: '286', cityName: 'Благовещенск' })).toBeUndefined();
    expect(noCodLimits(CITY)).toBeUndefined();
  });

  test.each([
    ['', 'line 1: no column payment_limit'],
    ['city_code,limit\n286,1\n', 'line 1: no column payment_limit'],
    ['city,payment_limit\n286,1\n', 'line 2: exactly one of city_code, fias_guid, region_code_ext'],
    ['city_code,region_code_ext,payment_limit\n286,28,1\n', 'line 2: exactly one of'],
    ['city_code,payment_limit\n286,1\n,2\n', 'line 3: exactly one of'],
    ['city_code,payment_limit\n286,1\n\n286,2\n', 'line 4: city_code 286 is stated twice'],
    ['city_code,payment_limit\n286,\n', 'line 2: payment_limit must be -1, 0 or an amount'],
    ['city_code,payment_limit\n286,-2\n', 'line 2: payment_limit must be'],
    ['city_code,payment_limit\n286,1 000\n', 'line 2: payment_limit must be'],
    ['city_code,payment_limit\n286,none\n', 'line 2: payment_limit must be'],
    ['city_code,payment_limit\n286,1\n44,"2\n', 'line 3'],
    ['city_code,payment_limit\n286\n', 'line 2'],
  ])('refuses %j, naming file and line', (text, message) => {
    expect(() => limit(text)).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
    expect(() => limit(text)).toThrow('--cod-limits limits.csv');
    expect(() => limit(text)).toThrow(message);
  });
});
