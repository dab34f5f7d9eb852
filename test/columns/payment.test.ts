import { describe, expect, test } from 'vitest';
import { readPayment } from '../../src/columns/payment.ts';

describe('a way of payment', () => {
  test.each([
    'COD',
    'CoD',
    'C.O.D.',
    'ＣＯＤ',
    'cash on delivery',
    'Cash on Delivery (COD)',
    'CashOnDelivery',
    'cashOnDelivery',
    'CASHONDELIVERY',
    'cash_on_delivery',
    'Card on delivery',
    'Paid on delivery',
    'Наложенный платеж',
    'НАЛОЖЕННЫЙ ПЛАТЁЖ',
    'Почта, наложенным платежом',
    'Оплата при получении',
    'Картой при получении',
    '货到付款',
    '货到付款（现金）',
    '貨到付款',
    '代收货款',
  ])('%s is collected on delivery', (cell) => expect(readPayment(cell)).toBe('on-delivery'));

  test.each([
    'not cod',
    'no cod',
    'No COD',
    'non-COD',
    'NotCOD',
    'notCashOnDelivery',
    'COD: no',
    'no cash on delivery',
    'не наложенный платеж',
    'Без наложенного платежа',
    '非货到付款',
    '不支持货到付款',
    'Gift code',
    'codfish',
    'Bank Deposit',
    'not paid',
    'не оплачено',
    'unpaid',
    '未支付',
    '',
  ])('%j tells neither', (cell) => expect(readPayment(cell)).toBe('untold'));

  test.each(['Shopify Payments', 'PayPal Express Checkout', 'prepaid, not COD', 'Предоплата', '支付宝', '已付款'])(
    '%s is paid beforehand',
    (cell) => expect(readPayment(cell)).toBe('beforehand'),
  );
});
