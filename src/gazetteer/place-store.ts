import type { Database } from 'better-sqlite3';
import type { Place, PlaceName, Subject } from './gazetteer.ts';
import { incomplete } from './open-database.ts';
import { type PlaceRow, type SubjectRow, toPlace, toSubject } from './place-rows.ts';

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

/** A store over an open database. Reads the subjects at once (a hundred rows), places when asked. */
export function createPlaceStore(database: Database): PlaceStore {
  const subjectRows = database.prepare('SELECT * FROM subjects ORDER BY code').all() as SubjectRow[];
  const subjects = new Map(subjectRows.map((row) => [row.code, toSubject(row)]));
  const regionCodes = new Map(subjectRows.map((row) => [row.code, row.region_code]));
  const placeById = database.prepare('SELECT * FROM places WHERE id = ?');
  const namesById = database.prepare('SELECT text, folded, kind FROM place_names WHERE place = ? ORDER BY position');
  const placesOf = database.prepare<[string], string>('SELECT places FROM subject_places WHERE subject = ?').pluck();
  const places = new Map<number, Place>();
  const bySubject = new Map<string, readonly Place[]>();
  const bySubjects = new Map<string, readonly Place[]>();

  function subject(code: string): Subject {
    const known = subjects.get(code);
    if (known !== undefined) return known;
    throw damaged(`its subject ${code}`);
  }

  const damaged = (what: string, cause?: unknown) => incomplete(database.name, what, cause);

  function factsOf(code: string): Omit<Place, 'subject'>[] {
    const what = `the places of its subject ${code}`;
    try {
      const facts: unknown = JSON.parse(placesOf.get(code) ?? '');
      if (Array.isArray(facts)) return facts as Omit<Place, 'subject'>[];
    } catch (cause) {
      if (cause instanceof SyntaxError) throw damaged(what, cause);
      throw cause;
    }
    throw damaged(what);
  }

  function remember(place: Place): Place {
    const known = places.get(place.id);
    if (known !== undefined) return known;
    places.set(place.id, place);
    return place;
  }

  function byId(id: number): Place[] {
    const known = places.get(id);
    if (known !== undefined) return [known];
    const row = placeById.get(id) as PlaceRow | undefined;
    if (row === undefined) return [];
    const names = namesById.all(id) as PlaceName[];
    return [remember(toPlace(row, names, subject(row.subject), regionCodes.get(row.subject) ?? null))];
  }

  function ofSubject(code: string): readonly Place[] {
    const known = bySubject.get(code);
    if (known !== undefined) return known;
    const owner = subjects.get(code);
    // An API may name a subject that no gazetteer knows.
    if (owner === undefined) return [];
    const read = factsOf(code).map((one) => remember(Object.assign(one, { subject: owner })));
    bySubject.set(code, read);
    return read;
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
      const read = codes.length === 1 ? ofSubject(key) : codes.flatMap(ofSubject).sort(mostPopulousFirst);
      bySubjects.set(key, read);
      return read;
    },
  };
}

/** The places of a subject as they lie in a gazetteer file, each without the subject. */
export function placesAsJson(places: readonly Place[]): string {
  return JSON.stringify(places.map(({ subject: _, ...facts }) => facts));
}

/** Order by population, unknown last, then as the gazetteer numbers them. */
export function mostPopulousFirst(a: Place, b: Place): number {
  return (b.population ?? -1) - (a.population ?? -1) || a.id - b.id;
}
