import { describe, expect, it } from 'vitest';
import { importHflabs } from '../../../src/gazetteer/import/hflabs.ts';
import { importFixture } from './finder.ts';

describe('city.csv of hflabs', () => {
  const { places, refused, warnings } = importFixture(importHflabs, 'hflabs.csv');
  const facts = places.map((place) => place.facts);

  it('gives towns with FIAS, KLADR, level, type, main postcode, position and population', () => {
    expect(refused).toEqual([]);
    expect(facts[0]).toEqual({
      name: 'Верхний Пример',
      subjectCode: '28',
      otherNames: [],
      postcodes: ['676901'],
      fiasGuid: '00000000-0000-4000-8000-000000000001',
      kladr: '2801900100000',
      aoLevel: '4',
      settlementType: 'г',
      subRegion: 'Примерский',
      latitude: 51.501,
      longitude: 128.101,
      population: 12100,
    });
  });

  it('knows a federal city, whose name stands as a region, and a population with a note', () => {
    expect(facts[1]).toMatchObject({
      name: 'Москва',
      subjectCode: '77',
      aoLevel: '1',
      settlementType: 'г',
      population: 96,
    });
  });

  it('does not take the codes of an urban district for those of its town', () => {
    expect(facts[2]).toEqual({
      name: 'Окружной Пример',
      subjectCode: '50',
      otherNames: [],
      postcodes: ['140990'],
      latitude: 55.5,
      longitude: 38.1,
      population: 9000,
    });
    expect([...warnings.values()]).toEqual([1]);
  });

  it('takes the settlement where a city stands above it', () => {
    expect(facts[3]).toMatchObject({ name: 'Малый Пример', aoLevel: '6', settlementType: 'г', postcodes: [] });
  });

  it('does not invent a time zone out of an offset', () => {
    for (const place of facts) expect(place).not.toHaveProperty('timezone');
  });
});
