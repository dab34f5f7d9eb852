import type { CandidateSet, Gazetteer, Place } from '../../gazetteer/gazetteer.ts';
import type { ReadAddress } from '../../toponym/read.ts';
import { agreesWithMentions } from '../../toponym/subjects.ts';
import { ACCEPT_CONFIDENCE, DOUBTS, THRESHOLDS } from '../../toponym/thresholds.ts';
import { cityNamedApart } from './city-apart.ts';
import { confidenceLeft, fitsBetterElsewhere } from './doubts.ts';
import { placeNamedElsewhere } from './elsewhere.ts';
import type { Match } from './matches.ts';
import { exactMatches, fuzzyMatches, habitMatches } from './matches.ts';
import { bearerOfName } from './name-of-another.ts';
import { placeNamedBesides } from './named-besides.ts';
import type { NearNames } from './near-names.ts';
import { placeIndex } from './place-index.ts';
import { tellApart } from './tell-apart.ts';

/** What an address says about the places of its postcode. */
export type Choice =
  | {
      readonly kind: 'one';
      readonly place: Place;
      /** What in the address names it. */
      readonly match: Match;
      /** 0 to 1. */
      readonly confidence: number;
      /** The score of the best other place, 0 to 1. */
      readonly runnerUp: number | undefined;
      /** Whether the place is known to own the postcode or its prefix. */
      readonly owned: boolean;
    }
  | { readonly kind: 'many'; readonly places: readonly Place[]; readonly confidence: number }
  | { readonly kind: 'none'; readonly elsewhere: Place | undefined; readonly matches: readonly Match[] };

/** The choice where there is nothing to choose from. */
export const NOTHING_CHOSEN: Choice = { kind: 'none', elsewhere: undefined, matches: [] };

/** What is known around a postcode. */
export interface Knowledge {
  readonly set: CandidateSet;
  /** What else an address may name is looked up here. */
  readonly gazetteer: Gazetteer;
  /** The memory of misspelled names, where there is one. */
  readonly near?: NearNames;
}

/** Chooses among the candidates of a postcode. Any doubt that nothing settles ends in `many` or `none`. */
export function choose(read: ReadAddress, postcode: string, { set, gazetteer, near }: Knowledge): Choice {
  const matches = rankedMatches(read, set, near);
  const best = matches[0];
  const none = (): Choice => ({ kind: 'none', elsewhere: placeNamedElsewhere(read, set, gazetteer), matches });
  if (best === undefined || best.score < THRESHOLDS.answer) return none();
  const chosen = tellApart(
    matches.filter((match) => match.score >= best.score - THRESHOLDS.tie),
    read,
  );
  const [match, ...others] = chosen;
  if (match === undefined || !agreesWithMentions(read.subjects, match.place.subject.code)) return none();
  if (chosen.some((one) => fitsBetterElsewhere(read, one, set, gazetteer))) return none();
  const confidence = confidenceLeft(read, match, postcode, set, gazetteer);
  const besides =
    placeNamedBesides(read, match, set, gazetteer) ??
    cityNamedApart(read, match, set, gazetteer) ??
    bearerOfName(read, match, set, gazetteer);
  if (besides !== undefined) return { kind: 'many', places: [match.place, besides], confidence };
  if (others.length > 0) return { kind: 'many', places: chosen.map((one) => one.place), confidence };
  const runnerUp = matches.find((one) => one.place !== match.place)?.score;
  return { kind: 'one', place: match.place, match, confidence, runnerUp, owned: set.owners.includes(match.place) };
}

const SEARCHES = [exactMatches, habitMatches, fuzzyMatches];

/** The best match of each place, best first: what folds alike, then other habits, then errors of spelling. */
function rankedMatches(read: ReadAddress, set: CandidateSet, near: NearNames | undefined): readonly Match[] {
  const index = placeIndex(set.basis === 'postcode' ? set.owners : set.around);
  let found: readonly Match[] = [];
  for (const search of SEARCHES) {
    const matches = search(read, index, { near });
    if (matches.length > 0) found = bestOfEach([...found, ...matches.map((match) => weighOwnership(match, set))]);
    if ((found[0]?.score ?? 0) >= ACCEPT_CONFIDENCE) break;
  }
  return found;
}

/** Where only a prefix is known, a place that does not own it counts less, most of all where others do. */
function weighOwnership(match: Match, set: CandidateSet): Match {
  if (set.basis === 'postcode' || set.owners.includes(match.place)) return match;
  const left = set.owners.length > 0 ? DOUBTS.unownedPrefix : DOUBTS.unclaimedPrefix;
  return { ...match, score: match.score * left };
}

function bestOfEach(matches: readonly Match[]): readonly Match[] {
  if (matches.length < 2) return matches;
  const best = new Map<Place, Match>();
  for (const match of matches) {
    const known = best.get(match.place);
    if (known === undefined || match.score > known.score || (match.score === known.score && isLonger(match, known))) {
      best.set(match.place, match);
    }
  }
  return [...best.values()].sort((a, b) => b.score - a.score);
}

function isLonger(one: Match, other: Match): boolean {
  return one.end - one.start > other.end - other.start;
}
