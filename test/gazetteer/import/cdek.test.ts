import { describe, expect, it } from 'vitest';
import { importCdek } from '../../../src/gazetteer/import/cdek.ts';
import { builtinFinder, importFixture } from './finder.ts';

describe('CDEK API v2 cities', () => {
  const { places, refused, skipped, warnings } = importFixture(importCdek, 'cdek-cities.json');

  it('gives every fact of a city; -1 and 0 are limits', () => {
    expect(places[0]).toEqual({
      line: 1,
      facts: {
        name: 'Верхний Пример',
        subjectCode: '28',
        otherNames: [],
        postcodes: [],
        cityCode: '900001',
        cityUuid: '00000000-0000-4000-8000-0000000000b1',
        fiasGuid: '00000000-0000-4000-8000-000000000001',
        kladr: '2801900100000',
        region: 'Амурская область',
        regionCode: '56',
        regionFiasGuid: '844a80d6-5e31-4017-b422-4d9c01e9942c',
        subRegion: 'Примерский район',
        latitude: 51.5,
        longitude: 128.1,
        timezone: 'Asia/Yakutsk',
        paymentLimit: -1,
      },
    });
    expect(places[1]?.facts).toMatchObject({ cityCode: '900020', paymentLimit: 0 });
  });

  it('goes by the region code, and counts a KLADR code that begins with another subject', () => {
    expect(places[1]?.facts.subjectCode).toBe('77');
    expect([...warnings]).toEqual([['the KLADR code begins with another subject', 1]]);
  });

  it('skips other countries and refuses unparsable codes and things that are no city', () => {
    expect([...skipped]).toEqual([['a place of another country', 1]]);
    expect(refused).toEqual([
      { line: 4, reason: 'kladr_code "нет" is malformed' },
      { line: 5, reason: 'not a city but a bare value' },
    ]);
  });

  it('takes postcodes beside the city or in it, and a former name of the region', () => {
    const { places: withPostcodes } = importFixture(importCdek, 'cdek-postcodes.json');
    expect(
      withPostcodes.map(({ facts }) => [facts.name, facts.subjectCode, facts.postcodes, facts.paymentLimit]),
    ).toEqual([
      ['Верхний Пример', '28', ['676901', '676905'], 7500.5],
      ['Пример Новый', '75', [], undefined],
    ]);
  });

  it.each([
    ['{"alerts": []}', 'x.json: not an array of CDEK cities'],
    ['[{"code": 1', /^x\.json: .*JSON/],
  ])('says of %s that it is no array of cities', (text, message) => {
    expect(() => importCdek('x.json', Buffer.from(text), builtinFinder())).toThrow(message);
  });
});
