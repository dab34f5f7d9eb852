import { describe, expect, test } from 'vitest';
import { orderRows } from '../../src/columns/order-rows.ts';
import type { ColumnMap } from '../../src/columns/roles.ts';

const MAP: ColumnMap = { postcode: 1, address: [2, 3], cod: undefined, country: undefined };

/** Which row's address each row has, by their numbers; rows in batches of two. */
async function addressRows(rows: readonly (readonly string[])[], map: ColumnMap): Promise<readonly number[]> {
  const all = rows.map((cells) => ({ cells }));
  async function* inTwos() {
    for (let at = 0; at < all.length; at += 2) yield all.slice(at, at + 2);
  }
  const { batches, addressRow } = orderRows(inTwos(), map);
  const found: number[] = [];
  for await (const batch of batches) for (const row of batch) found.push(all.indexOf(addressRow(row)));
  return found;
}

describe('the rows of one order', () => {
  const rows = [
    ['#1', '675000', 'Lenina 1', ''],
    ['#1', '', '', ''],
    ['#1', ' ', '', ''],
    ['#2', '', '', ''],
    ['#2', '', '', ''],
    ['#3', '300041', 'Mira 1', ''],
    ['#3', '300041', 'Mira 2', ''],
    ['#3', '', '', ''],
    ['', '', '', ''],
    ['', '', '', ''],
    ['#3', '', '', ''],
  ];

  test('have the address of its first one, where they have none themselves', async () => {
    expect(await addressRows(rows, { ...MAP, orderKey: 0 })).toEqual([0, 0, 0, 3, 3, 5, 6, 6, 8, 9, 10]);
  });

  test('stand for themselves where the file knows no orders', async () => {
    expect(await addressRows(rows, MAP)).toEqual(rows.map((_, row) => row));
  });
});
