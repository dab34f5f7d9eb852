import { existsSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { builtinGazetteerFile } from './builtin-file.ts';
import type { Draft, DraftPlace, Extent, OtherName, PlaceFacts, Source, SubjectFacts } from './draft.ts';
import { createSubjectFinder, type SubjectFinder } from './import/subject-finder.ts';
import { openGazetteerDatabase, translated } from './open-database.ts';
import { known, type PlaceRow, type SubjectRow } from './place-rows.ts';

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
  const boxes = `SELECT subject, min(latitude) AS south, max(latitude) AS north, min(longitude) AS west,
    max(longitude) AS east FROM places WHERE latitude IS NOT NULL GROUP BY subject`;
  return readFrom(builtinGazetteerFile(), (database) => {
    const rows = database.prepare(boxes).all() as (Extent & { readonly subject: string })[];
    return new Map(rows.map((row) => [row.subject, row]));
  });
}

/** The places of the built-in gazetteer that own prefixes, to recognise them in another one. */
export function loadPrefixOwners(): readonly PlaceFacts[] {
  const owners = 'SELECT * FROM places WHERE id IN (SELECT place FROM prefix_owners)';
  return readFrom(builtinGazetteerFile(), (database) => {
    const prefixesOf = database.prepare('SELECT prefix FROM prefix_owners WHERE place = ?').pluck();
    return (database.prepare(owners).all() as PlaceRow[]).map((row) => ({
      ...toFacts(row, [], []),
      prefixes: prefixesOf.all(row.id) as string[],
    }));
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
  const names = grouped<OtherName>(
    database.prepare("SELECT place, json_object('text', text, 'kind', kind) FROM place_names WHERE kind <> 'official'"),
    (text) => JSON.parse(text) as OtherName,
  );
  const postcodes = grouped<string>(database.prepare('SELECT place, postcode FROM postcodes'), (text) => text);
  const sourcesOf = grouped<number>(database.prepare('SELECT place, source FROM place_sources'), Number);
  const rows = database.prepare('SELECT * FROM places ORDER BY id').all() as PlaceRow[];
  const places = rows.map(
    (row): DraftPlace => ({
      facts: toFacts(row, names.get(row.id) ?? [], postcodes.get(row.id) ?? []),
      sources: new Set(sourcesOf.get(row.id)),
    }),
  );
  return { places, sources };
}

function grouped<T>(
  statement: ReturnType<Database['prepare']>,
  read: (text: string) => T,
): ReadonlyMap<number, readonly T[]> {
  const groups = new Map<number, T[]>();
  for (const [place, text] of statement.raw().all() as [number, string][]) {
    const group = groups.get(place);
    if (group === undefined) groups.set(place, [read(text)]);
    else group.push(read(text));
  }
  return groups;
}

function toFacts(row: PlaceRow, otherNames: readonly OtherName[], postcodes: readonly string[]): PlaceFacts {
  return {
    name: row.name,
    subjectCode: row.subject,
    otherNames,
    postcodes,
    ...known({
      subRegion: row.sub_region,
      settlementType: row.settlement_type,
      aoLevel: row.ao_level,
      fiasGuid: row.fias_guid,
      kladr: row.kladr,
      cityCode: row.city_code,
      cityUuid: row.city_uuid,
      regionCode: row.region_code,
      region: row.region,
      regionFiasGuid: row.region_fias_guid,
      latitude: row.latitude,
      longitude: row.longitude,
      timezone: row.timezone,
      paymentLimit: row.payment_limit,
      population: row.population,
      postcode: row.postcode,
    }),
  };
}
