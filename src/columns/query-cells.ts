import type { QueryCells } from '../address/cells.ts';
import type { CodRule, ColumnMap } from './roles.ts';

/** The cells of one row that make its question: the address joined with commas, parts that are empty left out. */
export function queryCells(cells: readonly string[], map: ColumnMap): QueryCells {
  const cell = (column: number | undefined) => (column === undefined ? '' : (cells[column] ?? ''));
  const parts = map.address.map((column) => cell(column).trim()).filter((part) => part !== '');
  return {
    postcode: cell(map.postcode),
    address: parts.join(', '),
    cod: map.codRule === undefined ? cell(map.cod) : collected(cell(map.cod), map.codRule, cell),
    country: cell(map.country),
  };
}

/** The amount with its currency where it is collected on delivery, else none. */
function collected(amount: string, rule: CodRule, cell: (column: number | undefined) => string): string {
  const payment = ` ${cell(rule.payment)
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .join(' ')} `;
  if (!rule.words.some((word) => payment.includes(` ${word} `))) return '';
  return amount.trim() === '' ? '' : `${amount} ${cell(rule.currency)}`;
}
