import type { Extent, SubjectFacts } from '../draft.ts';
import { plainName } from '../plain-name.ts';

/** Recognises a federal subject by what sources write for it. Each look-up gives its two-digit code or undefined. */
export interface SubjectFinder {
  /** One or two digits, as in KLADR and `regionCodeExt`. */
  byCode(code: string): string | undefined;
  /** CDEK's own region code. */
  byRegionCode(code: string): string | undefined;
  byGuid(guid: string): string | undefined;
  /** A name in short or in full, present or former: `Амурская`, `Амурская обл.`, `Читинская область`. */
  byName(name: string): string | undefined;
  /** All subjects that the longest known prefix of a postcode leads to; empty when none is known. */
  byPostcode(postcode: string): readonly string[];
  /** False when a position is known to lie far outside the subject. */
  mayHold(code: string, position: { readonly latitude?: number; readonly longitude?: number }): boolean;
}

/** What a finder goes by. */
interface Knowledge {
  readonly subjects: readonly SubjectFacts[];
  readonly prefixes: ReadonlyMap<string, readonly string[]>;
  readonly extents: ReadonlyMap<string, Extent>;
}

/** Words that say what kind of subject it is; without them `Республика Коми` and `Коми` meet. */
const KIND = /^(?:республика|респ|область|обл|край|автономный|автономная|авт|округ|ао|аобл|город|г)$/u;

/** Added to each side of an extent, in degrees: its places do not stand at the very border. */
const EXTENT_MARGIN = 1;

/** A finder over the subjects and prefixes of a gazetteer; `extents` by subject code. */
export function createSubjectFinder({ subjects, prefixes, extents }: Knowledge): SubjectFinder {
  const codes = new Set(subjects.map(({ code }) => code));
  const regionCodes = new Map(subjects.flatMap(({ code, regionCode }) => (regionCode ? [[regionCode, code]] : [])));
  const guids = new Map(subjects.map(({ code, fiasGuid }) => [fiasGuid, code]));
  const names = new Map<string, string>();
  for (const { code, name, fullName, otherNames } of subjects) {
    for (const written of [name, fullName, ...otherNames]) names.set(withoutKind(written), code);
  }
  return {
    byCode(code) {
      const padded = code.padStart(2, '0');
      return codes.has(padded) ? padded : undefined;
    },
    byRegionCode: (code) => regionCodes.get(code),
    byGuid: (guid) => guids.get(guid),
    byName: (name) => names.get(withoutKind(name)),
    mayHold(code, { latitude, longitude }) {
      const extent = extents.get(code);
      if (extent === undefined || latitude === undefined || longitude === undefined) return true;
      const { south, north, west, east } = extent;
      const within = (value: number, least: number, most: number) =>
        value >= least - EXTENT_MARGIN && value <= most + EXTENT_MARGIN;
      return within(latitude, south, north) && within(longitude, west, east);
    },
    byPostcode(postcode) {
      for (const length of [6, 5, 4, 3]) {
        const found = prefixes.get(postcode.slice(0, length));
        if (found !== undefined) return found;
      }
      return [];
    },
  };
}

function withoutKind(name: string): string {
  const words = plainName(name).split(' ');
  return words.filter((word) => !KIND.test(word)).join(' ');
}
