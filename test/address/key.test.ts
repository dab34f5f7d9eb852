import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalAddress, parseQuestionKey, questionKey } from '../../src/address/key.ts';

const API = { detectorId: 'api', origin: 'https://int.cdek-express.cn' };
const QUERY = {
  postcode: '675000',
  address: 'Lenina 21, 2 Blagoveschensk',
  codRub: 0,
  countryCode: 'ru',
  fiasOnly: false,
};

describe('canonicalAddress', () => {
  test.each([
    ['Lenina 21, 2 Blagoveschensk', 'lenina 21 2 blagoveschensk'],
    ['  ul. LENINA,21 ', 'ul lenina 21'],
    ['ул. Ленина, д. 21', 'ул ленина д 21'],
    ['ＬＥＮＩＮＡ　２１', 'lenina 21'],
    ['Lenina\u00a021', 'lenina 21'],
    ['И\u0306ошкар-Ола', 'йошкар ола'],
    ['岸边街 5号', '岸边街 5号'],
    ['— , —', ''],
    ['', ''],
  ])('%j is the same address as %j', (text, canonical) => {
    expect(canonicalAddress(text)).toBe(canonical);
  });

  test('a house 12-3 is not the house 123', () => {
    expect(canonicalAddress('Lenina 12-3')).not.toBe(canonicalAddress('Lenina 123'));
  });

  test('ё and е, й and и stay apart: the API may tell them apart too', () => {
    expect(canonicalAddress('Орёл')).not.toBe(canonicalAddress('Орел'));
    expect(canonicalAddress('Бий')).not.toBe(canonicalAddress('Бии'));
  });

  test('the canonical form of a canonical form is itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = canonicalAddress(text);
        expect(canonicalAddress(once)).toBe(once);
      }),
    );
  });

  test('an ASCII text has the same canonical form beside a Cyrillic word as alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), (text) => {
        expect(canonicalAddress(`ю ${text}`)).toBe(`ю ${canonicalAddress(text)}`.trim());
      }),
    );
  });
});

describe('questionKey', () => {
  test('is readable and ends with the canonical address', () => {
    expect(questionKey(API, QUERY)).toBe('api|https://int.cdek-express.cn|ru|full|675000|lenina 21 2 blagoveschensk');
  });

  test('does not depend on the amount or on punctuation', () => {
    expect(questionKey(API, { ...QUERY, address: 'LENINA 21-2; Blagoveschensk' })).toBe(questionKey(API, QUERY));
    expect(questionKey(API, { ...QUERY, ...{ codRub: 5000 } })).toBe(questionKey(API, QUERY));
  });

  test.each([
    ['detector', { ...API, detectorId: 'cdek' }, QUERY],
    ['origin', { ...API, origin: 'http://127.0.0.1:8080' }, QUERY],
    ['postcode', API, { ...QUERY, postcode: '675001' }],
    ['country', API, { ...QUERY, countryCode: 'kz' }],
    ['fias_only', API, { ...QUERY, fiasOnly: true }],
    ['address', API, { ...QUERY, address: 'Lenina 212 Blagoveschensk' }],
  ])('differs by %s', (_, asked, query) => {
    expect(questionKey(asked, query)).not.toBe(questionKey(API, QUERY));
  });

  test('can be taken apart again', () => {
    expect(parseQuestionKey(questionKey(API, { ...QUERY, fiasOnly: true }))).toEqual({
      ...API,
      countryCode: 'ru',
      fiasOnly: true,
      postcode: '675000',
      address: 'lenina 21 2 blagoveschensk',
    });
    expect(parseQuestionKey('anything else')).toBeUndefined();
    expect(parseQuestionKey('api|o|ru|half|675000|x')).toBeUndefined();
    expect(parseQuestionKey('api|o|ru|full|675000|x|y')).toBeUndefined();
  });
});
