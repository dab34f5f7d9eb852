import { fold } from '../toponym/fold.ts';
import type { PlaceName } from './gazetteer.ts';
import { otherForms, plainName } from './plain-name.ts';

/** A name beside the official one. */
export interface OtherName {
  readonly text: string;
  readonly kind: 'alias' | 'former';
}

/** What one source says of one place. A fact that it does not state is absent. */
export interface PlaceFacts {
  /** The official name, in Cyrillic where known. */
  readonly name: string;
  /** Two digits of a known federal subject. */
  readonly subjectCode: string;
  readonly otherNames: readonly OtherName[];
  /** Six digits each. */
  readonly postcodes: readonly string[];
  readonly subRegion?: string;
  readonly settlementType?: string;
  readonly aoLevel?: string;
  readonly fiasGuid?: string;
  readonly kladr?: string;
  readonly cityCode?: string;
  readonly cityUuid?: string;
  readonly regionCode?: string;
  readonly region?: string;
  readonly regionFiasGuid?: string;
  readonly latitude?: number;
  readonly longitude?: number;
  readonly timezone?: string;
  readonly paymentLimit?: number;
  readonly population?: number;
  /** The main postcode; where absent, the first of `postcodes`. */
  readonly postcode?: string;
  /** Prefixes of three to six digits that (nearly) belong to this place alone. */
  readonly prefixes?: readonly string[];
}

/** A place under construction: facts of one or several sources. */
export interface DraftPlace {
  facts: PlaceFacts;
  /** Positions in `Draft.sources`. */
  readonly sources: Set<number>;
}

/** Where facts come from. */
export interface Source {
  readonly name: string;
  /** ISO date of the data, where known. */
  readonly date?: string;
  readonly licence?: string;
}

/** A federal subject with all that imports need to recognise it. */
export interface SubjectFacts {
  readonly code: string;
  readonly name: string;
  readonly fullName: string;
  /** GeoNames admin1: `RU.05`. */
  readonly geonames: string;
  readonly fiasGuid: string;
  /** CDEK's own region code. */
  readonly regionCode?: string;
  readonly otherNames: readonly string[];
}

/** The box around a subject's places, in degrees. */
export interface Extent {
  readonly south: number;
  readonly north: number;
  readonly west: number;
  readonly east: number;
}

/** A gazetteer in memory, before it is written. */
export interface Draft {
  readonly subjects: readonly SubjectFacts[];
  /** Prefix of three to six digits → codes of subjects, the likeliest first. */
  readonly prefixes: ReadonlyMap<string, readonly string[]>;
  readonly places: DraftPlace[];
  readonly sources: Source[];
}

/** Every name of a place, folded, the official one first, no two with the same fold. */
export function placeNames(facts: Pick<PlaceFacts, 'name' | 'otherNames'>): readonly PlaceName[] {
  const names: PlaceName[] = [{ text: facts.name, folded: fold(facts.name), kind: 'official' }];
  const plain = otherForms(facts.name).map((text) => ({ text, kind: 'alias' as const }));
  for (const { text, kind } of [...plain, ...facts.otherNames]) {
    const folded = fold(text);
    if (folded !== '' && !names.some((name) => name.folded === folded)) names.push({ text, folded, kind });
  }
  return names;
}

/** The key under which places of one name in one subject meet. */
export function nameKey(facts: Pick<PlaceFacts, 'name' | 'subjectCode'>): string {
  return `${facts.subjectCode} ${plainName(facts.name)}`;
}
