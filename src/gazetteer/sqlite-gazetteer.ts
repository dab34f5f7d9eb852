import { byBeginning, type CodeRow } from './by-beginning.ts';
import type { CandidateSet, Gazetteer, Place, Subject } from './gazetteer.ts';
import { openGazetteerDatabase, translated } from './open-database.ts';
import { createPlaceStore, mostPopulousFirst } from './place-store.ts';
import { META } from './schema.ts';

/** Russia has some 45,000 postcodes: a file of orders from everywhere asks for each again and again. */
const POSTCODES_IN_MEMORY = 65_536;
/** Postcodes that share fewer digits may be in different subjects. */
const SHORTEST_PREFIX = 3;
/** Some ten postcodes are listed with the same first four digits, in large cities a hundred. */
const READ_TOGETHER = 4;
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
  /** Of all codes that begin with the given digits: ':' comes right behind '9'. */
  const beginning = <T>(table: string, code: string, value: string, order: string) => {
    const sql = `SELECT ${code}, ${value} FROM ${table} WHERE ${code} >= ? AND ${code} < ? ORDER BY ${order}`;
    const statement = translated(file, () => database.prepare<[string, string], CodeRow<T>>(sql).raw());
    return (digits: string) => statement.all(digits, `${digits}:`);
  };
  const listedLike = byBeginning(READ_TOGETHER, beginning<number>('postcodes', 'postcode', 'place', 'postcode'));
  const subjectsOf = byLongestPrefix(beginning<string>('prefixes', 'prefix', 'subject', 'prefix, position'));
  const prefixOwnersOf = byLongestPrefix(beginning<number>('prefix_owners', 'prefix', 'place', 'prefix'));
  const namedBy = pluck('SELECT DISTINCT place FROM place_names WHERE folded = ?');
  const store = translated(file, () => createPlaceStore(database));
  const remembered = new Map<string, CandidateSet>();
  /** By what they hold: a town's postcodes share one set, and with it what is found out about it. */
  const sets = new Map<string, CandidateSet>();

  function ask(postcode: string): CandidateSet {
    const byPrefix = subjectsOf(postcode);
    const exact = store.byIds(listedLike(postcode).get(postcode) ?? []);
    const owners = exact.length > 0 ? exact : store.byIds(prefixOwnersOf(postcode));
    const codes = new Set([...owners.map((place) => place.subject.code), ...byPrefix]);
    if (codes.size === 0) return NOTHING;
    const basis = exact.length > 0 ? 'postcode' : 'prefix';
    const held = [basis, [...codes], owners.map((place) => place.id)].join(';');
    const known = sets.get(held);
    if (known !== undefined) return known;
    const subjects = [...codes].map((code) => store.subject(code));
    const set = createCandidateSet(basis, owners, subjects, () => translated(file, () => store.around(subjects)));
    sets.set(held, set);
    return set;
  }

  return {
    version,
    candidates(postcode) {
      const known = remembered.get(postcode);
      if (known !== undefined) return known;
      if (!/^\d{6}$/.test(postcode)) return NOTHING;
      const asked = translated(file, () => ask(postcode));
      if (remembered.size >= mostPostcodes) {
        remembered.clear();
        sets.clear();
      }
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
  let around: readonly Place[] | undefined;
  return {
    basis,
    owners,
    subjects,
    get around() {
      around ??= readAround();
      return around;
    },
  };
}

/** Finds what is said of the longest prefix of a postcode of which anything is said. */
function byLongestPrefix<T>(read: (beginning: string) => readonly CodeRow<T>[]): (postcode: string) => readonly T[] {
  const prefixesOf = byBeginning(SHORTEST_PREFIX, read);
  return (postcode) => {
    const prefixes = prefixesOf(postcode);
    for (let length = postcode.length; length >= SHORTEST_PREFIX; length -= 1) {
      const found = prefixes.get(postcode.slice(0, length));
      if (found !== undefined) return found;
    }
    return [];
  };
}
