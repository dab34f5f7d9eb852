import { GorodError } from '../../errors.ts';
import type { OtherName, PlaceFacts } from '../draft.ts';
import { known } from '../known.ts';
import { csvRows } from './csv-rows.ts';
import {
  checkKladrSubject,
  createFactReader,
  type FactReader,
  requireName,
  requireSubject,
  subjectOfKladr,
} from './fact-reader.ts';
import { createRowCollector, type ImportedRows } from './imported-rows.ts';
import type { SubjectFinder } from './subject-finder.ts';

/** Columns that gorod's own CSV must have, in any order. */
export const OWN_COLUMNS = ['city_code', 'city_name', 'region', 'region_code_ext', 'postcodes'] as const;

const OPTIONAL_COLUMNS = [
  ...['city_uuid', 'sub_region', 'region_code', 'settlement_type', 'ao_level', 'fias_guid', 'region_fias_guid'],
  ...['kladr', 'latitude', 'longitude', 'timezone', 'payment_limit', 'population', 'aliases'],
] as const;

/**
 * Reads gorod's own CSV: postcodes are separated by spaces, aliases by `|`. The subject is `region_code_ext`, or where
 * that is empty the KLADR code's or `region`'s. A missing column is GorodError BAD_INPUT.
 */
export function importOwn(file: string, content: Buffer, finder: SubjectFinder): ImportedRows {
  const collector = createRowCollector();
  const { columns, rows } = csvRows(file, content.toString('utf8'));
  const missing = OWN_COLUMNS.filter((column) => !columns.includes(column));
  if (missing.length > 0) {
    const found = columns.join(',').slice(0, 200);
    throw new GorodError('BAD_INPUT', `${file}: column ${missing.join(', ')} is missing; the header is ${found}`);
  }
  const unknown = columns.filter((column) => ![...OWN_COLUMNS, ...OPTIONAL_COLUMNS].some((own) => own === column));
  for (const column of unknown) collector.warn(`column ${column} is not known and was not read`);
  for (const row of rows) {
    collector.row(row.line, () => toFacts(createFactReader(row.cell, collector.warn), finder, collector.warn));
  }
  return collector.finish();
}

function toFacts(read: FactReader, finder: SubjectFinder, warn: (reason: string) => void): PlaceFacts {
  const kladr = read.kladr('kladr');
  const code = read.digits('region_code_ext');
  const region = read.text('region');
  const subjectCode =
    code === undefined
      ? requireSubject(region ?? '', subjectOfKladr(kladr, finder), finder.byName(region ?? ''))
      : requireSubject(`region_code_ext ${code}`, finder.byCode(code));
  checkKladrSubject(kladr, subjectCode, warn);
  return {
    name: requireName(read.text('city_name')),
    subjectCode,
    otherNames: aliases(read.text('aliases')),
    postcodes: read.postcodes('postcodes'),
    ...read.coordinates('latitude', 'longitude'),
    ...known({
      cityCode: read.digits('city_code'),
      region,
      cityUuid: read.guid('city_uuid'),
      subRegion: read.text('sub_region'),
      regionCode: read.digits('region_code'),
      settlementType: read.text('settlement_type'),
      aoLevel: read.digits('ao_level'),
      fiasGuid: read.guid('fias_guid'),
      regionFiasGuid: read.guid('region_fias_guid'),
      kladr,
      timezone: read.text('timezone'),
      paymentLimit: read.paymentLimit('payment_limit'),
      population: read.number('population', 0, 1e8),
    }),
  };
}

function aliases(written: string | undefined): readonly OtherName[] {
  const names = (written ?? '').split('|').map((name) => name.trim());
  return names.filter(Boolean).map((text) => ({ text, kind: 'alias' }));
}
