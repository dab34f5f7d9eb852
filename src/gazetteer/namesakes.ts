import { kilometres } from './distance.ts';
import type { PlaceFacts } from './draft.ts';
import { differsInCode, type IdentifyingCodes } from './place-index.ts';
import { plainName } from './plain-name.ts';

/** Two places of one name that both say where they are, this far apart, are two, however unique their name. */
const FAR_KM = 50;

/** What is heard of a place to tell it from another of its name. */
export type Namesake = IdentifyingCodes & Pick<PlaceFacts, 'latitude' | 'longitude' | 'settlementType' | 'subRegion'>;

/**
 * What tells two places of one name in one subject apart, in words that follow "a namesake", or undefined. A source
 * that lists one of two namesakes and another that lists the other would else be merged by their "unique" name.
 */
export function contradiction(a: Namesake, b: Namesake): string | undefined {
  const code = differsInCode(a, b);
  if (code !== undefined) return `has another ${code}`;
  const away = kilometres(a, b);
  if (away !== undefined && away > FAR_KM) return `lies ${Math.round(away)} km away`;
  if (isTown(a) !== undefined && isTown(b) !== undefined && isTown(a) !== isTown(b)) return 'is of another kind';
  if (!mayBeOneRaion(a.subRegion, b.subRegion)) return `is in another raion (${a.subRegion})`;
  return undefined;
}

function isTown({ settlementType }: Namesake): boolean | undefined {
  return settlementType === undefined ? undefined : settlementType === 'г';
}

/** Whether two spellings may mean one raion or urban district; an absent one may be any. */
export function mayBeOneRaion(a: string | undefined, b: string | undefined): boolean {
  const [left, right] = [raionStem(a), raionStem(b)];
  return left === undefined || right === undefined || left === right;
}

const RAION_WORDS = /(?:^| )(?:муниципальный|городской|сельский|округ|район|р н|г о|город|г)(?= |$)/gu;
const STEM_LETTERS = 5;

/** The first letters of a raion's own name: `городской округ Усинск` and `Усинский р-н` share them. */
function raionStem(subRegion: string | undefined): string | undefined {
  if (subRegion === undefined) return undefined;
  const own = plainName(subRegion).replace(RAION_WORDS, '').trim();
  return own === '' ? undefined : own.slice(0, STEM_LETTERS);
}
