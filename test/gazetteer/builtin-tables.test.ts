import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadCities, loadNames, loadPrefixes, loadSubjects } from '../../src/gazetteer/builtin-tables.ts';
import { temporaryFolder } from '../support/cli.ts';

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

const subjects = loadSubjects(join('src/gazetteer/builtin', 'subjects.csv'));

function table(name: string, ...lines: readonly string[]): string {
  const file = folder.file(name);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

const SUBJECTS = 'code,name,full_name,geonames,fias_guid,region_code,other_names';
const AMUR = '28,Амурская,Амурская область,RU.05,844a80d6-5e31-4017-b422-4d9c01e9942c,56,';
const CITIES =
  'name,subject,geonames_id,fias_guid,kladr,city_code,settlement_type,ao_level,postcode,prefixes,city_uuid,sub_region,latitude,longitude,payment_limit';
const CITY = 'Пример,28,1,00000000-0000-4000-8000-000000000001,2800000900000,9,г,4,676900,6769,,,,,';

describe('a malformed fact stops the build with file and line:', () => {
  it.each([
    ['another header', 'code,name', AMUR, /subjects.csv line 1: the header must be/],
    ['a code of three digits', SUBJECTS, AMUR.replace('28', '280'), /subjects.csv line 2: code "280" is malformed/],
    ['a GUID that is none', SUBJECTS, AMUR.replace('844a', '844x'), /line 2: fias_guid/],
    ['no name', SUBJECTS, AMUR.replace('Амурская,', ','), /line 2: name ""/],
    ['a cell too many', SUBJECTS, `${AMUR},`, /line 2: 8 cells instead of 7/],
  ])('%s of a subject', (_, header, line, message) => {
    expect(() => loadSubjects(table('subjects.csv', header, line))).toThrow(message);
  });

  it('a subject stated twice', () => {
    expect(() => loadSubjects(table('subjects.csv', SUBJECTS, AMUR, AMUR))).toThrow(/line 3: code "28".*twice/);
  });

  it.each([
    ['of two digits', '67,28', /prefixes.csv line 2: prefix "67"/],
    ['of an unknown subject', '676,28 98', /line 2: subjects "28 98"/],
    ['of one subject twice', '676,28 28', /line 2: subjects/],
    ['without a subject', '676,', /line 2: subjects ""/],
  ])('a prefix %s', (_, line, message) => {
    expect(() => loadPrefixes(table('prefixes.csv', 'prefix,subjects', line), subjects)).toThrow(message);
  });

  it.each([
    ['a KLADR code of another subject', CITY.replace('2800000900000', '7500000900000'), /line 2: kladr is not of/],
    ['a KLADR code too short', CITY.replace('2800000900000', '28000009'), /line 2: kladr/],
    ['a postcode of five digits', CITY.replace('676900', '67690'), /line 2: postcode "67690"/],
    ['no postcode', CITY.replace('676900', ''), /line 2: postcode ""/],
    ['a name in Latin', CITY.replace('Пример', 'Primer'), /line 2: name "Primer"/],
    ['a level that is no place', CITY.replace(',4,', ',3,'), /line 2: ao_level "3"/],
    ['a payment limit below -1', `${CITY}-2`, /line 2: payment_limit "-2"/],
    ['a latitude outside Russia', CITY.replace(/,,,$/, ',12.5,100,'), /line 2: latitude "12.5"/],
  ])('%s of a city', (_, line, message) => {
    expect(() => loadCities(table('cities.csv', CITIES, line), subjects)).toThrow(message);
  });

  it('a prefix that two cities own', () => {
    const other = 'Другой,28,2,00000000-0000-4000-8000-000000000002,2800000800000,8,г,4,676800,6768 6769,,,,,';
    expect(() => loadCities(table('cities.csv', CITIES, CITY, other), subjects)).toThrow(/line 3: prefixes/);
  });

  it('a CDEK code that two cities have', () => {
    const other = 'Другой,28,2,00000000-0000-4000-8000-000000000002,2800000800000,9,г,4,676800,6768,,,,,';
    expect(() => loadCities(table('cities.csv', CITIES, CITY, other), subjects)).toThrow(/line 3: city_code "9"/);
  });

  it('a Russian name in Latin', () => {
    expect(() => loadNames(table('names.csv', 'geonames_id,name', '7,Primer'))).toThrow(/names.csv line 2: name/);
  });
});
