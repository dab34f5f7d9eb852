import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

/** A question as `gorod serve` takes it. */
export interface Question {
  readonly postcode: string;
  readonly address: string;
  readonly cod_rub: number;
}

/** Questions that have an answer: those of the sample orders, of which many are the odd ones that shops meet. */
export function sampleQuestions(): readonly Question[] {
  const rows: Record<string, string>[] = parse(readFileSync('fixtures/orders.csv'), { columns: true, bom: true });
  return rows.flatMap(({ Postcode: postcode = '', Address: address = '' }) =>
    /^\d{6}$/.test(postcode) && /\p{L}/u.test(address) ? [{ postcode, address, cod_rub: 100 }] : [],
  );
}

/** The question number `index` that nobody has asked before: a sample with a flat of its own. */
export function freshQuestion(samples: readonly Question[], index: number): Question {
  const sample = samples[index % samples.length];
  if (sample === undefined) throw new Error('there are no samples');
  return { ...sample, address: `${sample.address}, kv ${index}` };
}
