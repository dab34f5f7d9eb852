import type { Subject } from './gazetteer.ts';

/** A row of the table `subjects`. */
export interface SubjectRow {
  readonly code: string;
  readonly name: string;
  readonly full_name: string;
  readonly geonames: string | null;
  readonly fias_guid: string | null;
  readonly region_code: string | null;
  /** Separated by `|`, perhaps empty. */
  readonly other_names: string;
}

/** The subject that a row of `subjects` states. */
export function toSubject(row: SubjectRow): Subject {
  return {
    code: row.code,
    name: row.name,
    fullName: row.full_name,
    ...(row.fias_guid === null ? {} : { fiasGuid: row.fias_guid }),
  };
}
