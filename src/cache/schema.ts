/** The layout of the cache file: one SQLite database, shared by every run of its user. */

/** SQLite's `application_id`: "gorc" in ASCII. Tells a cache from every other database, a gazetteer included. */
export const APPLICATION_ID = 0x676f7263;

/**
 * What leads from each schema to the next: the first entry makes 1 of 0. SQLite's `user_version` counts them.
 *
 * Most questions about a city share one answer, so each distinct answer is stored once: the questions, which a look-up
 * has to search, stay a fifth as large, and a hit costs a quarter. AUTOINCREMENT because runs keep answers by id:
 * an id must never come to mean another answer.
 */
export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE answers (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     json TEXT NOT NULL UNIQUE,
     status TEXT NOT NULL,
     fias_guid TEXT,
     city_code TEXT
   ) STRICT;
   CREATE INDEX answers_fias_guid ON answers (fias_guid) WHERE fias_guid IS NOT NULL;
   CREATE INDEX answers_city_code ON answers (city_code) WHERE city_code IS NOT NULL;
   CREATE TABLE questions (
     key TEXT PRIMARY KEY,
     answer INTEGER NOT NULL REFERENCES answers (id),
     ok_up_to REAL,
     exceeded_from REAL,
     fetched_at INTEGER NOT NULL,
     earlier TEXT
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX questions_answer ON questions (answer);`,
  // What runs at one time share beside answers. \`owner\` names a process; times are those of machineClock, but for found_at.
  `CREATE TABLE paces (
     origin TEXT PRIMARY KEY,
     starts INTEGER NOT NULL,
     planned REAL NOT NULL,
     paused_until REAL NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE starts (
     origin TEXT NOT NULL,
     number INTEGER NOT NULL,
     at REAL NOT NULL,
     PRIMARY KEY (origin, number)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE askers (
     origin TEXT NOT NULL,
     owner TEXT NOT NULL,
     per_second REAL NOT NULL,
     expires REAL NOT NULL,
     PRIMARY KEY (origin, owner)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE leases (
     key TEXT PRIMARY KEY,
     owner TEXT NOT NULL,
     expires REAL NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE found_rates (
     origin TEXT PRIMARY KEY,
     per_second REAL NOT NULL,
     found_at INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;`,
  // What API v2 said of postcodes: a JSON array of cities, empty where it knows no such postcode.
  `CREATE TABLE postcodes (
     key TEXT PRIMARY KEY,
     cities TEXT NOT NULL,
     fetched_at INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;`,
  // What people have settled; no answer, and never pruned. `correction` is a JSON object, `address` canonical. The ids
  // are typed by people: one must never come to mean another override.
  `CREATE TABLE overrides (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     country TEXT NOT NULL,
     fias_only INTEGER NOT NULL,
     postcode TEXT NOT NULL,
     address TEXT NOT NULL,
     correction TEXT NOT NULL,
     taught_by TEXT NOT NULL,
     taught_at INTEGER NOT NULL,
     why TEXT NOT NULL,
     UNIQUE (country, fias_only, postcode, address)
   ) STRICT;`,
];

export const SCHEMA_VERSION = MIGRATIONS.length;
