import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { Schemas, translate } from 'iuliia';
import type { EvalCase } from './score.ts';

const CITIES = new URL('../../src/gazetteer/builtin/cities.csv', import.meta.url);
const ADDRESSES = new URL('../../fixtures/cases/addresses.csv', import.meta.url);
/** The places that the addresses of `fixtureAddresses` are about, in gorod's own import format. */
export const FIXTURE_PLACES = new URL('../../fixtures/cases/places.csv', import.meta.url);

interface StatedCity {
  readonly name: string;
  readonly city_code: string;
  readonly postcode: string;
}

/** Every city the project states, in every scheme of iuliia, as it is and in upper and lower case. */
export function romanizedCities(): readonly EvalCase[] {
  const cities: readonly StatedCity[] = parse(readFileSync(CITIES), { columns: true });
  const schemes = Schemas.values();
  return cities.flatMap(({ name, city_code, postcode }) => {
    const spellings = new Set(
      schemes.flatMap((scheme) => {
        const text = translate(name, scheme);
        return [text, text.toUpperCase(), text.toLowerCase()];
      }),
    );
    return [...spellings].map((address) => ({ postcode, address, expected: [name, city_code] }));
  });
}

/** Hand-written addresses of the kinds that shops receive. */
export function fixtureAddresses(): readonly EvalCase[] {
  return casesOf(readFileSync(ADDRESSES));
}

/** Cases from a CSV file with the columns postcode, address, expected (a city code, a name, or `ERR_…`). */
export function casesOf(content: Buffer): readonly EvalCase[] {
  const rows: readonly { postcode: string; address: string; expected: string }[] = parse(content, {
    columns: true,
    bom: true,
    skip_empty_lines: true,
  });
  return rows.map(({ postcode, address, expected }) => ({ postcode, address, expected: [expected] }));
}
