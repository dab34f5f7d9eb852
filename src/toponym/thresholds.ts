/*
 * Every number that decides between an answer and a doubt, all measured by `npm run eval` (docs/accuracy.md).
 * Scores run from 0 to 1; costs are those of compare.ts, about 1 a letter.
 */

/** From this confidence on an answer needs no review. */
export const ACCEPT_CONFIDENCE = 0.86;

/** What else decides between an answer, several and none. */
export const THRESHOLDS = {
  /** Below this score a place is not answered at all. */
  answer: 0.7,
  /** Two places whose scores differ by less are about as good. */
  tie: 0.06,
} as const;

/** The largest cost at which names of a length (the shorter of the two, in sounds) may still be the same name. */
export function allowedCost(length: number): number {
  if (length <= 3) return 0;
  if (length === 4) return 0.5;
  if (length === 5) return 0.8;
  if (length <= 7) return 1.15;
  if (length <= 10) return 1.75;
  return 2.3;
}

/** What a place's name counts when it is matched exactly, by how it is known. */
export const NAME_WEIGHTS = {
  official: 1,
  alias: 0.98,
  former: 0.9,
  /** The name without the remark in brackets, the settlement word or the raion that the source wrote beside it. */
  core: 0.97,
  /** The first word of several shortened to a few letters: N. Novgorod. */
  shortened: 0.95,
  /** Read by another habit than the usual one: Chakhty. */
  reading: 0.97,
} as const;

/** What a match counts by where it stands in the address. */
export const CONTEXT_WEIGHTS = {
  /** Beside a settlement word that fits the place, or alone between commas. */
  settlement: 1,
  alone: 1,
  plain: 0.98,
  /** Beside a settlement word of another type: d. Kazan. */
  otherType: 0.9,
  /** A house number follows, as it does after a street. */
  numbered: 0.8,
  numberedAfterComma: 0.92,
  /** Further along behind a street word. */
  streetRun: 0.9,
  /** The name of a quarter, estate or building. */
  area: 0.75,
  /** The name of a raion or urban district. */
  district: 0.72,
  /** Part of a longer name: Novaya …, …-Tovarnaya. */
  partOfName: 0.6,
  /** A garrison or post office of the place, or another place altogether: Volsk-18. */
  numberTied: 0.8,
  street: 0,
  region: 0,
} as const;

/** What is left of a confidence when something beside the match speaks against it. */
export const DOUBTS = {
  /** A place that is not known to own the postcode's prefix, where others do; and where none does. */
  unownedPrefix: 0.8,
  unclaimedPrefix: 0.95,
  /** Only a prefix is known, and the place by a postcode of another prefix. */
  otherPrefix: 0.85,
  /** The address holds another postcode, one that is not the place's. */
  otherPostcode: 0.8,
  /** The address names another settlement with its settlement word. */
  otherSettlement: 0.85,
} as const;
