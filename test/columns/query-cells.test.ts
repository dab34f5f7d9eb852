import { describe, expect, test } from 'vitest';
import { parseCod } from '../../src/address/cod.ts';
import { queryCells } from '../../src/columns/query-cells.ts';
import type { ColumnMap } from '../../src/columns/roles.ts';

const MAP: ColumnMap = { postcode: 0, address: [2, 1], cod: 3, country: undefined };

describe('the cells of a question', () => {
  test('are those of the columns, the address joined with commas', () => {
    expect(queryCells(['675000', ' Tula ', 'Mira 1', '500'], MAP)).toEqual({
      postcode: '675000',
      address: 'Mira 1, Tula',
      cod: '500',
      country: '',
    });
    expect(queryCells(['', '', 'Mira 1', ''], { ...MAP, postcode: undefined })).toMatchObject({
      postcode: '',
      address: 'Mira 1',
    });
  });
});

describe('an amount that is collected only for some ways of payment', () => {
  const rule = { payment: 4, words: ['cod', 'cash on delivery'], currency: 5 };
  const cod = (amount: string, payment: string, currency: string) =>
    parseCod(queryCells(['', '', '', amount, payment, currency], { ...MAP, codRule: rule }).cod);

  test.each([
    ['1500.00', 'Cash on Delivery (COD)', 'RUB', 1500],
    ['1500.00', 'COD', 'RUB', 1500],
    ['1500.00', 'cash-on-delivery', 'RUB', 1500],
    ['1500.00', 'manual + COD', 'RUB', 1500],
    ['1500.00', 'Shopify Payments', 'RUB', 0],
    ['1500.00', 'Gift code', 'RUB', 0],
    ['1500.00', '', 'RUB', 0],
    ['', 'COD', 'RUB', 0],
    ['', 'COD', 'USD', 0],
  ])('%s paid by %j in %s is %i roubles', (amount, payment, currency, value) => {
    expect(cod(amount, payment, currency)).toEqual({ ok: true, value });
  });

  test('is not read in another currency', () => {
    expect(cod('15.00', 'COD', 'USD')).toEqual({ ok: false, defect: 'not-roubles' });
  });
});
