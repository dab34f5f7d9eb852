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
  const place: Mutable<Place> = { id: row.id, name: row.name, names, subject };
  const settlementType = town ? 'г' : row.settlement_type;
  const aoLevel = town ? '4' : row.ao_level;
  const ownRegionCode = row.region_code ?? regionCode;
  const regionFiasGuid = row.region_fias_guid ?? subject.fiasGuid;
  // Field by field: the owners of thousands of postcodes are read so.
  if (row.sub_region !== null) place.subRegion = row.sub_region;
  if (settlementType !== null) place.settlementType = settlementType;
  if (aoLevel !== null) place.aoLevel = aoLevel;
  if (row.fias_guid !== null) place.fiasGuid = row.fias_guid;
  if (row.kladr !== null) place.kladr = row.kladr;
  if (row.city_code !== null) place.cityCode = row.city_code;
  if (row.city_uuid !== null) place.cityUuid = row.city_uuid;
  if (ownRegionCode !== null) place.regionCode = ownRegionCode;
  if (row.region !== null) place.region = row.region;
  if (regionFiasGuid !== undefined) place.regionFiasGuid = regionFiasGuid;
  if (row.latitude !== null) place.latitude = row.latitude;
  if (row.longitude !== null) place.longitude = row.longitude;
  if (row.timezone !== null) place.timezone = row.timezone;
  if (row.payment_limit !== null) place.paymentLimit = row.payment_limit;
  if (row.population !== null) place.population = row.population;
  if (row.postcode !== null) place.postcode = row.postcode;
  return place;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

type Known<T> = { readonly [K in keyof T]?: NonNullable<T[K]> };

/** The same object without the fields that are null or undefined. */
export function known<T extends object>(facts: T): Known<T> {
  return Object.fromEntries(
    Object.entries(facts).filter(([, value]) => value !== null && value !== undefined),
  ) as Known<T>;
}
