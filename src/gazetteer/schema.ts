/** The layout of a gazetteer file: one SQLite database, written once and only read afterwards. */

/** SQLite's `application_id`: "gord" in ASCII. Tells a gazetteer from every other database. */
export const APPLICATION_ID = 0x676f7264;

/** SQLite's `user_version`. Grows whenever the tables below change. */
export const SCHEMA_VERSION = 2;

/** Keys of the table `meta`. */
export const META = { foldVersion: 'fold_version', contentHash: 'content_hash' } as const;

/**
 * Places are numbered subject by subject, most populous first. `prefixes` leads three to six digits of a postcode to
 * federal subjects, `prefix_owners` to the place that (nearly) all postcodes of that prefix belong to.
 * `subject_places` says once more what is said of the places of a subject, as the JSON that `placesAsJson` makes: a short
 * file of many subjects needs most places, and to put them together from rows takes it longer than all else about them.
 */
export const SCHEMA = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sources (id INTEGER PRIMARY KEY, name TEXT NOT NULL, date TEXT, licence TEXT);
CREATE TABLE subjects (
  code TEXT PRIMARY KEY, name TEXT NOT NULL, full_name TEXT NOT NULL, geonames TEXT, fias_guid TEXT, region_code TEXT,
  other_names TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE places (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, subject TEXT NOT NULL REFERENCES subjects, sub_region TEXT,
  settlement_type TEXT, ao_level TEXT, fias_guid TEXT, kladr TEXT, city_code TEXT, city_uuid TEXT, region_code TEXT,
  region TEXT, region_fias_guid TEXT, latitude REAL, longitude REAL, timezone TEXT, payment_limit INTEGER,
  population INTEGER, postcode TEXT
);
CREATE TABLE place_names (
  place INTEGER NOT NULL, position INTEGER NOT NULL, text TEXT NOT NULL, folded TEXT NOT NULL, kind TEXT NOT NULL,
  PRIMARY KEY (place, position)
) WITHOUT ROWID;
CREATE TABLE place_sources (
  place INTEGER NOT NULL, source INTEGER NOT NULL, PRIMARY KEY (place, source)
) WITHOUT ROWID;
CREATE TABLE subject_places (subject TEXT PRIMARY KEY REFERENCES subjects, places TEXT NOT NULL);
CREATE TABLE postcodes (
  postcode TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (postcode, place)
) WITHOUT ROWID;
CREATE TABLE prefixes (
  prefix TEXT NOT NULL, position INTEGER NOT NULL, subject TEXT NOT NULL, PRIMARY KEY (prefix, position)
) WITHOUT ROWID;
CREATE TABLE prefix_owners (
  prefix TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (prefix, place)
) WITHOUT ROWID;
CREATE INDEX places_by_subject ON places (subject);
CREATE INDEX names_by_fold ON place_names (folded);
`;
