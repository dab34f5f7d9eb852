import { GorodError } from '../../errors.ts';
import type { PlaceFacts } from '../draft.ts';
import { known } from '../known.ts';
import {
  checkKladrSubject,
  createFactReader,
  type FactReader,
  requireName,
  requireSubject,
  subjectOfKladr,
} from './fact-reader.ts';
import { createRowCollector, type ImportedRows, RowRefused } from './imported-rows.ts';
import type { SubjectFinder } from './subject-finder.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Reads answers of CDEK API v2 `location/cities` as JSON: an array of cities, with or without `postal_codes` in each,
 * or of `{city, postal_codes}`. The line of a row is its position in the array, from 1. The subject is the one of
 * `region_code`, else that of the region's GUID, its name or the KLADR code. Text that is no such array is GorodError
 * BAD_INPUT.
 */
export function importCdek(file: string, content: Buffer, finder: SubjectFinder): ImportedRows {
  return importCities(parseArray(file, content), finder);
}

/** Reads parsed elements of such an array. */
export function importCities(elements: Iterable<unknown>, finder: SubjectFinder): ImportedRows {
  const collector = createRowCollector();
  let line = 0;
  for (const element of elements) {
    line += 1;
    collector.row(line, () => {
      const [city, postcodes] = cityOf(element);
      const read = createFactReader(
        (column) => cellText(column === 'postal_codes' ? postcodes : city[column]),
        collector.warn,
      );
      const country = read.text('country_code') ?? 'RU';
      if (country.toUpperCase() === 'RU') return toFacts(read, finder, collector.warn);
      collector.skip('a place of another country');
      return undefined;
    });
  }
  return collector.finish();
}

function toFacts(read: FactReader, finder: SubjectFinder, warn: (reason: string) => void): PlaceFacts {
  const kladr = read.kladr('kladr_code');
  const region = read.text('region');
  const regionCode = read.digits('region_code');
  const regionFiasGuid = read.guid('fias_region_guid');
  const subjectCode = requireSubject(
    region ?? '',
    finder.byRegionCode(regionCode ?? ''),
    finder.byGuid(regionFiasGuid ?? ''),
    finder.byName(region ?? ''),
    subjectOfKladr(kladr, finder),
  );
  checkKladrSubject(kladr, subjectCode, warn);
  return {
    name: requireName(read.text('city')),
    subjectCode,
    otherNames: [],
    postcodes: read.postcodes('postal_codes'),
    ...read.coordinates('latitude', 'longitude'),
    ...known({
      cityCode: read.digits('code'),
      // CDEK renumbers these: it is not worth a city.
      cityUuid: read.looseGuid('city_uuid'),
      fiasGuid: read.guid('fias_guid'),
      kladr,
      region,
      regionCode,
      regionFiasGuid,
      subRegion: read.text('sub_region'),
      timezone: read.text('time_zone'),
      paymentLimit: read.paymentLimit('payment_limit'),
    }),
  };
}

function parseArray(file: string, content: Buffer): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(content.toString('utf8').replace(/^\uFEFF/, ''));
    if (Array.isArray(parsed)) return parsed;
  } catch (cause) {
    throw new GorodError('BAD_INPUT', `${file}: ${cause instanceof Error ? cause.message : 'not JSON'}`, { cause });
  }
  throw new GorodError('BAD_INPUT', `${file}: not an array of CDEK cities`);
}

function cityOf(element: unknown): readonly [city: JsonObject, postcodes: unknown] {
  if (!isObject(element)) throw new RowRefused('not a city but a bare value');
  return [isObject(element.city) ? element.city : element, element.postal_codes];
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function cellText(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.join(' ');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
