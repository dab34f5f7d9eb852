import { describe, expect, test } from 'vitest';
import { postcodesInAddress } from '../../src/address/postcode-in-address.ts';
import { toRowQuestion } from '../../src/address/row-question.ts';

describe('the postcodes of an address', () => {
  test.each([
    ['675000, Благовещенск, Ленина 21', '675000'],
    ['Lenina 21 675000 Blagoveshchensk', '675000'],
    ['Lenina 21, 2 Blagoveschensk RU-675000', '675000'],
    ['индекс 675000, г. Благовещенск', '675000'],
    ['zip code: 675000 Blagoveshchensk', '675000'],
    ['邮编675000布拉戈维申斯克', '675000'],
    ['６７５０００ Blagoveshchensk', '675000'],
    ['675000 Blagoveshchensk 675000', '675000'],
    ['675000 Blagoveshchensk, or 300041 Tula', '675000|300041'],
    ['Lenina 21, тел 345678', ''],
    ['Lenina 21, т. 345678', ''],
    ['Lenina 21, +7 4162 345678', ''],
    ['Lenina 21, 8 (4162) 345678', ''],
    ['Lenina 21, 345-678', ''],
    ['Lenina 21, 12-345678', ''],
    ['Lenina 21, 89145550102', ''],
    ['Lenina 21, ИНН 280123456789', ''],
    ['заказ № 345678, Lenina 21', ''],
    ['order #345678, Lenina 21', ''],
    ['Lenina 21, A345678', ''],
    ['Lenina 21, 745678', ''],
    ['Lenina 21, 045678', ''],
    ['675000, Ленина 21, тел. 345678', '675000'],
    ['', ''],
  ])('%s are %j', (address, postcodes) => {
    expect(postcodesInAddress(address).join('|')).toBe(postcodes);
  });
});

describe('the postcode of a row', () => {
  const defaults = { country: 'ru', fiasOnly: false };
  const ask = (postcode: string, address: string, cod = '') =>
    toRowQuestion({ postcode, address, cod, country: '' }, defaults);

  test('is taken from the address where its cell is empty', () => {
    expect(ask(' ', 'Lenina 21, 675000')).toEqual({
      query: expect.objectContaining({ postcode: '675000', address: 'Lenina 21, 675000' }),
      remark: { kind: 'taken-from-address', postcode: '675000' },
    });
  });

  test('is not taken where the address leaves it open', () => {
    expect(ask('', '675000 or 300041, Lenina 21')).toEqual({ query: { kind: 'invalid', status: 'ERR_NO_POSTCODE' } });
  });

  test('is the cell’s where the address has another one, and that is told', () => {
    expect(ask('675000', '300041, Lenina 21')).toEqual({
      query: expect.objectContaining({ postcode: '675000' }),
      remark: { kind: 'address-has-another', postcode: '300041' },
    });
    expect(ask('675000', '675000, Lenina 21, 300041').remark).toBeUndefined();
  });

  test('is not replaced where its cell cannot be read', () => {
    expect(ask('67500', '675000, Lenina 21').query).toMatchObject({ status: 'ERR_BAD_POSTCODE' });
  });
});
