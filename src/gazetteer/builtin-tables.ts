import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parse } from 'csv-parse/sync';
import { GorodError } from '../errors.ts';
import { parseDigits, parseGuid, parseKladr, parseNumber, parsePostcode } from './codes.ts';
import type { PlaceFacts, SubjectFacts } from './draft.ts';
import { known } from './known.ts';

/** A row of one of the project's own tables; `cell` gives a trimmed cell, `fail` stops the build at this line. */
interface Row {
  cell(column: string): string;
  /** The parsed cell, absent when empty; stops the build when `parse` refuses it. */
  read<T>(column: string, parse: (text: string) => T | undefined): T | undefined;
  /** As `read`, but the cell must not be empty. */
  must<T>(column: string, parse: (text: string) => T | undefined): T;
  fail(problem: string): never;
}

/** A city that the project states itself. */
export interface StatedCity {
  /** The GeoNames id under which the rest of its facts stand; absent where the GeoNames table lacks the city. */
  readonly geonamesId?: string;
  readonly facts: PlaceFacts;
}

/** Reads subjects.csv. A malformed fact is GorodError BAD_INPUT with file and line. */
export function loadSubjects(file: string): readonly SubjectFacts[] {
  const columns = ['code', 'name', 'full_name', 'geonames', 'fias_guid', 'region_code', 'other_names'];
  const seen = new Set<string>();
  return rows(file, columns).map((row) => ({
    code: row.must('code', (text) => (/^\d\d$/.test(text) ? once(seen, text) : undefined)),
    name: row.must('name', cyrillic),
    fullName: row.must('full_name', cyrillic),
    geonames: row.must('geonames', (text) => (/^(?:RU|UA|KZ)\.\d\d$/.test(text) ? text : undefined)),
    fiasGuid: row.must('fias_guid', parseGuid),
    ...known({ regionCode: row.read('region_code', parseDigits) }),
    otherNames: row.cell('other_names').split('|').filter(Boolean),
  }));
}

/** Reads prefixes.csv: prefix of three to six digits → subjects, the likeliest first. Fails like `loadSubjects`. */
export function loadPrefixes(file: string, subjects: readonly SubjectFacts[]): ReadonlyMap<string, readonly string[]> {
  const codes = new Set(subjects.map(({ code }) => code));
  const seen = new Set<string>();
  return new Map(
    rows(file, ['prefix', 'subjects']).map((row) => [
      row.must('prefix', (text) => (isPrefix(text) ? once(seen, text) : undefined)),
      row.must('subjects', (text) => {
        const named = text.split(' ');
        return named.every((code) => codes.has(code)) && new Set(named).size === named.length ? named : undefined;
      }),
    ]),
  );
}

const CITY_COLUMNS = [
  ...['name', 'subject', 'geonames_id', 'fias_guid', 'kladr', 'city_code', 'settlement_type', 'ao_level', 'postcode'],
  ...['prefixes', 'city_uuid', 'sub_region', 'latitude', 'longitude', 'payment_limit'],
];

/** Reads cities.csv. No two cities may share a code, an id or a prefix. Fails like `loadSubjects`. */
export function loadCities(file: string, subjects: readonly SubjectFacts[]): readonly StatedCity[] {
  const codes = new Set(subjects.map(({ code }) => code));
  const seen = new Set<string>();
  const geonamesIds = new Set<string>();
  const unique = (parse: (text: string) => string | undefined) => (text: string) => {
    const parsed = parse(text);
    return parsed === undefined ? undefined : once(seen, parsed);
  };
  return rows(file, CITY_COLUMNS).map((row) => {
    const subjectCode = row.must('subject', (text) => (codes.has(text) ? text : undefined));
    const kladr = row.read('kladr', unique(parseKladr));
    if (kladr !== undefined && !kladr.startsWith(subjectCode)) row.fail('kladr is not of the subject');
    const prefixes = row.read('prefixes', (text) => {
      const parts = text.split(' ');
      return parts.every((part) => isPrefix(part) && once(seen, `prefix ${part}`) !== undefined) ? parts : undefined;
    });
    const postcode = row.must('postcode', parsePostcode);
    return {
      ...known({
        geonamesId: row.read('geonames_id', (text) => (/^\d+$/.test(text) ? once(geonamesIds, text) : undefined)),
      }),
      facts: {
        name: row.must('name', cyrillic),
        subjectCode,
        otherNames: [],
        // The main postcode is listed as the city's alone only where the city owns it.
        postcodes: prefixes?.some((prefix) => postcode.startsWith(prefix)) ? [postcode] : [],
        postcode,
        ...known({
          fiasGuid: row.read('fias_guid', unique(parseGuid)),
          kladr,
          cityCode: row.read('city_code', unique(parseDigits)),
          settlementType: row.read('settlement_type', (text) => (/^[а-я-]{1,5}$/.test(text) ? text : undefined)),
          aoLevel: row.read('ao_level', (text) => (/^[146]$/.test(text) ? text : undefined)),
          prefixes,
          cityUuid: row.read('city_uuid', unique(parseGuid)),
          subRegion: row.read('sub_region', cyrillic),
          latitude: row.read('latitude', (text) => parseNumber(text, 41, 82)),
          longitude: row.read('longitude', (text) => parseNumber(text, -180, 180)),
          paymentLimit: row.read('payment_limit', (text) => parseNumber(text, -1, 10_000_000)),
        }),
      },
    };
  });
}

/** Reads names.csv: GeoNames id → Russian name, where none of GeoNames' alternates is it. Fails like `loadSubjects`. */
export function loadNames(file: string): ReadonlyMap<string, string> {
  const seen = new Set<string>();
  return new Map(
    rows(file, ['geonames_id', 'name']).map((row) => [
      row.must('geonames_id', (text) => (/^\d+$/.test(text) ? once(seen, text) : undefined)),
      row.must('name', cyrillic),
    ]),
  );
}

function rows(file: string, columns: readonly string[]): readonly Row[] {
  const records: string[][] = parse(readFileSync(file), { relax_column_count: true, trim: true });
  const [header, ...body] = records;
  if (header?.join() !== columns.join()) fail(file, 1, `the header must be ${columns.join()}`);
  return body.map((record, index) => createRow(file, index + 2, columns, record));
}

function createRow(file: string, line: number, columns: readonly string[], record: readonly string[]): Row {
  if (record.length !== columns.length) fail(file, line, `${record.length} cells instead of ${columns.length}`);
  const cell = (column: string) => record[columns.indexOf(column)] ?? '';
  return {
    cell,
    fail: (problem) => fail(file, line, problem),
    read(column, parse) {
      return cell(column) === '' ? undefined : this.must(column, parse);
    },
    must(column, parse) {
      return parse(cell(column)) ?? fail(file, line, `${column} "${cell(column)}" is malformed or stated twice`);
    },
  };
}

function fail(file: string, line: number, problem: string): never {
  throw new GorodError('BAD_INPUT', `${basename(file)} line ${line}: ${problem}`);
}

function once(seen: Set<string>, value: string): string | undefined {
  if (seen.has(value)) return undefined;
  seen.add(value);
  return value;
}

function isPrefix(text: string): boolean {
  return /^\d{3,6}$/.test(text);
}

function cyrillic(text: string): string | undefined {
  return /^[А-Яа-яЁё][А-Яа-яЁё ()—-]*$/.test(text) ? text : undefined;
}
