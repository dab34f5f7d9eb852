import type { CandidateSet, Gazetteer, Place, Subject } from './gazetteer.ts';
import { openGazetteerDatabase, translated } from './open-database.ts';
import { createPlaceStore, mostPopulousFirst } from './place-store.ts';
import { META } from './schema.ts';

const POSTCODES_IN_MEMORY = 4096;
const NOTHING: CandidateSet = { basis: 'none', owners: [], around: [], subjects: [] };

/**
 * Opens a gazetteer file for reading. Nothing but its identity is read until the first question.
 * Throws GorodError GAZETTEER_UNUSABLE, here or at a later question, when the file is missing, damaged, foreign, or
 * made for another schema or fold.
 */
export function openGazetteer(file: string): Gazetteer {
  const database = openGazetteerDatabase(file);
  const pluck = (sql: string) => translated(file, () => database.prepare(sql).pluck());
  const version = String(pluck('SELECT value FROM meta WHERE key = ?').get(META.contentHash));
  const ownersOf = pluck('SELECT place FROM postcodes WHERE postcode = ?');
  const subjectsOf = pluck('SELECT subject FROM prefixes WHERE prefix = ? ORDER BY position');
  const prefixOwnersOf = pluck('SELECT place FROM prefix_owners WHERE prefix = ?');
  const namedBy = pluck('SELECT DISTINCT place FROM place_names WHERE folded = ?');
  const store = translated(file, () => createPlaceStore(database));
  const remembered = new Map<string, CandidateSet>();

  function ask(postcode: string): CandidateSet {
    const prefixes = [6, 5, 4, 3].map((length) => postcode.slice(0, length));
    const byPrefix = firstFilled(prefixes, (prefix) => subjectsOf.all(prefix) as string[]);
    const exact = store.byIds(ownersOf.all(postcode) as number[]);
    const owners =
      exact.length > 0 ? exact : store.byIds(firstFilled(prefixes, (prefix) => prefixOwnersOf.all(prefix) as number[]));
    const codes = new Set([...owners.map((place) => place.subject.code), ...byPrefix]);
    if (codes.size === 0) return NOTHING;
    const subjects = [...codes].map((code) => store.subject(code));
    return createCandidateSet(exact.length > 0 ? 'postcode' : 'prefix', owners, subjects, () =>
      translated(file, () => store.around(subjects)),
    );
  }

  return {
    version,
    candidates(postcode) {
      const known = remembered.get(postcode);
      if (known !== undefined) {
        remembered.delete(postcode);
        remembered.set(postcode, known);
        return known;
      }
      const asked = /^\d{6}$/.test(postcode) ? translated(file, () => ask(postcode)) : NOTHING;
      remembered.set(postcode, asked);
      if (remembered.size > POSTCODES_IN_MEMORY) forgetOldest(remembered);
      return asked;
    },
    around: (subjects) => translated(file, () => store.around(subjects)),
    named: (folded) =>
      translated(file, () => [...store.byIds(namedBy.all(folded) as number[])].sort(mostPopulousFirst)),
    subjects: () => translated(file, () => store.subjects()),
    close: () => {
      database.close();
    },
  };
}

/** `around` may be thousands of places that an exact answer never looks at: it is read when first asked for. */
function createCandidateSet(
  basis: CandidateSet['basis'],
  owners: readonly Place[],
  subjects: readonly Subject[],
  readAround: () => readonly Place[],
): CandidateSet {
  return {
    basis,
    owners,
    subjects,
    get around() {
      return readAround();
    },
  };
}

function firstFilled<T>(prefixes: readonly string[], read: (prefix: string) => readonly T[]): readonly T[] {
  for (const prefix of prefixes) {
    const found = read(prefix);
    if (found.length > 0) return found;
  }
  return [];
}

function forgetOldest(map: Map<string, unknown>): void {
  const oldest = map.keys().next();
  if (oldest.done !== true) map.delete(oldest.value);
}
