import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { translate, WIKIPEDIA } from 'iuliia';

/** A town of the synthetic orders, which the built-in gazetteer knows too. */
export interface Town {
  readonly name: string;
  /** The name in Latin letters. */
  readonly romanized: string;
  readonly cityCode: string;
  /** Ten postcodes in a row have the same first five digits. */
  readonly postcodePrefix: string;
}

const STATED = new URL('../../src/gazetteer/builtin/cities.csv', import.meta.url);
const FIXTURES = new URL('../../fixtures/cases/places.csv', import.meta.url);

/** The towns that the project's own tables name with a postcode, each once: some five hundred. */
export function towns(): readonly Town[] {
  const stated: readonly Readonly<Record<string, string>>[] = parse(readFileSync(STATED), { columns: true });
  const others: readonly Readonly<Record<string, string>>[] = parse(readFileSync(FIXTURES), { columns: true });
  const known = new Map<string, Town>();
  for (const { name = '', city_name = name, city_code = '', postcode = '', postcodes = postcode } of [
    ...stated,
    ...others,
  ]) {
    if (known.has(city_name) || postcodes === '' || city_code === '') continue;
    const romanized = translate(city_name, WIKIPEDIA);
    known.set(city_name, { name: city_name, romanized, cityCode: city_code, postcodePrefix: postcodes.slice(0, 5) });
  }
  return [...known.values()];
}
