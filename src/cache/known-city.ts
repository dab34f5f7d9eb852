import type { Database } from 'better-sqlite3';
import type { CdekCity, Detection, FiasCity } from '../address/detection.ts';

/** A city of CDEK, with its place of the FIAS register where that is known. */
export interface KnownCity {
  readonly city: CdekCity;
  readonly place: FiasCity | undefined;
}

/**
 * Finds the city of a code among the answers of an open database, in its newest answer: first detect-city's, which are
 * whole, then API v2's. Undefined where none has it.
 */
export function selectCity(database: Database, code: string): KnownCity | undefined {
  const answer = database
    .prepare<[string], string>(
      `SELECT json FROM answers JOIN questions ON answer = answers.id
       WHERE city_code = ? ORDER BY fetched_at DESC LIMIT 1`,
    )
    .pluck()
    .get(code);
  if (answer !== undefined) {
    const { detected_cdek_city: city, detected_fias_city: place } = JSON.parse(answer) as Detection;
    // A place with another GUID makes the answer a doubtful one, not the city.
    if (city !== undefined) return { city, place: place?.guid === city.fiasGuid ? place : undefined };
  }
  const listed = database
    .prepare<[string], string>(
      `SELECT value FROM postcodes, json_each(iif(json_valid(cities), cities, '[]'))
       WHERE value ->> '$.cityCode' = ? ORDER BY fetched_at DESC LIMIT 1`,
    )
    .pluck()
    .get(code);
  return listed === undefined ? undefined : { city: JSON.parse(listed) as CdekCity, place: undefined };
}
