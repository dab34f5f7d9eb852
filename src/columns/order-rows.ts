import type { ColumnMap } from './roles.ts';

interface RowOfOrder {
  readonly cells: readonly string[];
}

export interface OrderRows<Row extends RowOfOrder> {
  /** The same rows; has to see every one of the file, in order, before its `addressRow` is asked. */
  readonly batches: AsyncIterable<readonly Row[]>;
  /** The row that has the address for a row: itself, or the first row of its order. */
  readonly addressRow: (row: Row) => Row;
}

/**
 * Finds the order that a row belongs to, in an export that writes one order over several rows and its address only on
 * the first: a row without postcode and address, with the same order key as the row before it.
 */
export function orderRows<Row extends RowOfOrder>(
  batches: AsyncIterable<readonly Row[]>,
  { postcode, address, orderKey }: ColumnMap,
): OrderRows<Row> {
  if (orderKey === undefined) return { batches, addressRow: (row) => row };
  const firstOf = new WeakMap<Row, Row>();
  const isBare = ({ cells }: Row) =>
    [postcode, ...address].every((column) => (cells[column ?? -1] ?? '').trim() === '');

  async function* watched(): AsyncGenerator<readonly Row[], void> {
    let first: Row | undefined;
    for await (const rows of batches) {
      for (const row of rows) {
        const key = row.cells[orderKey ?? -1] ?? '';
        if (first !== undefined && key !== '' && key === first.cells[orderKey ?? -1] && isBare(row))
          firstOf.set(row, first);
        else first = row;
      }
      yield rows;
    }
  }

  return { batches: watched(), addressRow: (row) => firstOf.get(row) ?? row };
}
