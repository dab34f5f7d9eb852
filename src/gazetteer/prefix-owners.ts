import type { DraftPlace } from './draft.ts';

/** So many listed postcodes must agree before a prefix of that length is said to belong to one place. */
const ENOUGH: Readonly<Record<number, number>> = { 3: 30, 4: 10, 5: 3 };

/**
 * Which place owns which prefix, by its position in `places`: the prefixes that a source states, and for postcodes
 * that no source lists, those whose listed postcodes all belong to one and the same place.
 */
export function prefixOwners(places: readonly DraftPlace[]): readonly (readonly [prefix: string, place: number])[] {
  const owners: [string, number][] = [];
  const stated = new Set<string>();
  places.forEach(({ facts }, index) => {
    for (const prefix of facts.prefixes ?? []) {
      stated.add(prefix);
      owners.push([prefix, index]);
    }
  });
  for (const [prefix, place] of agreedPrefixes(places)) if (!stated.has(prefix)) owners.push([prefix, place]);
  return owners;
}

interface Listed {
  /** The place, or null when several have a postcode of the prefix. */
  place: number | null;
  postcodes: number;
}

function* agreedPrefixes(places: readonly DraftPlace[]): Generator<[string, number]> {
  const listed = new Map<string, Listed>();
  places.forEach(({ facts }, index) => {
    for (const postcode of new Set(facts.postcodes)) {
      for (const length of [3, 4, 5]) {
        const prefix = postcode.slice(0, length);
        const seen = listed.get(prefix);
        if (seen === undefined) listed.set(prefix, { place: index, postcodes: 1 });
        else if (seen.place === index) seen.postcodes += 1;
        else seen.place = null;
      }
    }
  });
  for (const [prefix, { place, postcodes }] of listed) {
    if (place !== null && postcodes >= (ENOUGH[prefix.length] ?? Number.POSITIVE_INFINITY)) yield [prefix, place];
  }
}
