import type { PostcodeCity } from '../../address/postcode-city.ts';
import { isCityKladr, parseGuid, parseKladr } from '../../gazetteer/codes.ts';
import { placeNames } from '../../gazetteer/draft.ts';
import type { Place, PlaceName, Subject } from '../../gazetteer/gazetteer.ts';
import { known } from '../../gazetteer/known.ts';
import type { Stated, Twin } from './twins.ts';

/** A city of API v2, with its codes in their one form and the federal subject it lies in. */
export interface StatedCity extends Stated {
  readonly city: PostcodeCity;
}

/** What a city of API v2 states. A code that cannot be one is not stated. */
export function stateCity(city: PostcodeCity, subject: Subject): StatedCity {
  const { latitude, longitude } = city;
  return {
    city,
    name: city.cityName,
    subject,
    ...known({
      fiasGuid: parseGuid(city.fiasGuid ?? ''),
      kladr: parseKladr(city.kladr ?? ''),
      cityCode: city.cityCode,
      subRegion: city.subRegion,
    }),
    ...(latitude === undefined || longitude === undefined ? {} : { latitude, longitude }),
  };
}

/**
 * The place that API v2 states. Its own facts stand; from the gazetteer's record come further names, type, level and
 * population, and where a code says that both are one place, the other code (API v2 often leaves the FIAS GUID out).
 */
export function cityPlace(id: number, stated: StatedCity, twin: Twin | undefined): Place {
  const { city, name, subject } = stated;
  const described = twin === undefined || twin.by === 'position' ? undefined : twin.place;
  const identified = twin?.by === 'code' ? twin.place : undefined;
  const kladr = stated.kladr ?? identified?.kladr;
  const isTown = kladr !== undefined && isCityKladr(kladr);
  const optional = {
    subRegion: stated.subRegion ?? identified?.subRegion,
    settlementType: described?.settlementType ?? (isTown ? 'г' : undefined),
    aoLevel: described?.aoLevel ?? (isTown ? '4' : undefined),
    fiasGuid: stated.fiasGuid ?? identified?.fiasGuid,
    kladr,
    cityCode: city.cityCode,
    cityUuid: city.cityUuid,
    regionCode: city.regionCode,
    region: city.region,
    regionFiasGuid: city.regionFiasGuid ?? subject.fiasGuid,
    latitude: stated.latitude,
    longitude: stated.longitude,
    timezone: city.timezone,
    paymentLimit: city.paymentLimit,
    population: described?.population,
    postcode: described?.postcode,
  };
  return { id, name, names: allNames(name, described), subject, ...known(optional) };
}

/** The names of both, no two with the same fold. */
function allNames(name: string, twin: Place | undefined): readonly PlaceName[] {
  const names = [...placeNames({ name, otherNames: [] })];
  for (const other of twin?.names ?? []) {
    if (names.some(({ folded }) => folded === other.folded)) continue;
    names.push(other.kind === 'official' ? { ...other, kind: 'alias' } : other);
  }
  return names;
}
