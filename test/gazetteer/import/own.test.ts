import { describe, expect, it } from 'vitest';
import { importOwn } from '../../../src/gazetteer/import/own.ts';
import { builtinFinder, importFixture } from './finder.ts';

describe('own CSV', () => {
  it('gives every stated fact and leaves the others absent', () => {
    const { places, refused } = importFixture(importOwn, 'own.csv');
    expect(refused).toEqual([]);
    expect(places[0]).toEqual({
      line: 2,
      facts: {
        name: 'Верхний Пример',
        subjectCode: '28',
        otherNames: [
          { text: 'Primer Upper', kind: 'alias' },
          { text: 'Старый Пример', kind: 'alias' },
        ],
        postcodes: ['676901', '676902'],
        cityCode: '900001',
        region: 'Амурская область',
        cityUuid: '00000000-0000-4000-8000-0000000000a1',
        subRegion: 'Примерский район',
        regionCode: '56',
        fiasGuid: '00000000-0000-4000-8000-000000000001',
        kladr: '2801900100000',
        latitude: 51.5,
        longitude: 128.1,
        timezone: 'Asia/Yakutsk',
        paymentLimit: 50000,
        population: 12000,
      },
    });
    expect(places[1]?.facts).toMatchObject({ paymentLimit: 0, settlementType: 'п', aoLevel: '6' });
    expect(places[2]?.facts).toEqual({
      name: 'Пример-Сортировочный',
      subjectCode: '75',
      otherNames: [],
      postcodes: [],
      cityCode: '900003',
      region: 'Забайкальский край',
      paymentLimit: -1,
    });
  });

  it('refuses rows with an unparsable code, each with its line and reason', () => {
    const { places, refused } = importFixture(importOwn, 'own-refused.csv');
    expect(refused).toEqual([
      { line: 3, reason: 'city_code "9000xx" is malformed' },
      { line: 5, reason: 'fias_guid "00000000-0000-4000" is malformed' },
      { line: 6, reason: 'kladr "28019001" is malformed' },
      { line: 7, reason: '"region_code_ext 98" names no federal subject that gorod knows' },
      { line: 8, reason: 'the place has no name' },
      { line: 9, reason: '3 cells instead of 10' },
    ]);
    expect(places.map(({ facts }) => facts.name)).toEqual(['Годный', 'Негодный Индекс', 'По Региону']);
  });

  it('uses rows with odd facts that are no codes, and counts what was odd', () => {
    const { places, warnings } = importFixture(importOwn, 'own-refused.csv');
    expect(places[0]?.facts).not.toHaveProperty('latitude');
    expect(places[0]?.facts).not.toHaveProperty('paymentLimit');
    expect([...warnings]).toEqual([
      ['column colour is not known and was not read', 1],
      ['the KLADR code begins with another subject', 1],
      ['latitude is no number between -90 and 90 and was left out', 1],
      ['payment_limit is neither -1 nor an amount and was left out', 1],
      ['postcodes: a postcode is not six digits and was left out', 1],
    ]);
    expect(places[1]?.facts.postcodes).toEqual(['676912']);
  });

  it('finds the subject by the name of the region where the code is empty', () => {
    const { places } = importFixture(importOwn, 'own-refused.csv');
    expect(places[2]?.facts).toMatchObject({ name: 'По Региону', subjectCode: '28' });
  });

  it('names the columns that are missing', () => {
    const text = Buffer.from('city_code,city_name,postcodes\n1,Пример,676900\n');
    expect(() => importOwn('x.csv', text, builtinFinder())).toThrow(
      'x.csv: column region, region_code_ext is missing; the header is city_code,city_name,postcodes',
    );
  });

  it('reads a BOM, CRLF, columns in another order and KLADR codes of 11 digits', () => {
    const text = '\uFEFFKLADR,region_code_ext,Region,City_Name,city_code,postcodes\r\n01000001000,1,,Пример,7,\r\n';
    const { places } = importOwn('x.csv', Buffer.from(text), builtinFinder());
    expect(places[0]?.facts).toMatchObject({ kladr: '0100000100000', subjectCode: '01', cityCode: '7' });
  });

  it('names the line of a broken quote', () => {
    const text = Buffer.from('city_code,city_name,region,region_code_ext,postcodes\n1,"При"мер,,28,\n');
    expect(() => importOwn('x.csv', text, builtinFinder())).toThrow(/^x\.csv: .*line 2/);
  });
});
