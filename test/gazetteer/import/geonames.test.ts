import { readFileSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { importGeonames } from '../../../src/gazetteer/import/geonames.ts';
import { builtinFinder, importFixture } from './finder.ts';

describe('GeoNames postal codes', () => {
  const { places, refused, skipped, warnings } = importFixture(importGeonames, 'geonames.txt');
  const byName = new Map(places.map(({ facts }) => [facts.name, facts]));

  it('gathers the postcodes of one place, numbered post offices included', () => {
    expect(places[0]).toEqual({
      line: 1,
      facts: {
        name: 'Верхний Пример',
        subjectCode: '28',
        otherNames: [],
        postcodes: ['676901', '676903'],
        subRegion: 'Примерский район',
        latitude: 51.502,
        longitude: 128.102,
      },
    });
  });

  it('leaves out coordinates that lie far outside the subject', () => {
    expect(byName.get('Пример-на-Зее')).toBeDefined();
    expect(byName.get('Пример-на-Зее')).not.toHaveProperty('latitude');
    expect([...warnings]).toContainEqual(['the coordinates lie far outside the subject and were left out', 1]);
  });

  it('goes by the postcode where the table counts an autonomous area to the region around it, or says nothing', () => {
    expect(byName.get('Югорский Пример')?.subjectCode).toBe('86');
    expect(byName.get('Чукотский Пример')?.subjectCode).toBe('87');
  });

  it('skips post offices that are no settlement, and other countries', () => {
    expect(Object.fromEntries(skipped)).toEqual({
      'a post office, not a settlement': 1,
      'a place of another country': 1,
    });
  });

  it('refuses what it cannot read, with line and reason', () => {
    expect(refused).toEqual([
      { line: 7, reason: 'the postcode is missing or malformed' },
      { line: 9, reason: 'neither 999999 nor "Нигдейская Область" leads to a federal subject' },
      { line: 10, reason: '2 cells instead of 12' },
    ]);
  });

  it('reads the same from the zip archive', () => {
    const text = readFileSync('fixtures/gazetteer/geonames.txt');
    const zip = Buffer.from(zipSync({ 'readme.txt': strToU8('read me'), 'RU.txt': new Uint8Array(text) }));
    expect(importGeonames('RU.zip', zip, builtinFinder()).places).toEqual(places);
  });

  it('says when the archive is damaged or holds something else', () => {
    const zip = Buffer.from(zipSync({ 'FR.txt': strToU8('FR\t75001') }));
    expect(() => importGeonames('FR.zip', zip, builtinFinder())).toThrow('FR.zip: the zip archive holds no RU.txt');
    expect(() => importGeonames('x.zip', zip.subarray(0, 20), builtinFinder())).toThrow('x.zip: a damaged zip archive');
  });
});
