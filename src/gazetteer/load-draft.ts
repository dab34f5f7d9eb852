import { existsSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { builtinGazetteerFile } from './builtin-file.ts';
import type { Draft, DraftPlace, Extent, PlaceFacts, Source, SubjectFacts } from './draft.ts';
import { createSubjectFinder, type SubjectFinder } from './import/subject-finder.ts';
import { known } from './known.ts';
import { openGazetteerDatabase, translated } from './open-database.ts';
import { readStoredPlaces } from './stored-place.ts';
import type { SubjectRow } from './subject-rows.ts';

/**
 * The draft that an import into `file` begins with: what the file holds already, or nothing, with the subjects and
 * prefixes of the built-in gazetteer. Throws GorodError GAZETTEER_UNUSABLE when either file cannot be read.
 */
export function loadDraft(file: string): Draft {
  const empty = emptyDraft();
  return existsSync(file) ? { ...empty, ...readFrom(file, readPlaces) } : empty;
}

/** A draft without places. */
export function emptyDraft(): Draft {
  return { ...readFrom(builtinGazetteerFile(), readKnowledge), places: [], sources: [] };
}

/** The sources that a gazetteer file names. Throws GorodError GAZETTEER_UNUSABLE when it cannot be read. */
export function loadSources(file: string): readonly Source[] {
  return readFrom(file, readSources);
}

/** Recognises federal subjects by what sources write for them; any position may lie in any. */
export function loadSubjectFinder(): SubjectFinder {
  return createSubjectFinder({ ...readFrom(builtinGazetteerFile(), readKnowledge), extents: new Map() });
}

/** The box around every subject's places in the built-in gazetteer, by subject code. */
export function loadExtents(): ReadonlyMap<string, Extent> {
  const boxes = `SELECT subject, min(facts ->> 'latitude') AS south, max(facts ->> 'latitude') AS north,
    min(facts ->> 'longitude') AS west, max(facts ->> 'longitude') AS east
    FROM place_facts WHERE facts ->> 'latitude' IS NOT NULL GROUP BY subject`;
  return readFrom(builtinGazetteerFile(), (database) => {
    const rows = database.prepare(boxes).all() as (Extent & { readonly subject: string })[];
    return new Map(rows.map((row) => [row.subject, row]));
  });
}

/** The places of the built-in gazetteer that own prefixes, to recognise them in another one. */
export function loadPrefixOwners(): readonly PlaceFacts[] {
  return readFrom(builtinGazetteerFile(), (database) => {
    const prefixesOf = grouped<string>(database.prepare('SELECT place, prefix FROM prefix_owners'));
    return readFacts(database, new Map()).flatMap(([id, facts]) => {
      const prefixes = prefixesOf.get(id);
      return prefixes === undefined ? [] : [{ ...facts, prefixes }];
    });
  });
}

function readFrom<T>(file: string, read: (database: Database) => T): T {
  // Names are folded anew when the draft is written.
  const database = openGazetteerDatabase(file, { anyFold: true });
  try {
    return translated(file, () => read(database));
  } finally {
    database.close();
  }
}

function readKnowledge(database: Database): Pick<Draft, 'subjects' | 'prefixes'> {
  const subjects = (database.prepare('SELECT * FROM subjects ORDER BY code').all() as SubjectRow[]).map(toSubjectFacts);
  const prefixes = new Map<string, string[]>();
  const rows = database.prepare('SELECT prefix, subject FROM prefixes ORDER BY prefix, position').raw().all();
  for (const [prefix, subject] of rows as [string, string][]) {
    prefixes.set(prefix, [...(prefixes.get(prefix) ?? []), subject]);
  }
  return { subjects, prefixes };
}

function toSubjectFacts(row: SubjectRow): SubjectFacts {
  return {
    code: row.code,
    name: row.name,
    fullName: row.full_name,
    geonames: row.geonames ?? '',
    fiasGuid: row.fias_guid ?? '',
    ...(row.region_code === null ? {} : { regionCode: row.region_code }),
    otherNames: row.other_names.split('|').filter(Boolean),
  };
}

interface SourceRow {
  readonly name: string;
  readonly date: string | null;
  readonly licence: string | null;
}

function readSources(database: Database): readonly Source[] {
  const rows = database.prepare('SELECT name, date, licence FROM sources ORDER BY id').all() as SourceRow[];
  return rows.map(({ name, date, licence }) => ({ name, ...known({ date, licence }) }));
}

function readPlaces(database: Database): Pick<Draft, 'places' | 'sources'> {
  const sources = [...readSources(database)];
  const postcodes = grouped<string>(database.prepare('SELECT place, postcode FROM postcodes'));
  const sourcesOf = grouped<number>(database.prepare('SELECT place, source FROM place_sources'));
  const places = readFacts(database, postcodes).map(
    ([id, facts]): DraftPlace => ({ facts, sources: new Set(sourcesOf.get(id)) }),
  );
  return { places, sources };
}

/** What a file says of each of its places, by the place's number, in the order of these. */
function readFacts(
  database: Database,
  postcodes: ReadonlyMap<number, readonly string[]>,
): readonly (readonly [id: number, facts: PlaceFacts])[] {
  const rows = database.prepare('SELECT subject, places FROM subject_places ORDER BY subject').raw().all();
  return (rows as [string, string][]).flatMap(([subjectCode, places]) =>
    readStoredPlaces(database.name, subjectCode, places).map(({ id, names, ...stated }) => {
      const otherNames = names.flatMap(({ text, kind }) => (kind === 'official' ? [] : [{ text, kind }]));
      return [id, { ...stated, subjectCode, otherNames, postcodes: postcodes.get(id) ?? [] }] as const;
    }),
  );
}

/** The second column of a statement's rows by the first, a place's number. */
function grouped<T>(statement: ReturnType<Database['prepare']>): ReadonlyMap<number, readonly T[]> {
  const groups = new Map<number, T[]>();
  for (const [place, value] of statement.raw().all() as [number, T][]) {
    const group = groups.get(place);
    if (group === undefined) groups.set(place, [value]);
    else group.push(value);
  }
  return groups;
}
