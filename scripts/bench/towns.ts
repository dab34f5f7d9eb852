import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

/** A town of the synthetic orders. */
export interface Town {
  readonly name: string;
  /** The name in Latin letters. */
  readonly romanized: string;
  readonly cityCode: string;
  /** Ten postcodes in a row have the same first five digits. */
  readonly postcodePrefix: string;
}

/**
 * The towns of the synthetic orders: some five hundred that the built-in gazetteer knows. A list of their own, so that
 * the orders stay the same whatever becomes of the gazetteer.
 */
export function towns(): readonly Town[] {
  const rows: readonly Readonly<Record<string, string>>[] = parse(readFileSync(new URL('towns.csv', import.meta.url)), {
    columns: true,
  });
  return rows.map(({ name = '', romanized = '', city_code: cityCode = '', postcode_prefix: postcodePrefix = '' }) => ({
    name,
    romanized,
    cityCode,
    postcodePrefix,
  }));
}
