import { isCityKladr } from './codes.ts';
import type { Place, PlaceName, Subject } from './gazetteer.ts';

/** A row of the table `places`. */
export interface PlaceRow {
  readonly id: number;
  readonly name: string;
  readonly subject: string;
  readonly sub_region: string | null;
  readonly settlement_type: string | null;
  readonly ao_level: string | null;
  readonly fias_guid: string | null;
  readonly kladr: string | null;
  readonly city_code: string | null;
  readonly city_uuid: string | null;
  readonly region_code: string | null;
  readonly region: string | null;
  readonly region_fias_guid: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly timezone: string | null;
  readonly payment_limit: number | null;
  readonly population: number | null;
  readonly postcode: string | null;
}

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

/**
 * The place that a row of `places` states. CDEK's region code and the region's GUID come from the subject where the
 * place's own source did not say. Where neither type nor level is stated, a KLADR code at city level gives both.
 */
export function toPlace(
  row: PlaceRow,
  names: readonly PlaceName[],
  subject: Subject,
  regionCode: string | null,
): Place {
  const bare = row.settlement_type === null && row.ao_level === null;
  const town = bare && row.kladr !== null && isCityKladr(row.kladr);
  const optional = {
    subRegion: row.sub_region,
    settlementType: town ? 'г' : row.settlement_type,
    aoLevel: town ? '4' : row.ao_level,
    fiasGuid: row.fias_guid,
    kladr: row.kladr,
    cityCode: row.city_code,
    cityUuid: row.city_uuid,
    regionCode: row.region_code ?? regionCode,
    region: row.region,
    regionFiasGuid: row.region_fias_guid ?? subject.fiasGuid ?? null,
    latitude: row.latitude,
    longitude: row.longitude,
    timezone: row.timezone,
    paymentLimit: row.payment_limit,
    population: row.population,
    postcode: row.postcode,
  };
  return { id: row.id, name: row.name, names, subject, ...known(optional) };
}

type Known<T> = { readonly [K in keyof T]?: NonNullable<T[K]> };

/** The same object without the fields that are null or undefined. */
export function known<T extends object>(facts: T): Known<T> {
  return Object.fromEntries(
    Object.entries(facts).filter(([, value]) => value !== null && value !== undefined),
  ) as Known<T>;
}
