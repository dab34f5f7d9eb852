import type { Database } from 'better-sqlite3';
import type { Place, Subject } from './gazetteer.ts';
import { incomplete } from './open-database.ts';
import { readStoredPlaces, toPlace } from './stored-place.ts';
import { type SubjectRow, toSubject } from './subject-rows.ts';

/** Reads places and subjects from an open gazetteer, each at most once: one place is one object. */
export interface PlaceStore {
  /** Most populous first. */
  byIds(ids: readonly number[]): readonly Place[];
  /** Throws GorodError GAZETTEER_UNUSABLE when the file names a subject that it does not hold. */
  subject(code: string): Subject;
  subjects(): readonly Subject[];
  /** Every place of these subjects, most populous first; the same array for the same subjects in whatever order. */
  around(subjects: readonly Subject[]): readonly Place[];
}

/** A store over an open database. Reads the subjects at once (a hundred rows), their places when one is asked for. */
export function createPlaceStore(database: Database): PlaceStore {
  const subjectRows = database.prepare('SELECT * FROM subjects ORDER BY code').all() as SubjectRow[];
  const subjects = new Map(subjectRows.map((row) => [row.code, toSubject(row)]));
  const regionCodes = new Map(subjectRows.map((row) => [row.code, row.region_code]));
  const subjectOf = database.prepare<[number], string>('SELECT subject FROM places WHERE id = ?').pluck();
  const placesOf = database.prepare<[string], string>('SELECT places FROM subject_places WHERE subject = ?').pluck();
  const places = new Map<number, Place>();
  const bySubject = new Map<string, readonly Place[]>();
  const bySubjects = new Map<string, readonly Place[]>();

  function subject(code: string): Subject {
    const known = subjects.get(code);
    if (known !== undefined) return known;
    throw incomplete(database.name, `its subject ${code}`);
  }

  function ofSubject(code: string): readonly Place[] {
    const known = bySubject.get(code);
    if (known !== undefined) return known;
    const owner = subjects.get(code);
    // An API may name a subject that no gazetteer knows.
    if (owner === undefined) return [];
    const regionCode = regionCodes.get(code) ?? null;
    const stored = readStoredPlaces(database.name, code, placesOf.get(code) ?? '');
    const read = stored.map((one) => toPlace(one, owner, regionCode));
    for (const place of read) places.set(place.id, place);
    bySubject.set(code, read);
    return read;
  }

  function byId(id: number): Place[] {
    const known = places.get(id);
    if (known !== undefined) return [known];
    const code = subjectOf.get(id);
    return code === undefined ? [] : ofSubject(subject(code).code).filter((place) => place.id === id);
  }

  return {
    byIds: (ids) => ids.flatMap(byId).sort(mostPopulousFirst),
    subject,
    subjects: () => [...subjects.values()],
    around(wanted) {
      const codes = wanted.map(({ code }) => code).sort();
      const key = codes.join(' ');
      const known = bySubjects.get(key);
      if (known !== undefined) return known;
      const found = codes.length === 1 ? ofSubject(key) : codes.flatMap(ofSubject).sort(mostPopulousFirst);
      bySubjects.set(key, found);
      return found;
    },
  };
}

/** Order by population, unknown last, then as the gazetteer numbers them. */
export function mostPopulousFirst(a: Place, b: Place): number {
  return (b.population ?? -1) - (a.population ?? -1) || a.id - b.id;
}
