import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterAll, describe, expect, it } from 'vitest';
import { ask, detectorOver } from './local-gazetteer.ts';

const cases = new URL('../../fixtures/cases/', import.meta.url);
type Case = { readonly postcode: string; readonly address: string; readonly expected: string };
const casesOf = (file: string): readonly Case[] => parse(readFileSync(new URL(file, cases)), { columns: true });

describe.each(['addresses.csv', 'two-cities.csv'])('%s', (file) => {
  const local = detectorOver(readFileSync(new URL('places.csv', cases), 'utf8'), afterAll);

  it.each(casesOf(file))('$postcode $address', ({ postcode, address, expected }) => {
    const { detection } = ask(local, postcode, address);
    const named = detection.status_code === 'OK' ? detection.detected_cdek_city?.cityName : detection.status_code;
    expect(named?.replaceAll('ё', 'е')).toBe(expected.replaceAll('ё', 'е'));
  });
});
