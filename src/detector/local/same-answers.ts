import type { Answered } from '../../address/outcome.ts';
import type { CandidateSet, Place } from '../../gazetteer/gazetteer.ts';
import type { Choice } from './choose.ts';

/**
 * Gives the very same object for the same choice of a place among the same candidates: most questions of a postcode have
 * the same answer, and what follows from an answer object is then made once. `make`: of a choice that is new.
 */
export function sameAnswers(): (set: CandidateSet, choice: Choice, kind: string, make: () => Answered) => Answered {
  const known = new WeakMap<CandidateSet, Map<Place, Map<string, Answered>>>();
  return (set, choice, kind, make) => {
    if (choice.kind !== 'one') return make();
    const ofSet = known.get(set) ?? new Map<Place, Map<string, Answered>>();
    known.set(set, ofSet);
    const ofPlace = ofSet.get(choice.place) ?? new Map<string, Answered>();
    ofSet.set(choice.place, ofPlace);
    const key = `${kind}|${choice.confidence}|${choice.runnerUp}|${choice.owned}`;
    const answer = ofPlace.get(key) ?? make();
    ofPlace.set(key, answer);
    return answer;
  };
}
