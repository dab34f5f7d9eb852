import { kilometres } from '../../gazetteer/distance.ts';
import type { Gazetteer, Place, Subject } from '../../gazetteer/gazetteer.ts';
import { contradiction, type Namesake } from '../../gazetteer/namesakes.ts';
import { differsInCode } from '../../gazetteer/place-index.ts';
import { fold } from '../../toponym/fold.ts';
import { coreName } from '../local/core-name.ts';

/** A place as another source states it, before it is known whether a gazetteer has it too. */
export interface Stated extends Namesake {
  readonly name: string;
  readonly subject: Subject;
}

/** The gazetteer's own record of a stated place. */
export interface Twin {
  readonly place: Place;
  /** By what it is the same: a code of the registers, the name and all else, or the name and the position alone. */
  readonly by: 'code' | 'name' | 'position';
}

/** Two records of one name and subject no farther apart than this are of one place. */
const NEAR_KM = 5;

/**
 * The gazetteer's records of the same places: by FIAS GUID, else KLADR, else by a name that is near or that nobody else
 * in the subject has. A record is the twin of one place alone.
 */
export function findTwins<S extends Stated>(places: readonly S[], gazetteer: Gazetteer): ReadonlyMap<S, Twin> {
  const twins = new Map<S, Twin>();
  const taken = new Set<Place>();
  const free = (found: readonly Place[]) => found.find((place) => !taken.has(place));
  const take = (stated: S, place: Place | undefined, by: Twin['by']): void => {
    if (place === undefined || twins.has(stated)) return;
    twins.set(stated, { place, by });
    taken.add(place);
  };
  for (const stated of places) take(stated, free(ofSameCode(stated, gazetteer)), 'code');
  for (const stated of places) {
    if (twins.has(stated)) continue;
    const namesakes = namesakesOf(stated, gazetteer).filter((place) => !taken.has(place));
    const near = namesakes.filter((place) => (kilometres(place, stated) ?? Number.POSITIVE_INFINITY) <= NEAR_KM);
    const [nearest, ...others] = near;
    if (nearest !== undefined && others.length === 0) {
      take(stated, nearest, differsInCode(nearest, stated) === undefined ? 'name' : 'position');
    }
    const [only, ...rest] = namesakes;
    const unique = rest.length === 0 && places.filter((other) => isNamesake(other, stated)).length === 1;
    if (only !== undefined && unique && contradiction(only, stated) === undefined) take(stated, only, 'name');
  }
  return twins;
}

/** Those that share a code, the FIAS GUID before KLADR, and do not differ in the other. */
function ofSameCode(stated: Stated, gazetteer: Gazetteer): readonly Place[] {
  const { byGuid, byKladr } = codesOf(gazetteer.around([stated.subject]));
  const found = [byGuid.get(stated.fiasGuid ?? ''), byKladr.get(stated.kladr ?? '')];
  return found.filter((place): place is Place => place !== undefined && differsInCode(place, stated) === undefined);
}

function namesakesOf(stated: Stated, gazetteer: Gazetteer): readonly Place[] {
  const found = [...foldedNames(stated)].flatMap((folded) => gazetteer.named(folded));
  return [...new Set(found)].filter((place) => place.subject.code === stated.subject.code && isNamesake(place, stated));
}

/** Former names and aliases are left aside: they may be another place's own. */
function isNamesake(a: Pick<Stated, 'name' | 'subject'>, b: Stated): boolean {
  if (a.subject.code !== b.subject.code) return false;
  const names = foldedNames(b);
  return [...foldedNames(a)].some((name) => names.has(name));
}

function foldedNames({ name }: { readonly name: string }): ReadonlySet<string> {
  return new Set([fold(name), fold(coreName(name))]);
}

interface Codes {
  readonly byGuid: ReadonlyMap<string, Place>;
  readonly byKladr: ReadonlyMap<string, Place>;
}

const codes = new WeakMap<readonly Place[], Codes>();

/** The places of an array by code, made once for each array object. */
function codesOf(places: readonly Place[]): Codes {
  const known = codes.get(places);
  if (known !== undefined) return known;
  const byGuid = new Map<string, Place>();
  const byKladr = new Map<string, Place>();
  for (const place of places) {
    if (place.fiasGuid !== undefined) byGuid.set(place.fiasGuid, place);
    if (place.kladr !== undefined) byKladr.set(place.kladr, place);
  }
  const made = { byGuid, byKladr };
  codes.set(places, made);
  return made;
}
