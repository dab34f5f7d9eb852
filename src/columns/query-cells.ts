import type { QueryCells } from '../address/cells.ts';
import { parseCod } from '../address/cod.ts';
import { readPayment } from './payment.ts';
import type { CodRule, ColumnMap } from './roles.ts';

/** The cells of one row that make its question: the address joined with commas, parts that are empty left out. */
export function queryCells(cells: readonly string[], map: ColumnMap): QueryCells {
  const cell = (column: number | undefined) => (column === undefined ? '' : (cells[column] ?? ''));
  const parts = map.address.map((column) => cell(column).trim()).filter((part) => part !== '');
  return {
    postcode: cell(map.postcode),
    address: parts.join(', '),
    ...(map.codRule === undefined ? { cod: cell(map.cod) } : collected(cell(map.cod), map.codRule, cell)),
    country: cell(map.country),
  };
}

/** The amount with its currency where it is collected on delivery, else none. */
function collected(
  amount: string,
  { payment, currency, amountIs }: CodRule,
  cell: (column: number | undefined) => string,
): Pick<QueryCells, 'cod' | 'codDefect' | 'isUnpaid'> {
  const told = readPayment(cell(payment));
  if (told === 'on-delivery') {
    if (amount.trim() === '') return { cod: '', codDefect: 'cod-without-amount' };
    // An amount in no currency might be in any.
    if (cell(currency).trim() === '') return { cod: '', codDefect: 'currency-missing' };
    return { cod: `${amount} ${cell(currency)}` };
  }
  return { cod: '', isUnpaid: told === 'untold' && amountIs === 'unpaid' && isOwed(amount) };
}

/** What cannot be read may be owed. */
function isOwed(amount: string): boolean {
  const parsed = parseCod(amount);
  return parsed.ok ? parsed.value > 0 : parsed.defect !== 'negative';
}
