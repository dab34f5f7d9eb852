import type { Answered } from '../../address/outcome.ts';
import type { CandidateSet, Place } from '../../gazetteer/gazetteer.ts';
import type { Choice } from './choose.ts';
import type { Match } from './matches.ts';

interface Known {
  readonly choice: Choice;
  readonly kind: string;
  readonly answer: Answered;
}

/** Names that are spelt in so many ways that each has a figure of its own are not worth looking through. */
const MOST_OF_PLACE = 8;

/**
 * Gives the very same object for the same choice among the same candidates: most questions of a postcode have the same
 * answer, and what follows from an answer object is then made once. `kind`: of the question, as far as its answer depends
 * on more than the choice; `make`: of a choice that is new.
 */
export function sameAnswers(): (set: CandidateSet, choice: Choice, kind: string, make: () => Answered) => Answered {
  const known = new WeakMap<CandidateSet, Map<Place | undefined, Known[]>>();
  return (set, choice, kind, make) => {
    // What is said of a place elsewhere names the postcode as well.
    if (choice.kind === 'none' && choice.elsewhere !== undefined) return make();
    const places = known.get(set) ?? new Map<Place | undefined, Known[]>();
    const first = firstPlace(choice);
    const ofPlace = places.get(first) ?? [];
    const same = ofPlace.find((one) => one.kind === kind && isSame(one.choice, choice));
    if (same !== undefined) return same.answer;
    const answer = make();
    if (ofPlace.length < MOST_OF_PLACE) {
      ofPlace.push({ choice, kind, answer });
      known.set(set, places.set(first, ofPlace));
    }
    return answer;
  };
}

function firstPlace(choice: Choice): Place | undefined {
  if (choice.kind === 'one') return choice.place;
  return choice.kind === 'many' ? choice.places[0] : choice.matches[0]?.place;
}

/** Whether two choices of which the first place is the same amount to the same answer. */
function isSame(a: Choice, b: Choice): boolean {
  if (a.kind === 'one') {
    return b.kind === 'one' && a.confidence === b.confidence && a.runnerUp === b.runnerUp && a.owned === b.owned;
  }
  if (a.kind === 'many') return b.kind === 'many' && a.confidence === b.confidence && isSameList(a.places, b.places);
  return b.kind === 'none' && isSameList(placesOf(a.matches), placesOf(b.matches));
}

function placesOf(matches: readonly Match[]): readonly Place[] {
  return matches.map((match) => match.place);
}

function isSameList(one: readonly Place[], other: readonly Place[]): boolean {
  return one.length === other.length && one.every((place, at) => place === other[at]);
}
