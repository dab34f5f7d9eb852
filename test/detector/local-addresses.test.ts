import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterAll, describe, expect, it } from 'vitest';
import { ask, detectorOver } from './local-gazetteer.ts';

const cases = new URL('../../fixtures/cases/', import.meta.url);
const addresses: readonly { postcode: string; address: string; expected: string }[] = parse(
  readFileSync(new URL('addresses.csv', cases)),
  { columns: true },
);

describe('addresses', () => {
  const local = detectorOver(readFileSync(new URL('places.csv', cases), 'utf8'), afterAll);

  it.each(addresses)('$postcode $address', ({ postcode, address, expected }) => {
    const { detection } = ask(local, postcode, address);
    const named = detection.status_code === 'OK' ? detection.detected_cdek_city?.cityName : detection.status_code;
    expect(named?.replaceAll('ё', 'е')).toBe(expected.replaceAll('ё', 'е'));
  });
});
