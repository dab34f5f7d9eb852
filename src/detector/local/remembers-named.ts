import type { Gazetteer, Place } from '../../gazetteer/gazetteer.ts';

const NAMES_IN_MEMORY = 20_000;

/** A gazetteer that keeps what it found under names: the same words come again in address after address. */
export function remembersNamed(gazetteer: Gazetteer): Gazetteer {
  const remembered = new Map<string, readonly Place[]>();
  return {
    ...gazetteer,
    named(folded) {
      const known = remembered.get(folded);
      if (known !== undefined) return known;
      const places = gazetteer.named(folded);
      if (remembered.size >= NAMES_IN_MEMORY) remembered.clear();
      remembered.set(folded, places);
      return places;
    },
  };
}
