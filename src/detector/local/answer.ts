import type { CdekCity, Detection, FiasCity } from '../../address/detection.ts';
import type { Answered } from '../../address/outcome.ts';
import type { CandidateSet, Place } from '../../gazetteer/gazetteer.ts';
import { known } from '../../gazetteer/known.ts';
import type { Finding } from './finding.ts';

const MOST_POSSIBLE_CITIES = 10;

/** The place does not depend on the amount. */
const OWN = { kind: 'answered', source: 'local', forEveryAmount: true } as const;

/** The answer that a finding amounts to, field for field as the API gives it. `status_msg` is left to the renderer. */
export function answerOf(set: CandidateSet, finding: Finding): Answered {
  const possible = possibleCities(set, finding);
  const cities = possible.length === 0 ? {} : { possible_cities: possible };
  if (finding.kind === 'none') {
    const { note } = finding;
    const detection = { status_code: 'ERR_NOT_DETECT_CITY_IN_ADDRESS', ...cities };
    return { ...OWN, detection, ...postcodeCities(set), ...(note === undefined ? {} : { note }) };
  }
  if (finding.kind === 'many') {
    const detection = { status_code: 'ERR_MANY_CITIES_IN_ADDRESS', ...cities };
    return { ...OWN, detection, ...postcodeCities(set), confidence: finding.confidence };
  }
  const { place, confidence, runnerUp, owned } = finding;
  return {
    ...OWN,
    detection: { ...detectionOf(finding), ...cities },
    confidence,
    ...(runnerUp === undefined ? {} : { runnerUp }),
    ...(owned ? {} : { note: { kind: 'unowned-postcode', named: place.name } }),
  };
}

function detectionOf({ place, asked }: Extract<Finding, { kind: 'one' }>): Detection {
  const fias = once(fiasCities, place, () => fiasCity(place));
  const refused = { status_code: 'ERR_CDEK_HAS_NO_FIAS_GUID', detected_fias_city: fias };
  if (asked === 'place')
    return place.fiasGuid === undefined ? refused : { status_code: 'OK', detected_fias_city: fias };
  const { cityCode } = place;
  if (cityCode === undefined) return refused;
  return {
    status_code: asked === 'city-above-limit' ? 'COD_LIMIT_EXCEEDED' : 'OK',
    detected_cdek_city: once(cdekCities, place, () => cdekCity(place, cityCode)),
    detected_fias_city: fias,
  };
}

/** The API's objects of places that were answered before: most rows of a file are of a few towns. */
const fiasCities = new WeakMap<Place, FiasCity>();
const cdekCities = new WeakMap<Place, CdekCity>();

function once<T>(memory: WeakMap<Place, T>, place: Place, make: () => T): T {
  const known = memory.get(place);
  if (known !== undefined) return known;
  const made = make();
  memory.set(place, made);
  return made;
}

/** A place as the API gives one of the FIAS register. */
export function fiasCity(place: Place): FiasCity {
  const optional = { ao_level: place.aoLevel, guid: place.fiasGuid, prefix: place.settlementType };
  return { formal_name: place.name, official_name: place.name, ...known(optional) };
}

/** A place as the API gives a city of CDEK. */
export function cdekCity(place: Place, cityCode: string): CdekCity {
  const optional = {
    cityUuid: place.cityUuid,
    fiasGuid: place.fiasGuid,
    kladr: place.kladr,
    latitude: place.latitude,
    longitude: place.longitude,
    paymentLimit: place.paymentLimit,
    region: place.region ?? place.subject.name,
    regionCode: place.regionCode,
    regionCodeExt: place.subject.code || undefined,
    regionFiasGuid: place.regionFiasGuid ?? place.subject.fiasGuid,
    subRegion: place.subRegion,
    timezone: place.timezone,
  };
  return { cityCode, cityName: place.name, country: 'Россия', countryCode: 'RU', ...known(optional) };
}

/** All names of an exact postcode; where only a prefix is known the likeliest ten. */
function possibleCities(set: CandidateSet, finding: Finding): readonly string[] {
  if (set.basis === 'postcode') return [...new Set(set.owners.map((place) => place.name))];
  const likeliest = likeliestPlaces(finding);
  const names = [...likeliest, ...set.owners, ...set.around.slice(0, MOST_POSSIBLE_CITIES)].map((place) => place.name);
  return [...new Set(names)].slice(0, MOST_POSSIBLE_CITIES);
}

/**
 * What is known of the postcode's cities at CDEK. Several with a code are CDEK's; that there is one, or that places have
 * no code, may be the gazetteer's own shortcoming. Nobody at all for an exact postcode is said only by CDEK itself.
 */
function postcodeCities({ basis, owners }: CandidateSet): Pick<Answered, 'postcodeCities'> {
  if (basis !== 'postcode') return {};
  const ofCdek = owners.filter(({ cityCode }) => cityCode !== undefined).length;
  return owners.length === 0 || ofCdek > 1 ? { postcodeCities: ofCdek } : {};
}

function likeliestPlaces(finding: Finding): readonly Place[] {
  if (finding.kind === 'one') return [finding.place];
  return finding.kind === 'many' ? finding.places : finding.resembled;
}
