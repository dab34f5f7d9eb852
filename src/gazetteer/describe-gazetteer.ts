import { openGazetteerDatabase, translated } from './open-database.ts';
import { META } from './schema.ts';

/** What a gazetteer file holds. */
export interface GazetteerDescription {
  readonly version: string;
  readonly places: number;
  /** Places of which the fact is known, by the words a reader knows it by. */
  readonly known: Readonly<Record<string, number>>;
  readonly postcodes: number;
  readonly prefixes: number;
  readonly ownedPrefixes: number;
  readonly subjects: readonly { readonly code: string; readonly name: string; readonly places: number }[];
  readonly sources: readonly {
    readonly name: string;
    readonly date: string | null;
    readonly licence: string | null;
    readonly places: number;
  }[];
}

const FACTS = {
  'CDEK code': 'cityCode',
  'FIAS GUID': 'fiasGuid',
  KLADR: 'kladr',
  coordinates: 'latitude',
  'payment limit': 'paymentLimit',
} as const;

/** Reads what a gazetteer file holds. Throws GorodError GAZETTEER_UNUSABLE like `openGazetteer`. */
export function describeGazetteer(file: string): GazetteerDescription {
  const database = openGazetteerDatabase(file);
  const count = (sql: string) => Number(database.prepare(sql).pluck().get());
  try {
    return translated(file, () => ({
      version: String(database.prepare('SELECT value FROM meta WHERE key = ?').pluck().get(META.contentHash)),
      places: count('SELECT count(*) FROM places'),
      known: Object.fromEntries(
        Object.entries(FACTS).map(([name, fact]) => [
          name,
          count(`SELECT count(facts ->> '${fact}') FROM place_facts`),
        ]),
      ),
      postcodes: count('SELECT count(DISTINCT postcode) FROM postcodes'),
      prefixes: count('SELECT count(DISTINCT prefix) FROM prefixes'),
      ownedPrefixes: count('SELECT count(DISTINCT prefix) FROM prefix_owners'),
      subjects: database
        .prepare(
          `SELECT s.code, s.name, count(p.id) AS places FROM subjects s LEFT JOIN places p ON p.subject = s.code
           GROUP BY s.code ORDER BY s.code`,
        )
        .all() as GazetteerDescription['subjects'],
      sources: database
        .prepare(
          `SELECT s.name, s.date, s.licence, count(p.place) AS places FROM sources s
           LEFT JOIN place_sources p ON p.source = s.id GROUP BY s.id ORDER BY s.id`,
        )
        .all() as GazetteerDescription['sources'],
    }));
  } finally {
    database.close();
  }
}

/** The description as lines for a reader; `file` is named in the first. */
export function renderDescription(file: string, description: GazetteerDescription): string {
  const { version, places, known, postcodes, prefixes, ownedPrefixes, subjects, sources } = description;
  const facts = Object.entries(known).map(([fact, count]) => `${fact} of ${count}`);
  const lines = [
    `${file}: ${places} places, version ${version}`,
    `known: ${facts.join(', ')}`,
    `postcodes: ${postcodes} listed, ${prefixes} prefixes, ${ownedPrefixes} prefixes with an owner`,
    'sources:',
    ...sources.map(
      ({ name, date, licence, places: count }) =>
        `  ${[name, date, licence].filter((part) => part !== null).join(', ')}: ${count} places`,
    ),
    'subjects:',
    ...subjects.map(({ code, name, places: count }) => `  ${code} ${name}: ${count}`),
  ];
  return `${lines.join('\n')}\n`;
}
