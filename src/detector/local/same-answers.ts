import type { Answered } from '../../address/outcome.ts';
import type { CandidateSet, Place } from '../../gazetteer/gazetteer.ts';
import type { Choice } from './choose.ts';

type Chosen = Choice & { readonly kind: 'one' };

interface Known {
  readonly choice: Chosen;
  readonly kind: string;
  readonly answer: Answered;
}

/** Names that are spelt in so many ways that each has a figure of its own are not worth looking through. */
const MOST_OF_PLACE = 8;

/**
 * Gives the very same object for the same choice of a place among the same candidates: most questions of a postcode have
 * the same answer, and what follows from an answer object is then made once. `kind`: of the question, as far as its
 * answer depends on more than the choice; `make`: of a choice that is new.
 */
export function sameAnswers(): (set: CandidateSet, choice: Choice, kind: string, make: () => Answered) => Answered {
  const known = new WeakMap<CandidateSet, Map<Place, Known[]>>();
  return (set, choice, kind, make) => {
    if (choice.kind !== 'one') return make();
    const places = known.get(set) ?? new Map<Place, Known[]>();
    const ofPlace = places.get(choice.place) ?? [];
    const same = ofPlace.find((one) => one.kind === kind && isSame(one.choice, choice));
    if (same !== undefined) return same.answer;
    const answer = make();
    if (ofPlace.length < MOST_OF_PLACE) {
      ofPlace.push({ choice, kind, answer });
      known.set(set, places.set(choice.place, ofPlace));
    }
    return answer;
  };
}

function isSame(a: Chosen, b: Chosen): boolean {
  return a.confidence === b.confidence && a.runnerUp === b.runnerUp && a.owned === b.owned;
}
