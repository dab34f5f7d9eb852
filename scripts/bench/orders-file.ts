import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { AddressQuery } from '../../src/address/query.ts';

const HEADER = 'order_id,date,recipient,phone,postcode,address,cod,weight_g,sku,quantity,channel,comment';

/** How many different questions the file asks, and how many rows it has. */
export interface OrdersFile {
  readonly rows: number;
  readonly distinct: number;
}

/** The question number `index` of the synthetic file: deterministic, every one another. */
export function syntheticQuery(index: number): AddressQuery {
  const postcode = String(101000 + ((index * 7919) % 590_000)).padStart(6, '0');
  const address = `ulitsa Lenina ${1 + (index % 180)}, kv ${1 + (index % 97)}, gorod Sample${index}, Rossiya`;
  return { postcode, address, codRub: 0, countryCode: 'ru', fiasOnly: false };
}

/** Writes a 12-column file of about 138 bytes a row whose rows ask `distinct` questions in scattered order. */
export async function writeOrders(path: string, { rows, distinct }: OrdersFile): Promise<void> {
  const file = createWriteStream(path, { highWaterMark: 1 << 20 });
  file.write(`${HEADER}\n`);
  let text = '';
  for (let row = 0; row < rows; row += 1) {
    text += orderLine(row, syntheticQuery((row * 48_271) % distinct));
    if (text.length < 1 << 16) continue;
    if (!file.write(text)) await once(file, 'drain');
    text = '';
  }
  file.end(text);
  await once(file, 'finish');
}

function orderLine(row: number, { postcode, address }: AddressQuery): string {
  const day = String(1 + (row % 28)).padStart(2, '0');
  const phone = `+7916${String(1_000_000 + (row % 9_000_000))}`;
  return `${100_000_000 + row},2026-01-${day},Ivan Petrov,${phone},${postcode},"${address}",${row % 5000},${200 + (row % 900)},SKU-${row % 500},1,shop,call first\n`;
}
