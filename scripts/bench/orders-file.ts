import { once } from 'node:events';
import { createWriteStream, existsSync, renameSync } from 'node:fs';
import { type Town, towns } from './towns.ts';

const HEADER = 'order_id,date,recipient,phone,postcode,address,cod,weight_kg,sku,quantity,channel,comment';
/** So many different questions a file asks. */
export const DISTINCT = 100_000;
/** Has no factor in common with `DISTINCT`, so that equal questions stand as far apart as they can. */
export const STEP = 48_271;

const STREETS = ['Lenina', 'Sovetskaya', 'Mira', 'Gagarina', 'Pushkina', 'Kirova', 'Oktyabrskaya'];
const RUSSIAN_STREETS = ['Ленина', 'Советская', 'Мира', 'Гагарина', 'Пушкина', 'Кирова', 'Октябрьская'];
const RECIPIENTS = ['Ivanov Ivan', 'Petrova Olga', 'Kim Elena', 'Smirnov Dmitry', 'Li Wei', 'Volkova Irina'];
const CHANNELS = ['ozon', 'wildberries', 'shop', 'aliexpress'];
const COMMENTS = ['', 'call before delivery', 'fragile', 'leave at the reception desk', 'gift', ''];

/** Postcode and address of a question. */
export interface SyntheticQuestion {
  readonly postcode: string;
  readonly address: string;
}

/** The question with this number: the same on every machine, every number another question. */
export function syntheticQuestion(index: number, all: readonly Town[]): SyntheticQuestion {
  const town = at(all, index);
  const visit = Math.floor(index / all.length);
  const postcode = `${town.postcodePrefix}${visit % 10}`;
  const house = 1 + ((index * 7) % 180);
  // The flat tells the visits of one town apart.
  const flat = 1 + visit;
  const street = at(STREETS, index + visit);
  switch (index % 10) {
    case 0:
      return {
        postcode,
        address: `г. ${town.name}, ул. ${at(RUSSIAN_STREETS, index + visit)}, д. ${house}, кв. ${flat}`,
      };
    case 1:
    case 2:
      return { postcode, address: `${street} ${house}, ${flat}, ${town.romanized}, Russia` };
    case 3:
    case 4:
      return { postcode, address: `g. ${town.romanized.toLowerCase()}, ul ${street}, d. ${house}, kv. ${flat}` };
    case 5:
      return { postcode, address: `${town.romanized.toUpperCase()}, ${street.toUpperCase()} STR. ${house}-${flat}` };
    default:
      return { postcode, address: `ul. ${street} ${house}, kv ${flat}, gorod ${town.romanized}, Rossiya` };
  }
}

/**
 * Writes orders of 12 columns, about 138 bytes a row, which ask `DISTINCT` questions in scattered order; a file that
 * is there is kept.
 */
export async function writeOrders(path: string, rows: number): Promise<void> {
  if (existsSync(path)) return;
  const all = towns();
  const file = createWriteStream(`${path}.partial`, { highWaterMark: 1 << 20 });
  let text = `${HEADER}\n`;
  for (let row = 0; row < rows; row += 1) {
    text += orderLine(row, syntheticQuestion((row * STEP) % DISTINCT, all));
    if (text.length < 1 << 16) continue;
    if (!file.write(text)) await once(file, 'drain');
    text = '';
  }
  file.end(text);
  await once(file, 'finish');
  renameSync(`${path}.partial`, path);
}

function orderLine(row: number, { postcode, address }: SyntheticQuestion): string {
  const day = String(1 + (row % 28)).padStart(2, '0');
  const phone = `+79${String(160_000_000 + ((row * 7_919) % 90_000_000))}`;
  const cod = row % 3 === 0 ? '' : String((row * 37) % 9_000);
  const weight = (0.2 + (row % 90) / 10).toFixed(1);
  const cells = [`CN${100_000_000 + row}`, `2026-01-${day}`, at(RECIPIENTS, row), phone, postcode, `"${address}"`, cod];
  return `${cells.join(',')},${weight},SKU-${1000 + (row % 5000)},${1 + (row % 3)},${at(CHANNELS, row)},${at(COMMENTS, row)}\n`;
}

function at<T>(list: readonly T[], index: number): T {
  const value = list[index % list.length];
  if (value === undefined) throw new Error('the list is empty');
  return value;
}
