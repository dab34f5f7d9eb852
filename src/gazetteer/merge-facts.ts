import { kilometres } from './distance.ts';
import type { OtherName, PlaceFacts } from './draft.ts';
import { mayBeOneRaion } from './namesakes.ts';
import { plainName } from './plain-name.ts';

/** A fact on which two sources disagree. */
export interface Conflict {
  readonly fact: string;
  readonly kept: string;
  readonly offered: string;
}

/** Facts of which there is one, with the words a report names them by. Population and main postcode differ by date. */
const SINGLE_FACTS = {
  subjectCode: 'federal subject',
  settlementType: 'settlement type',
  aoLevel: 'FIAS level',
  cityUuid: 'CDEK uuid',
  regionCode: 'CDEK region code',
  regionFiasGuid: 'FIAS GUID of the region',
  timezone: 'time zone',
  paymentLimit: 'payment limit',
} as const satisfies Partial<Record<keyof PlaceFacts, string>>;

const SAME_POSITION_KM = 5;

/**
 * One place out of what two sources say of it: the earlier one's facts, completed by the later one's. Names and
 * postcodes of both are kept. Facts on which they disagree are listed.
 */
export function mergeFacts(
  earlier: PlaceFacts,
  later: PlaceFacts,
): { readonly facts: PlaceFacts; readonly conflicts: readonly Conflict[] } {
  const conflicts: Conflict[] = [];
  for (const [key, fact] of Object.entries(SINGLE_FACTS) as [keyof typeof SINGLE_FACTS, string][]) {
    const [kept, offered] = [earlier[key], later[key]];
    if (kept === undefined || offered === undefined || same(kept, offered)) continue;
    conflicts.push({ fact, kept: String(kept), offered: String(offered) });
  }
  if (!mayBeOneRaion(earlier.subRegion, later.subRegion)) {
    conflicts.push({ fact: 'raion', kept: String(earlier.subRegion), offered: String(later.subRegion) });
  }
  const apart = kilometres(earlier, later);
  if (apart !== undefined && apart > SAME_POSITION_KM) {
    conflicts.push({ fact: 'position', kept: position(earlier), offered: position(later) });
  }
  const renamed = plainName(earlier.name) !== plainName(later.name);
  if (renamed) conflicts.push({ fact: 'name', kept: earlier.name, offered: later.name });
  const otherNames = [...earlier.otherNames, ...(renamed ? [alias(later.name)] : []), ...later.otherNames];
  const postcodes = [...new Set([...earlier.postcodes, ...later.postcodes])];
  const facts = { ...later, ...withoutHalfPosition(earlier, later), ...earlier, otherNames, postcodes };
  return { facts, conflicts };
}

/** Latitude and longitude always come from one and the same source. */
function withoutHalfPosition(earlier: PlaceFacts, later: PlaceFacts): Partial<PlaceFacts> {
  const from = earlier.latitude === undefined ? later : earlier;
  return from.latitude === undefined || from.longitude === undefined
    ? {}
    : { latitude: from.latitude, longitude: from.longitude };
}

function same(a: string | number, b: string | number): boolean {
  return a === b || (typeof a === 'string' && typeof b === 'string' && plainName(a) === plainName(b));
}

function position({ latitude, longitude }: PlaceFacts): string {
  return `${latitude} ${longitude}`;
}

function alias(text: string): OtherName {
  return { text, kind: 'alias' };
}
