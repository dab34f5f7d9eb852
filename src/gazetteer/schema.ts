/** The layout of a gazetteer file: one SQLite database, written once and only read afterwards. */

/** SQLite's `application_id`: "gord" in ASCII. Tells a gazetteer from every other database. */
export const APPLICATION_ID = 0x676f7264;

/** SQLite's `user_version`. Grows whenever the tables below change. */
export const SCHEMA_VERSION = 3;

/** Keys of the table `meta`. */
export const META = { foldVersion: 'fold_version', contentHash: 'content_hash' } as const;

/**
 * Places are numbered subject by subject, most populous first. All that is known of the places of a subject lies in one
 * text of `subject_places`, as stored-place.ts writes it: a short file of many subjects needs most places, and to put them
 * together from rows takes longer than all else about them. The other tables lead to the numbers of places: `place_names`
 * from folded names, `postcodes`, `city_codes` (CDEK's), `prefix_owners` from prefixes that (nearly) belong to one place.
 * `prefixes` leads three to six digits of a postcode to federal subjects. The view `place_facts` is for what looks at every
 * place once and may take its time.
 */
export const SCHEMA = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sources (id INTEGER PRIMARY KEY, name TEXT NOT NULL, date TEXT, licence TEXT);
CREATE TABLE subjects (
  code TEXT PRIMARY KEY, name TEXT NOT NULL, full_name TEXT NOT NULL, geonames TEXT, fias_guid TEXT, region_code TEXT,
  other_names TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE subject_places (subject TEXT PRIMARY KEY REFERENCES subjects, places TEXT NOT NULL);
CREATE TABLE places (id INTEGER PRIMARY KEY, subject TEXT NOT NULL REFERENCES subject_places);
CREATE VIEW place_facts (subject, facts) AS
  SELECT subject, one.value FROM subject_places, json_each(subject_places.places) AS one;
CREATE TABLE place_names (folded TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (folded, place)) WITHOUT ROWID;
CREATE TABLE place_sources (
  place INTEGER NOT NULL, source INTEGER NOT NULL, PRIMARY KEY (place, source)
) WITHOUT ROWID;
CREATE TABLE postcodes (
  postcode TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (postcode, place)
) WITHOUT ROWID;
CREATE TABLE city_codes (
  city_code TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (city_code, place)
) WITHOUT ROWID;
CREATE TABLE prefixes (
  prefix TEXT NOT NULL, position INTEGER NOT NULL, subject TEXT NOT NULL, PRIMARY KEY (prefix, position)
) WITHOUT ROWID;
CREATE TABLE prefix_owners (
  prefix TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (prefix, place)
) WITHOUT ROWID;
`;
