import type { Draft, PlaceFacts } from '../../src/gazetteer/draft.ts';
import { writeGazetteer } from '../../src/gazetteer/write-gazetteer.ts';

/** Facts of a place of the Amur region with nothing stated but what is given. */
export function place(facts: Partial<PlaceFacts> & { readonly name: string }): PlaceFacts {
  return { subjectCode: '28', otherNames: [], postcodes: [], ...facts };
}

/** A draft of three subjects and a few prefixes that holds these places. */
export function draftOf(places: readonly PlaceFacts[] = []): Draft {
  return {
    subjects: [
      {
        code: '28',
        name: 'Амурская',
        fullName: 'Амурская область',
        geonames: 'RU.05',
        fiasGuid: '844a80d6-5e31-4017-b422-4d9c01e9942c',
        regionCode: '56',
        otherNames: [],
      },
      {
        code: '75',
        name: 'Забайкальский',
        fullName: 'Забайкальский край',
        geonames: 'RU.93',
        fiasGuid: 'b6ba5716-eb48-401b-8443-b197c9578734',
        otherNames: ['Читинская область'],
      },
      { code: '77', name: 'Москва', fullName: 'Москва', geonames: 'RU.48', fiasGuid: '', otherNames: [] },
    ],
    prefixes: new Map([
      ['676', ['28']],
      ['6769', ['75', '28']],
      ['101', ['77']],
    ]),
    places: places.map((facts) => ({ facts, sources: new Set([0]) })),
    sources: [{ name: 'test', date: '2026-01-02', licence: 'none' }],
  };
}

/** Writes a gazetteer of these places. */
export function writeSmallGazetteer(file: string, places: readonly PlaceFacts[]): void {
  writeGazetteer(file, draftOf(places));
}
