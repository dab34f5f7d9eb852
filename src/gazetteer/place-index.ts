import { type DraftPlace, nameKey, type PlaceFacts } from './draft.ts';

/** Finds places of a draft by what identifies them. A code that is not stated finds nothing. */
export interface PlaceIndex {
  byFias(guid: string | undefined): readonly DraftPlace[];
  byKladr(kladr: string | undefined): readonly DraftPlace[];
  byCityCode(code: string | undefined): readonly DraftPlace[];
  /** By the key that `nameKey` gives. */
  byName(key: string): readonly DraftPlace[];
  /** Adds a place, or what has become known of one that is there. */
  add(place: DraftPlace): void;
}

/** An index over these places. */
export function createPlaceIndex(places: readonly DraftPlace[]): PlaceIndex {
  const fias = new Map<string, DraftPlace[]>();
  const kladr = new Map<string, DraftPlace[]>();
  const cityCode = new Map<string, DraftPlace[]>();
  const names = new Map<string, DraftPlace[]>();
  const index: PlaceIndex = {
    byFias: (guid) => fias.get(guid ?? '') ?? [],
    byKladr: (code) => kladr.get(code ?? '') ?? [],
    byCityCode: (code) => cityCode.get(code ?? '') ?? [],
    byName: (key) => names.get(key) ?? [],
    add(place) {
      enter(fias, place.facts.fiasGuid, place);
      enter(kladr, place.facts.kladr, place);
      enter(cityCode, place.facts.cityCode, place);
      enter(names, nameKey(place.facts), place);
    },
  };
  for (const place of places) index.add(place);
  return index;
}

/** The codes that tell places apart. */
export type IdentifyingCodes = Pick<PlaceFacts, 'fiasGuid' | 'kladr' | 'cityCode'>;

const CODES = [
  ['fiasGuid', 'FIAS GUID'],
  ['kladr', 'KLADR'],
  ['cityCode', 'CDEK code'],
] as const;

/** The first of the identifying codes that both state and in which they differ. */
export function differsInCode(a: IdentifyingCodes, b: IdentifyingCodes): string | undefined {
  return CODES.find(([key]) => a[key] !== undefined && b[key] !== undefined && a[key] !== b[key])?.[1];
}

function enter(map: Map<string, DraftPlace[]>, key: string | undefined, place: DraftPlace): void {
  if (key === undefined) return;
  const places = map.get(key);
  if (places === undefined) map.set(key, [place]);
  else if (!places.includes(place)) places.push(place);
}
