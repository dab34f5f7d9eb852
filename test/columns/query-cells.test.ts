import { describe, expect, test } from 'vitest';
import { toQuery } from '../../src/address/cells.ts';
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
  const rule = { payment: 4, currency: 5, amountIs: 'unpaid' } as const;
  const cells = (amount: string, payment: string, currency: string, amountIs: 'unpaid' | 'total' = 'unpaid') =>
    queryCells(['', '', '', amount, payment, currency], { ...MAP, codRule: { ...rule, amountIs } });
  const cod = (amount: string, payment: string, currency: string) => parseCod(cells(amount, payment, currency).cod);

  test.each([
    ['1500.00', 'Cash on Delivery (COD)', 'RUB', 1500],
    ['1500.00', 'COD', 'RUB', 1500],
    ['1500.00', 'cash-on-delivery', 'RUB', 1500],
    ['1500.00', 'manual + COD', 'RUB', 1500],
    ['1500.00', 'Shopify Payments', 'RUB', 0],
    ['1500.00', 'Gift code', 'RUB', 0],
    ['1500.00', '', 'RUB', 0],
    ['0.00', 'COD', 'RUB', 0],
  ])('%s paid by %j in %s is %i roubles', (amount, payment, currency, value) => {
    expect(cod(amount, payment, currency)).toEqual({ ok: true, value });
  });

  test('is not read in another currency', () => {
    expect(cod('15.00', 'COD', 'USD')).toEqual({ ok: false, defect: 'not-roubles' });
  });

  test.each([
    ['', 'COD', 'RUB', 'cod-without-amount'],
    [' ', 'Наложенный платёж', 'USD', 'cod-without-amount'],
    ['15.00', '货到付款', '', 'currency-missing'],
  ])('%j paid by %j in %j is no amount', (amount, payment, currency, codDefect) => {
    const asked = cells(amount, payment, currency);
    expect(asked.codDefect).toBe(codDefect);
    const query = toQuery({ ...asked, postcode: '300041', address: 'Tula' }, { country: 'ru', fiasOnly: false });
    expect(query).toEqual({ kind: 'invalid', status: 'ERR_BAD_COD', defect: codDefect });
  });

  test.each([
    ['1900.00', 'Bank Deposit', true],
    ['1900.00', 'not cod', true],
    ['1900.00', '', true],
    ['about 19', '', true],
    ['1900.00', 'Shopify Payments', false],
    ['1900.00', 'COD', undefined],
    ['0.00', 'Bank Deposit', false],
    ['-5', 'Bank Deposit', false],
    ['', '', false],
  ])('%j owed and paid by %j: to be told of is %s', (amount, payment, isUnpaid) => {
    expect(cells(amount, payment, 'RUB').isUnpaid).toBe(isUnpaid);
  });

  test('is not told of where it is the cost of the order', () => {
    expect(cells('1900.00', 'bacs', 'RUB', 'total').isUnpaid).toBe(false);
  });
});
