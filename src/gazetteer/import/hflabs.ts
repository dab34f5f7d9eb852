import type { PlaceFacts } from '../draft.ts';
import { known } from '../known.ts';
import { csvRows } from './csv-rows.ts';
import { createFactReader, type FactReader, requireName, requireSubject, subjectOfKladr } from './fact-reader.ts';
import { createRowCollector, type ImportedRows } from './imported-rows.ts';
import type { SubjectFinder } from './subject-finder.ts';

/** Columns by which city.csv of hflabs/city is recognised. */
export const HFLABS_COLUMNS = [
  'address',
  'postal_code',
  'region',
  'city',
  'kladr_id',
  'fias_id',
  'fias_level',
] as const;

/** FIAS levels at which an object is a place; others (3: an urban district) only bear a town's name. */
const PLACE_LEVELS = new Set(['1', '4', '6']);

/** Reads city.csv of github.com/hflabs/city: towns with FIAS, KLADR, main postcode, coordinates and population. */
export function importHflabs(file: string, content: Buffer, finder: SubjectFinder): ImportedRows {
  const collector = createRowCollector();
  for (const row of csvRows(file, content.toString('utf8')).rows) {
    collector.row(row.line, () => toFacts(createFactReader(row.cell, collector.warn), finder, collector.warn));
  }
  return collector.finish();
}

function toFacts(read: FactReader, finder: SubjectFinder, warn: (reason: string) => void): PlaceFacts {
  const kladr = read.kladr('kladr_id');
  const region = read.text('region');
  const subjectCode = requireSubject(region ?? '', subjectOfKladr(kladr, finder), finder.byName(region ?? ''));
  const level = read.digits('fias_level');
  const isPlace = level === undefined || PLACE_LEVELS.has(level);
  if (!isPlace) warn('the codes are those of a district, not of its town, and were left out');
  const postcodes = read.postcodes('postal_code');
  const codes = { fiasGuid: read.guid('fias_id'), kladr, aoLevel: level, settlementType: settlementType(read) };
  return {
    name: requireName(townName(read)),
    subjectCode,
    otherNames: [],
    postcodes,
    ...read.coordinates('geo_lat', 'geo_lon'),
    ...known({ ...(isPlace ? codes : {}), subRegion: read.text('area'), population: population(read) }),
  };
}

/** The settlement, else the city; Moscow and the other federal cities stand as a region, districts in the address only. */
function townName(read: FactReader): string | undefined {
  const town = read.text('settlement') ?? read.text('city');
  if (town !== undefined) return town;
  return read.text('region_type') === 'г' ? read.text('region') : read.text('address')?.match(/(?:^|, )г (.+)$/u)?.[1];
}

function settlementType(read: FactReader): string | undefined {
  if (read.text('settlement') !== undefined) return read.text('settlement_type');
  return read.text('city') === undefined ? read.text('region_type') : read.text('city_type');
}

/** Some rows write the population with a note: `96[3]`. */
function population(read: FactReader): number | undefined {
  const digits = read.text('population')?.match(/^\d+/)?.[0];
  return digits === undefined ? undefined : Number(digits);
}
