import { parseDigits, parseGuid, parseKladr, parseNumber, parsePostcode } from '../codes.ts';
import { RowRefused } from './imported-rows.ts';
import type { SubjectFinder } from './subject-finder.ts';

/**
 * Reads the facts of one row. An empty or missing cell is a fact not stated. A code that cannot be one refuses the row
 * (RowRefused); any other malformed fact is left out with a warning.
 */
export interface FactReader {
  text(column: string): string | undefined;
  guid(column: string): string | undefined;
  /** A GUID that identifies nothing for good: a malformed one is left out with a warning. */
  looseGuid(column: string): string | undefined;
  kladr(column: string): string | undefined;
  digits(column: string): string | undefined;
  /** Postcodes separated by anything but digits and letters; one that is not six digits is left out with a warning. */
  postcodes(column: string): readonly string[];
  number(column: string, least: number, most: number): number | undefined;
  paymentLimit(column: string): number | undefined;
  /** Both or none, in degrees. */
  coordinates(latitude: string, longitude: string): { readonly latitude?: number; readonly longitude?: number };
}

/** A reader over `cell`, which gives a column's text or undefined when the row has no such column. */
export function createFactReader(
  cell: (column: string) => string | undefined,
  warn: (reason: string) => void,
): FactReader {
  const text = (column: string) => cell(column)?.trim() || undefined;
  function code(column: string, parse: (text: string) => string | undefined): string | undefined {
    const written = text(column);
    return written === undefined ? undefined : (parse(written) ?? refuse(column, written));
  }
  function number(column: string, least: number, most: number): number | undefined {
    const written = text(column);
    if (written === undefined) return undefined;
    const parsed = parseNumber(written, least, most);
    if (parsed === undefined) warn(`${column} is no number between ${least} and ${most} and was left out`);
    return parsed;
  }
  return {
    text,
    guid: (column) => code(column, parseGuid),
    looseGuid(column) {
      const written = text(column);
      const guid = written === undefined ? undefined : parseGuid(written);
      if (written !== undefined && guid === undefined) warn(`${column} is malformed and was left out`);
      return guid;
    },
    kladr: (column) => code(column, parseKladr),
    digits: (column) => code(column, parseDigits),
    postcodes(column) {
      const parts = (text(column) ?? '').split(/[^\p{L}\d]+/u).filter(Boolean);
      return parts.flatMap((part) => {
        const postcode = parsePostcode(part);
        if (postcode === undefined) warn(`${column}: a postcode is not six digits and was left out`);
        return postcode ?? [];
      });
    },
    number,
    paymentLimit(column) {
      const limit = number(column, -1, 1e9);
      if (limit === undefined || limit === -1 || limit >= 0) return limit;
      warn(`${column} is neither -1 nor an amount and was left out`);
      return undefined;
    },
    coordinates(latitudeColumn, longitudeColumn) {
      const latitude = number(latitudeColumn, -90, 90);
      const longitude = number(longitudeColumn, -180, 180);
      return latitude === undefined || longitude === undefined ? {} : { latitude, longitude };
    },
  };
}

/** Refuses the row without a postcode, in formats where a row is one. */
export function requirePostcode(postcodes: readonly string[]): readonly string[] {
  if (postcodes.length === 0) throw new RowRefused('the postcode is missing or malformed');
  return postcodes;
}

/** The subject by the first of these ways that leads to one; refuses the row when none does. */
export function requireSubject(written: string, ...ways: readonly (string | undefined)[]): string {
  const found = ways.find((way) => way !== undefined);
  if (found === undefined) throw new RowRefused(`"${written}" names no federal subject that gorod knows`);
  return found;
}

/** Refuses the row without a name. */
export function requireName(name: string | undefined): string {
  if (name === undefined) throw new RowRefused('the place has no name');
  return name;
}

/** Counts a KLADR code that begins with another subject than the row's: usual for places that changed their subject. */
export function checkKladrSubject(kladr: string | undefined, subject: string, warn: (reason: string) => void): void {
  if (kladr !== undefined && !kladr.startsWith(subject)) warn('the KLADR code begins with another subject');
}

/** The subject that a KLADR code begins with. */
export function subjectOfKladr(kladr: string | undefined, finder: SubjectFinder): string | undefined {
  return kladr === undefined ? undefined : finder.byCode(kladr.slice(0, 2));
}

function refuse(column: string, written: string): never {
  throw new RowRefused(`${column} "${written.slice(0, 60)}" is malformed`);
}
