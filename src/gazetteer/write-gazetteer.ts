import { createHash, type Hash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { GorodError } from '../errors.ts';
import { FOLD_VERSION } from '../toponym/fold.ts';
import { type Draft, type DraftPlace, placeNames } from './draft.ts';
import { prefixOwners } from './prefix-owners.ts';
import { APPLICATION_ID, META, SCHEMA, SCHEMA_VERSION } from './schema.ts';
import { storedPlace } from './stored-place.ts';

/**
 * Writes a draft as a gazetteer file, replacing `file` only when the new one is complete and on disk.
 * Throws GorodError OUTPUT_FAILED when it cannot be written; `file` is untouched then.
 */
export function writeGazetteer(file: string, draft: Draft): void {
  const partial = `${file}.${process.pid}.partial`;
  try {
    rmSync(partial, { force: true });
    writeTables(partial, draft);
    const descriptor = openSync(partial, 'r+');
    fsyncSync(descriptor);
    closeSync(descriptor);
    renameSync(partial, file);
  } catch (cause) {
    rmSync(partial, { force: true });
    if (cause instanceof GorodError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new GorodError('OUTPUT_FAILED', `cannot write the gazetteer ${file}: ${reason}`, { cause });
  }
}

type Cell = string | number | null;

function writeTables(file: string, draft: Draft): void {
  const database = new Database(file);
  try {
    database.pragma('journal_mode = OFF');
    database.pragma('synchronous = OFF');
    database.pragma(`application_id = ${APPLICATION_ID}`);
    database.pragma(`user_version = ${SCHEMA_VERSION}`);
    database.exec(SCHEMA);
    database.transaction(() => {
      fill(database, draft);
    })();
    database.exec('ANALYZE');
  } finally {
    database.close();
  }
}

function fill(database: Database.Database, draft: Draft): void {
  const hash = createHash('sha256').update(`schema ${SCHEMA_VERSION} fold ${FOLD_VERSION}\n`);
  const table = (name: string, columns: number) => inserter(database, hash, name, columns);
  const subjects = table('subjects', 7);
  for (const subject of draft.subjects) {
    const { code, name, fullName, geonames, fiasGuid, regionCode, otherNames } = subject;
    subjects(code, name, fullName, geonames, fiasGuid, regionCode ?? null, otherNames.join('|'));
  }
  const prefixes = table('prefixes', 3);
  for (const [prefix, codes] of draft.prefixes) {
    for (const [position, code] of codes.entries()) prefixes(prefix, position, code);
  }
  const ordered = draft.places.toSorted(byNumber);
  const subjectPlaces = table('subject_places', 2);
  for (const { code } of draft.subjects) {
    const ofSubject = ordered.flatMap(({ facts }, id) => (facts.subjectCode === code ? [storedPlace(id, facts)] : []));
    subjectPlaces(code, `[${ofSubject.join()}]`);
  }
  const places = table('places', 2);
  const names = table('place_names', 2);
  const postcodes = table('postcodes', 2);
  const cityCodes = table('city_codes', 2);
  ordered.forEach(({ facts }, id) => {
    places(id, facts.subjectCode);
    for (const { folded } of placeNames(facts)) names(folded, id);
    for (const postcode of new Set(facts.postcodes)) postcodes(postcode, id);
    if (facts.cityCode !== undefined) cityCodes(facts.cityCode, id);
  });
  const owners = table('prefix_owners', 2);
  for (const [prefix, place] of prefixOwners(ordered)) owners(prefix, place);
  writeSources(database, draft, ordered);
  const meta = database.prepare('INSERT INTO meta VALUES (?, ?)');
  meta.run(META.foldVersion, String(FOLD_VERSION));
  meta.run(META.contentHash, hash.digest('hex').slice(0, 32));
}

/** Sources are not hashed: the same facts from elsewhere give the same answers. */
function writeSources(database: Database.Database, draft: Draft, ordered: readonly DraftPlace[]): void {
  const sources = database.prepare('INSERT INTO sources VALUES (?, ?, ?, ?)');
  draft.sources.forEach(({ name, date, licence }, id) => {
    sources.run(id, name, date ?? null, licence ?? null);
  });
  const placeSources = database.prepare('INSERT INTO place_sources VALUES (?, ?)');
  ordered.forEach((place, index) => {
    for (const source of place.sources) placeSources.run(index, source);
  });
}

function inserter(database: Database.Database, hash: Hash, table: string, columns: number): (...row: Cell[]) => void {
  const statement = database.prepare(`INSERT INTO ${table} VALUES (${Array(columns).fill('?').join(', ')})`);
  return (...row) => {
    hash.update(JSON.stringify([table, ...row]));
    statement.run(row);
  };
}

/** By subject, then most populous first; the rest only makes the order, and so the hash, repeatable. */
function byNumber(a: DraftPlace, b: DraftPlace): number {
  const [left, right] = [a.facts, b.facts];
  return (
    compare(left.subjectCode, right.subjectCode) ||
    (right.population ?? -1) - (left.population ?? -1) ||
    compare(left.name, right.name) ||
    compare(identity(left), identity(right))
  );
}

function identity(facts: DraftPlace['facts']): string {
  return [facts.kladr, facts.cityCode, facts.fiasGuid, facts.subRegion, facts.postcodes[0], facts.latitude].join(' ');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
