import type { PostcodeCity } from '../../address/postcode-city.ts';
import type { CandidateSet, Gazetteer, Place, Subject } from '../../gazetteer/gazetteer.ts';
import type { SubjectFinder } from '../../gazetteer/import/subject-finder.ts';
import { remembersNamed } from '../local/remembers-named.ts';
import { cityPlace, stateCity } from './city-place.ts';
import { findTwins } from './twins.ts';

/** What the matcher chooses from for one postcode, and where it looks for what else an address may name. */
export interface Located {
  readonly set: CandidateSet;
  /** The gazetteer, in which the postcode's cities stand in the place of its own records of them. */
  readonly gazetteer: Gazetteer;
}

/** Makes candidates of the cities that API v2 gives for a postcode. */
export type Locator = (postcode: string, cities: readonly PostcodeCity[]) => Located;

/** A locator that takes what lies around the cities from a gazetteer. */
export function createLocator(source: Gazetteer, finder: SubjectFinder): Locator {
  const gazetteer = remembersNamed(source);
  const subjects = new Map(gazetteer.subjects().map((subject) => [subject.code, subject]));

  return (postcode, cities) => {
    const stated = distinct(cities).map((city) => stateCity(city, subjectOf(city, postcode, finder, subjects)));
    const twins = findTwins(stated, gazetteer);
    const owners = stated
      .map((city, index) => cityPlace(-1 - index, city, twins.get(city)))
      .sort((a, b) => (b.population ?? -1) - (a.population ?? -1));
    const replaced = new Map<Place, Place>();
    for (const [index, city] of stated.entries()) {
      const twin = twins.get(city)?.place;
      const owner = owners.find(({ id }) => id === -1 - index);
      if (twin !== undefined && owner !== undefined) replaced.set(twin, owner);
    }
    const around = finder.byPostcode(postcode).flatMap((code) => subjects.get(code) ?? []);
    return located(postcode, owners, [...owners.map(({ subject }) => subject), ...around], replaced, gazetteer);
  };
}

function located(
  postcode: string,
  owners: readonly Place[],
  ofPostcode: readonly Subject[],
  replaced: ReadonlyMap<Place, Place>,
  gazetteer: Gazetteer,
): Located {
  const swap = (places: readonly Place[]) => places.map((place) => replaced.get(place) ?? place);
  const subjects = [...new Set(ofPostcode)];
  let around: readonly Place[] | undefined;
  const set: CandidateSet = {
    basis: 'postcode',
    owners,
    subjects,
    // Only inexact matches look there.
    get around() {
      around ??= [...new Set([...swap(gazetteer.around(subjects)), ...owners])];
      return around;
    },
  };
  const named = (folded: string) => swap(gazetteer.named(folded));
  const candidates = (other: string): CandidateSet => {
    if (other === postcode) return set;
    const found = gazetteer.candidates(other);
    const { basis, subjects: around } = found;
    return { basis, owners: swap(found.owners), subjects: around, around: [] };
  };
  return { set, gazetteer: replaced.size === 0 ? { ...gazetteer, candidates } : { ...gazetteer, candidates, named } };
}

/** Without the cities that are listed twice. */
function distinct(cities: readonly PostcodeCity[]): readonly PostcodeCity[] {
  const seen = new Set<string>();
  return cities.filter(({ cityCode }) => {
    if (cityCode === undefined) return true;
    const isNew = !seen.has(cityCode);
    seen.add(cityCode);
    return isNew;
  });
}

/**
 * The federal subject of a city, by the first that leads to one of: CDEK's region code, the region's GUID, its name, the
 * KLADR code, the postcode. One that is not known bears the region's name alone.
 */
function subjectOf(
  { regionCode, regionFiasGuid, region, kladr }: PostcodeCity,
  postcode: string,
  finder: SubjectFinder,
  subjects: ReadonlyMap<string, Subject>,
): Subject {
  const [ofPostcode, ...others] = finder.byPostcode(postcode);
  const code =
    finder.byRegionCode(regionCode ?? '') ??
    finder.byGuid(regionFiasGuid?.toLowerCase() ?? '') ??
    finder.byName(region ?? '') ??
    (kladr === undefined ? undefined : finder.byCode(kladr.slice(0, 2))) ??
    (others.length === 0 ? ofPostcode : undefined);
  return subjects.get(code ?? '') ?? { code: '', name: region ?? '' };
}
