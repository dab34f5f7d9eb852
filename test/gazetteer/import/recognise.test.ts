import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { recogniseFormat } from '../../../src/gazetteer/import/recognise.ts';

it.each([
  ['own.csv', 'own'],
  ['own-refused.csv', 'own'],
  ['hflabs.csv', 'hflabs'],
  ['geonames.txt', 'geonames'],
  ['cdek-cities.json', 'cdek'],
  ['cdek-postcodes.json', 'cdek'],
])('recognises %s as %s', (name, format) => {
  expect(recogniseFormat(name, readFileSync(`fixtures/gazetteer/${name}`))).toBe(format);
});

it.each(['', 'postcode,address\n1,2\n', '<html></html>', 'a\tb\tc\n', '\u0000\u0001'])(
  'does not guess at %j but names the formats and the flag',
  (text) => {
    expect(() => recogniseFormat('x', Buffer.from(text))).toThrow(
      /own, geonames, hflabs, cdek; say which with --format/,
    );
  },
);
