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

const EASTWARDS = 'CASE WHEN longitude < 0 THEN longitude + 360 ELSE longitude END';

/** Reads the atlas of a gazetteer file. Throws GorodError GAZETTEER_UNUSABLE. */
export function loadAtlas(file: string): Atlas {
  const database = openGazetteerDatabase(file, { anyFold: true });
  try {
    return translated(file, () => ({
      subjects: database
        .prepare(
          `SELECT s.code, s.full_name AS name, avg(latitude) AS latitude, avg(${EASTWARDS}) AS longitude
           FROM places p JOIN subjects s ON s.code = p.subject
           WHERE latitude IS NOT NULL AND longitude IS NOT NULL GROUP BY s.code ORDER BY s.code`,
        )
        .all() as AtlasSubject[],
      cells: database
        .prepare(
          `SELECT DISTINCT round(latitude), round(${EASTWARDS}) FROM places
           WHERE latitude IS NOT NULL AND longitude IS NOT NULL ORDER BY 1, 2`,
        )
        .raw()
        .all() as [number, number][],
    }));
  } finally {
    database.close();
  }
}
