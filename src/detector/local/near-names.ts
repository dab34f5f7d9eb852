import { distance, letterMask, maskDifference } from '../../toponym/compare.ts';
import { allowedCost } from '../../toponym/thresholds.ts';
import type { NameEntry, PlaceIndex } from './place-index.ts';

/** A name that is spelled nearly as some words are. */
export interface NearName {
  readonly entry: NameEntry;
  readonly cost: number;
}

/** Words are remembered up to so many, over all indexes. */
const MOST_REMEMBERED = 50_000;

/**
 * Gives the names of an index that are spelled nearly as `folded` is: at no more than `ceiling`, within the cost that
 * their length allows.
 */
export type NearNames = (folded: string, index: PlaceIndex, ceiling?: number) => readonly NearName[];

/**
 * `nearNames` with a memory of what was asked without a ceiling: the same streets come in address after address, and
 * large indexes take long to look through.
 */
export function remembersNear(): NearNames {
  let remembered = new WeakMap<PlaceIndex, Map<string, readonly NearName[]>>();
  let words = 0;
  return (folded, index, ceiling) => {
    if (ceiling !== undefined) return nearNames(folded, index, ceiling);
    const known = remembered.get(index)?.get(folded);
    if (known !== undefined) return known;
    const near = nearNames(folded, index);
    if (words >= MOST_REMEMBERED) {
      remembered = new WeakMap();
      words = 0;
    }
    const ofIndex = remembered.get(index) ?? new Map<string, readonly NearName[]>();
    remembered.set(index, ofIndex.set(folded, near));
    words += 1;
    return near;
  };
}

/** Names of the same place differ by no more letters than so many. */
const LONGEST_GAP = 3;

/** The cheapest change costs 0.3 and alters two letters of a mask. */
const LETTERS_PER_COST = 6.7;

/** Looks them up anew; see `NearNames`. */
export function nearNames(folded: string, index: PlaceIndex, ceiling = Number.POSITIVE_INFINITY): readonly NearName[] {
  if (allowedCost(folded.length) === 0) return [];
  const near: NearName[] = [];
  const mask = letterMask(folded);
  for (let length = folded.length - LONGEST_GAP; length <= folded.length + LONGEST_GAP; length += 1) {
    const allowed = Math.min(ceiling, allowedCost(Math.min(length, folded.length)));
    for (const entry of index.byLength[length] ?? []) {
      if (maskDifference(mask, entry.mask) > allowed * LETTERS_PER_COST) continue;
      const cost = distance(folded, entry.folded, allowed);
      if (cost !== Number.POSITIVE_INFINITY && !differInPrefix(folded, entry.folded)) near.push({ entry, cost });
    }
  }
  return near;
}

/** Beginnings that tell neighbouring villages apart: Верхний, Нижний, Новый, Старый … */
const TELLING = ['nov', 'star', 'verh', 'nij', 'sred', 'bol', 'mal', 'sever', 'uj', 'vostoq', 'zapad', 'perv', 'vtor'];

function differInPrefix(one: string, other: string): boolean {
  const first = TELLING.find((prefix) => one.startsWith(prefix));
  const second = TELLING.find((prefix) => other.startsWith(prefix));
  return first !== undefined && second !== undefined && first !== second;
}
