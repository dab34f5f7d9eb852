import type { CandidateSet, Gazetteer, Place, Subject } from './gazetteer.ts';
import { openGazetteerDatabase, translated } from './open-database.ts';
import { createPlaceStore, mostPopulousFirst } from './place-store.ts';
import { META } from './schema.ts';

/** Russia has some 45,000 postcodes: a file of orders from everywhere asks for each again and again. */
const POSTCODES_IN_MEMORY = 65_536;
/** Postcodes that share fewer digits may be in different subjects. */
const SHORTEST_PREFIX = 3;
const NOTHING: CandidateSet = { basis: 'none', owners: [], around: [], subjects: [] };

/**
 * Opens a gazetteer file for reading. Nothing but its identity is read until the first question.
 * What was asked of `mostPostcodes` postcodes stays in memory.
 * Throws GorodError GAZETTEER_UNUSABLE, here or at a later question, when the file is missing, damaged, foreign, or
 * made for another schema or fold.
 */
export function openGazetteer(file: string, { mostPostcodes = POSTCODES_IN_MEMORY } = {}): Gazetteer {
  const database = openGazetteerDatabase(file);
  const pluck = (sql: string) => translated(file, () => database.prepare(sql).pluck());
  const version = String(pluck('SELECT value FROM meta WHERE key = ?').get(META.contentHash));
  const ownersOf = pluck('SELECT place FROM postcodes WHERE postcode = ?');
  const subjects = pluck('SELECT subject FROM prefixes WHERE prefix = ? ORDER BY position');
  const subjectsOf = byLongestPrefix((prefix) => subjects.all(prefix) as string[]);
  const prefixOwners = pluck('SELECT place FROM prefix_owners WHERE prefix = ?');
  const prefixOwnersOf = byLongestPrefix((prefix) => prefixOwners.all(prefix) as number[]);
  const namedBy = pluck('SELECT DISTINCT place FROM place_names WHERE folded = ?');
  const store = translated(file, () => createPlaceStore(database));
  const remembered = new Map<string, CandidateSet>();

  function ask(postcode: string): CandidateSet {
    const byPrefix = subjectsOf(postcode);
    const exact = store.byIds(ownersOf.all(postcode) as number[]);
    const owners = exact.length > 0 ? exact : store.byIds(prefixOwnersOf(postcode));
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
      if (known !== undefined) return known;
      if (!/^\d{6}$/.test(postcode)) return NOTHING;
      const asked = translated(file, () => ask(postcode));
      if (remembered.size >= mostPostcodes) remembered.clear();
      remembered.set(postcode, asked);
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

/**
 * Finds what is said of the longest prefix of a postcode of which anything is said. Prefixes shorter than the postcode
 * are read once.
 */
function byLongestPrefix<T>(read: (prefix: string) => readonly T[]): (postcode: string) => readonly T[] {
  const shorter = new Map<string, readonly T[]>();
  const find = (prefix: string): readonly T[] => {
    const found = read(prefix);
    return found.length > 0 || prefix.length === SHORTEST_PREFIX ? found : findShorter(prefix.slice(0, -1));
  };
  const findShorter = (prefix: string): readonly T[] => {
    const known = shorter.get(prefix) ?? find(prefix);
    shorter.set(prefix, known);
    return known;
  };
  return find;
}
