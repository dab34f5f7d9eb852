import type { Place } from './gazetteer.ts';
import { openGazetteerDatabase, translated } from './open-database.ts';
import { createPlaceStore } from './place-store.ts';

/** The places of a gazetteer by CDEK's city codes. */
export interface CityCodes {
  /** The place with a code, the most populous where there are several; undefined where the gazetteer has none. */
  find(code: string): Place | undefined;
  close(): void;
}

/** Opens a gazetteer file to look codes up. Throws GorodError GAZETTEER_UNUSABLE, here or at a look-up. */
export function openCityCodes(file: string): CityCodes {
  const database = openGazetteerDatabase(file, { anyFold: true });
  return translated(file, () => {
    const store = createPlaceStore(database);
    const ids = database.prepare<[string], number>('SELECT place FROM city_codes WHERE city_code = ?').pluck();
    return {
      find: (code) => translated(file, () => store.byIds(ids.all(code))[0]),
      close: () => {
        database.close();
      },
    };
  });
}
