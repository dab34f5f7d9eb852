import { createHash } from 'node:crypto';
import { builtinGazetteerFile } from '../../src/gazetteer/builtin-file.ts';
import type { Place } from '../../src/gazetteer/gazetteer.ts';
import { emptyDraft } from '../../src/gazetteer/load-draft.ts';
import { openGazetteer } from '../../src/gazetteer/sqlite-gazetteer.ts';
import { type Chance, createDraw } from './random.ts';

/** A city as the scripted API knows it. */
export interface City {
  readonly name: string;
  /** Region in full, as addresses name it. */
  readonly region: string;
  readonly regionCode: string;
  /** Settlement type: г, п, с, д. */
  readonly type: string;
  readonly cityCode: string;
  readonly guid: string;
  /** Roubles; -1 no limit, 0 none collected. */
  readonly paymentLimit: number;
}

/** A postcode with its cities; the first has most of the parcels. */
export interface Postcode {
  readonly postcode: string;
  readonly cities: readonly City[];
}

export interface WorldSize {
  readonly postcodes: number;
  /** Share of the postcodes that have several cities, 0 to 1. */
  readonly several: number;
}

/** Of the postcodes with several cities, the share in which two have one and the same name. */
const NAMESAKES = 0.05;
const MOST_CITIES = 5;

/**
 * Postcodes of real Russian towns, most of them of the larger ones; limits are made up, and codes and GUIDs where the
 * built-in gazetteer has none. A town has as many postcodes as chance gives it.
 */
export function createWorld({ postcodes, several }: WorldSize, chance: Chance): readonly Postcode[] {
  const places = realPlaces();
  const draw = createDraw(
    places.map(({ population = 0 }) => population ** 0.7),
    chance,
  );
  const bySubject = new Map<string, Place[]>();
  for (const place of places) {
    const { code } = place.subject;
    bySubject.set(code, [...(bySubject.get(code) ?? []), place]);
  }
  const prefixes = prefixesBySubject();
  const taken = new Set<string>();
  return Array.from({ length: postcodes }, () => {
    const main = places[draw()] as Place;
    const around = bySubject.get(main.subject.code) ?? [];
    const cities = [toCity(main, 0)];
    if (chance.happens(several)) cities.push(...neighbours(main, around, chance));
    const prefix = main.postcode?.slice(0, 3) ?? prefixes.get(main.subject.code) ?? '101';
    return { postcode: newPostcode(prefix, taken, chance), cities };
  });
}

function neighbours(main: Place, around: readonly Place[], chance: Chance): readonly City[] {
  if (chance.happens(NAMESAKES)) return [toCity(main, 1)];
  const others = around.filter(({ name }) => name !== main.name);
  const count = Math.min(1 + chance.below(MOST_CITIES - 1), others.length);
  const picked = new Map<string, Place>();
  while (picked.size < count) {
    const place = chance.pick(others);
    picked.set(place.name, place);
    if (picked.size === new Set(others.map(({ name }) => name)).size) break;
  }
  return [...picked.values()].map((place) => toCity(place, 0));
}

function toCity(place: Place, copy: number): City {
  const digest = createHash('sha256').update(`${place.name} ${place.subject.code} ${place.id} ${copy}`).digest('hex');
  const [a, b] = [digest.slice(0, 8), digest.slice(8, 20)];
  return {
    name: place.name,
    region: place.subject.fullName ?? place.subject.name,
    regionCode: place.subject.code,
    type: place.settlementType ?? (Number.parseInt(digest.slice(20, 21), 16) < 8 ? 'г' : 'п'),
    cityCode: (copy === 0 ? place.cityCode : undefined) ?? String(1000 + Number.parseInt(digest.slice(24, 32), 16)),
    guid: (copy === 0 ? place.fiasGuid : undefined) ?? `${a}-0000-4000-8000-${b}`,
    paymentLimit: LIMITS[Number.parseInt(digest.slice(32, 36), 16) % LIMITS.length] ?? -1,
  };
}

const LIMITS = [-1, -1, -1, -1, -1, -1, 0, 5000, 50_000, 100_000];

function newPostcode(prefix: string, taken: Set<string>, chance: Chance): string {
  for (let tries = 0; ; tries += 1) {
    // A prefix that is used up gives way to its neighbour.
    const head = Number(prefix) + Math.floor(tries / 2000);
    const postcode = `${head}${String(chance.below(1000)).padStart(3, '0')}`;
    if (taken.has(postcode)) continue;
    taken.add(postcode);
    return postcode;
  }
}

function realPlaces(): readonly Place[] {
  const gazetteer = openGazetteer(builtinGazetteerFile());
  try {
    const subjects = gazetteer.subjects();
    return subjects
      .flatMap((subject) => gazetteer.around([subject]))
      .filter(({ population }) => population !== undefined);
  } finally {
    gazetteer.close();
  }
}

function prefixesBySubject(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [prefix, subjects] of emptyDraft().prefixes) {
    const [only, ...others] = subjects;
    if (prefix.length === 3 && only !== undefined && others.length === 0 && !found.has(only)) found.set(only, prefix);
  }
  return found;
}
