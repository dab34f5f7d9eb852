import { openGazetteerDatabase, translated } from './open-database.ts';

/** What a small map of the country needs. Degrees; longitudes grow eastwards over the 180th meridian, up to 191. */
export interface Atlas {
  readonly subjects: readonly AtlasSubject[];
  /** Every place of the gazetteer, rounded to whole degrees, each such spot once: latitude, longitude. */
  readonly cells: readonly (readonly [number, number])[];
}

export interface AtlasSubject {
  /** Two digits. */
  readonly code: string;
  /** With its kind: `Амурская область`. */
  readonly name: string;
  /** The middle of its places. */
  readonly latitude: number;
  readonly longitude: number;
}

/** The places of which a position is known, with longitudes that grow eastwards. */
const POSITIONS = `WITH
  stated AS (SELECT subject, facts ->> 'latitude' AS latitude, facts ->> 'longitude' AS longitude FROM place_facts),
  positions AS (
    SELECT subject, latitude, CASE WHEN longitude < 0 THEN longitude + 360 ELSE longitude END AS longitude FROM stated
    WHERE latitude IS NOT NULL AND longitude IS NOT NULL
  )`;

/** Reads the atlas of a gazetteer file. Throws GorodError GAZETTEER_UNUSABLE. */
export function loadAtlas(file: string): Atlas {
  const database = openGazetteerDatabase(file, { anyFold: true });
  try {
    return translated(file, () => ({
      subjects: database
        .prepare(
          `${POSITIONS} SELECT s.code, s.full_name AS name, avg(latitude) AS latitude, avg(longitude) AS longitude
           FROM positions p JOIN subjects s ON s.code = p.subject GROUP BY s.code ORDER BY s.code`,
        )
        .all() as AtlasSubject[],
      cells: database
        .prepare(`${POSITIONS} SELECT DISTINCT round(latitude), round(longitude) FROM positions ORDER BY 1, 2`)
        .raw()
        .all() as [number, number][],
    }));
  } finally {
    database.close();
  }
}
