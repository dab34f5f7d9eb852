import { isCityKladr } from './codes.ts';
import { type PlaceFacts, placeNames } from './draft.ts';
import type { Place, PlaceName, Subject } from './gazetteer.ts';
import { incomplete } from './open-database.ts';

/** What a gazetteer file holds of a place: what its sources say, and its names folded. */
export type StoredPlace = Omit<Place, 'subject'>;

/** A place as it is stored. Fields come in one order: the gazetteer's version is a hash of such texts. */
export function storedPlace(id: number, facts: PlaceFacts): string {
  const stored: { readonly [Field in keyof Required<StoredPlace>]: StoredPlace[Field] | undefined } = {
    id,
    name: facts.name,
    names: placeNames(facts),
    subRegion: facts.subRegion,
    settlementType: facts.settlementType,
    aoLevel: facts.aoLevel,
    fiasGuid: facts.fiasGuid,
    kladr: facts.kladr,
    cityCode: facts.cityCode,
    cityUuid: facts.cityUuid,
    regionCode: facts.regionCode,
    region: facts.region,
    regionFiasGuid: facts.regionFiasGuid,
    latitude: facts.latitude,
    longitude: facts.longitude,
    timezone: facts.timezone,
    paymentLimit: facts.paymentLimit,
    population: facts.population,
    postcode: facts.postcode ?? facts.postcodes[0],
  };
  return JSON.stringify(stored);
}

/** The stored places of a subject in `file`, of a JSON array. Throws GorodError GAZETTEER_UNUSABLE when it is none. */
export function readStoredPlaces(file: string, subjectCode: string, json: string): readonly StoredPlace[] {
  const what = `the places of its subject ${subjectCode}`;
  try {
    const stored: unknown = JSON.parse(json);
    if (Array.isArray(stored) && stored.every(isStoredPlace)) return stored;
  } catch (cause) {
    throw incomplete(file, what, cause);
  }
  throw incomplete(file, what);
}

/** Looks at what the matcher reads of every place; a file that nobody has edited is right anyway. */
function isStoredPlace(value: unknown): value is StoredPlace {
  const { id, name, names } = (value ?? {}) as Partial<StoredPlace>;
  if (typeof id !== 'number' || typeof name !== 'string' || !Array.isArray(names)) return false;
  for (const one of names as readonly (Partial<PlaceName> | null)[]) {
    if (typeof one?.folded !== 'string') return false;
  }
  return true;
}

/**
 * The place that is stored. CDEK's region code and the region's GUID come from the subject where the place's own source
 * did not say. Where neither type nor level is stated, a KLADR code at city level gives both.
 */
export function toPlace(stored: StoredPlace, subject: Subject, regionCode: string | null): Place {
  // What was parsed becomes the place itself: a short file of many subjects needs thousands.
  const place: Mutable<Place> = Object.assign(stored, { subject });
  if (place.settlementType === undefined && place.aoLevel === undefined && isCityKladr(place.kladr ?? '')) {
    place.settlementType = 'г';
    place.aoLevel = '4';
  }
  if (place.regionCode === undefined && regionCode !== null) place.regionCode = regionCode;
  if (place.regionFiasGuid === undefined && subject.fiasGuid !== undefined) place.regionFiasGuid = subject.fiasGuid;
  return place;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
