import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

/** Bodies of questions that have an answer: the addresses of the sample orders. */
export function sampleQuestions(): readonly string[] {
  const rows: Record<string, string>[] = parse(readFileSync('fixtures/orders.csv'), { columns: true, bom: true });
  return rows
    .filter(({ Postcode = '', Address = '' }) => /^\d{6}$/.test(Postcode) && /\p{L}/u.test(Address))
    .map(({ Postcode: postcode, Address: address }) => JSON.stringify({ postcode, address, cod_rub: 100 }));
}
