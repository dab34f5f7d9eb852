import { fitOf, holdsAmounts, type Sample } from './cell-values.ts';
import type { ColumnClues } from './clues.ts';
import { plainHeader } from './header-words.ts';
import { readPayment } from './payment.ts';
import { readHeader } from './read-header.ts';

/** What may be meant for amounts to be collected in a file of which no such column was taken. */
export interface UntakenCod {
  /** Counted from 0; the likely ones first. */
  readonly columns: readonly number[];
  /** Whether something says that amounts are collected, beyond a column of money. */
  readonly isLikely: boolean;
}

/** Looks through the columns without a role, those in `taken` left out. Empty columns speak for nothing. */
export function findUntakenCod(
  { headers, sample, added }: ColumnClues,
  taken: { has(column: number): boolean },
): UntakenCod {
  const free = headers.flatMap((header, column) =>
    taken.has(column) || added?.has(column) === true ? [] : [{ header, column }],
  );
  const filled = free.filter(({ column }) => sample.length === 0 || fitOf(sample, column, 'cod').filled > 0);
  const likely = filled.filter(({ header, column }) => speaksOfCollecting(header) || isPaidSo(sample, header, column));
  const money = filled.filter(
    ({ header, column }) =>
      speaksOfMoney(header) && isMoney(sample, column) && !likely.some((one) => one.column === column),
  );
  return { columns: [...likely, ...money].map(({ column }) => column), isLikely: likely.length > 0 };
}

const COLLECTING =
  /(?<![\p{Script=Latin}\p{Script=Cyrillic}])(?:cod|on delivery|to collect|нп|налож\p{L}*|(?:при|к) получени[ию]|получателем|взыска\p{L}*)(?![\p{Script=Latin}\p{Script=Cyrillic}])|代收|到付|貨到付款/u;
const MONEY =
  /(?<!\p{L})(?:amount|sum|total|subtotal|price|cost|value|payable|due|balance|сумма|итого|цена|стоимость|оплат[аы]|к оплате)(?!\p{L})|金额|货款|应收|收款|总价|总额|价格|售价/u;
/** Money that nobody collects for the shop: of the carriage, taxes, discounts, insurance. */
const OTHER_MONEY =
  /(?<!\p{L})(?:shipping|delivery|freight|discount|tax|vat|fee|fees|refund\p{L}*|insur\p{L}*|declared|доставк\p{L}*|скидк\p{L}*|ндс|налог\p{L}*|страхов\p{L}*|объявленн\p{L}*|оценочн\p{L}*|ценност\p{L}*|возврат\p{L}*)(?!\p{L})|运费|邮费|折扣|优惠|税|保价|申报|手续费|退款/u;
const PAYMENT = /(?<!\p{L})(?:pay\p{L}*|оплат\p{L}*|платеж\p{L}*)(?!\p{L})|付款|支付/u;

function speaksOfCollecting(header: string): boolean {
  const { role } = readHeader(header);
  return role === 'cod' || role === 'collected' || (role === undefined && COLLECTING.test(plainHeader(header)));
}

/** A column of ways of payment tells that something is collected, though not how much. */
function isPaidSo(sample: Sample, header: string, column: number): boolean {
  return (
    PAYMENT.test(plainHeader(header)) && sample.some((row) => readPayment((row[column] ?? '').trim()) === 'on-delivery')
  );
}

function speaksOfMoney(header: string): boolean {
  const plain = plainHeader(header);
  return readHeader(header).role === undefined && MONEY.test(plain) && !OTHER_MONEY.test(plain);
}

const MONEY_SHARE = 0.5;

function isMoney(sample: Sample, column: number): boolean {
  if (sample.length === 0) return true;
  return fitOf(sample, column, 'cod').share >= MONEY_SHARE && holdsAmounts(sample, column);
}
