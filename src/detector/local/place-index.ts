import type { Place } from '../../gazetteer/gazetteer.ts';
import { letterMask } from '../../toponym/compare.ts';
import { fold, foldWord } from '../../toponym/fold.ts';
import { NAME_WEIGHTS } from '../../toponym/thresholds.ts';
import { coreName } from './core-name.ts';

/** One folded form under which a place may be written. */
export interface NameEntry {
  readonly place: Place;
  readonly folded: string;
  /** What an exact match of it counts, 0 to 1. */
  readonly weight: number;
  readonly mask: number;
}

/** The names of some places by folded form. */
export interface PlaceIndex {
  exact(folded: string): readonly NameEntry[] | undefined;
  /** The letter masks of these names: words with other letters need not be looked up. */
  readonly letters: ReadonlySet<number>;
  /** The names by the number of letters of their folded form. */
  readonly byLength: readonly (readonly NameEntry[] | undefined)[];
  /** Names of several words, the first cut to one to four letters. */
  shortened(folded: string): readonly NameEntry[] | undefined;
}

/** A single letter stands for too much else. */
const SHORTEST_NAME = 2;

const indexes = new WeakMap<readonly Place[], PlaceIndex>();

/** The index over an array of places, made once for each array object and kept as long as that lives. */
export function placeIndex(places: readonly Place[]): PlaceIndex {
  const known = indexes.get(places);
  if (known !== undefined) return known;
  const made = createPlaceIndex(places);
  indexes.set(places, made);
  return made;
}

function createPlaceIndex(places: readonly Place[]): PlaceIndex {
  const byLength: NameEntry[][] = [];
  const exact = new Map<string, NameEntry[]>();
  const letters = new Set<number>();
  for (const place of places) {
    for (const { folded, kind } of place.names) add(place, folded, NAME_WEIGHTS[kind]);
    const core = coreName(place.name);
    if (core !== place.name) add(place, fold(core), NAME_WEIGHTS.core);
  }
  let shortened: Map<string, NameEntry[]> | undefined;
  return {
    exact: (folded) => exact.get(folded),
    letters,
    byLength,
    shortened(folded) {
      shortened ??= shortenedNames(places);
      return shortened.get(folded);
    },
  };

  function add(place: Place, folded: string, weight: number): void {
    if (folded.length < SHORTEST_NAME) return;
    const same = exact.get(folded);
    if (same?.some((entry) => entry.place === place)) return;
    const entry = { place, folded, weight, mask: letterMask(folded) };
    letters.add(entry.mask);
    const alike = byLength[folded.length];
    if (alike === undefined) byLength[folded.length] = [entry];
    else alike.push(entry);
    if (same === undefined) exact.set(folded, [entry]);
    else same.push(entry);
  }
}

const LONGEST_SHORTENING = 4;

function shortenedNames(places: readonly Place[]): Map<string, NameEntry[]> {
  const names = new Map<string, NameEntry[]>();
  for (const place of places) {
    const words = coreName(place.name).split(/[\s-]+/);
    if (words.length < 2) continue;
    const first = foldWord(words[0] ?? '');
    const rest = words.slice(1).map(foldWord).join('');
    if (rest.length < 3) continue;
    for (let length = 1; length <= LONGEST_SHORTENING && length < first.length; length += 1) {
      const folded = first.slice(0, length) + rest;
      const entry = { place, folded, weight: NAME_WEIGHTS.shortened, mask: letterMask(folded) };
      names.set(folded, [...(names.get(folded) ?? []), entry]);
    }
  }
  return names;
}
