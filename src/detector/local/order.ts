import type { Place } from '../../gazetteer/gazetteer.ts';
import { fold } from '../../toponym/fold.ts';
import type { ReadAddress } from '../../toponym/read.ts';

/**
 * Which way an address goes around the tokens from `start` up to `end`: `narrowing` when region and country stand before
 * them or the street behind, `widening` the other way round, undefined when nothing or both say so.
 */
export function orderOf(read: ReadAddress, start: number, end: number): 'narrowing' | 'widening' | undefined {
  let narrowing = false;
  let widening = false;
  for (let at = 0; at < read.tokens.length; at += 1) {
    const role = read.tokens[at]?.word?.role;
    const wide = read.surroundings[at] === 'region' || role === 'country';
    const narrow = read.surroundings[at] === 'street' || role === 'house';
    if (!wide && !narrow) continue;
    if (at < start || (start === 0 && wide && at < end)) {
      if (wide) narrowing = true;
      else widening = true;
    } else if (at >= end) {
      if (wide) widening = true;
      else narrowing = true;
    }
  }
  if (narrowing === widening) return undefined;
  return narrowing ? 'narrowing' : 'widening';
}

/** The cities that are federal subjects themselves: everything else in the subject lies in them. */
export function isCitySubject(place: Place): boolean {
  const known = citySubjects.get(place);
  if (known !== undefined) return known;
  const isOne = CITY_SUBJECTS.has(fold(place.name));
  citySubjects.set(place, isOne);
  return isOne;
}

const citySubjects = new WeakMap<Place, boolean>();

const CITY_SUBJECTS: ReadonlySet<string> = new Set(['Москва', 'Санкт-Петербург', 'Севастополь'].map(fold));
