import type { Answered } from '../../address/outcome.ts';
import type { CandidateSet, Place } from '../../gazetteer/gazetteer.ts';
import { answerOf } from './answer.ts';
import { type Finding, isSameFinding } from './finding.ts';

interface Known {
  readonly finding: Finding;
  readonly answer: Answered;
}

/** Names that are spelt in so many ways that each has a figure of its own are not worth looking through. */
const MOST_OF_PLACE = 8;

/**
 * Makes answers, and gives the very same object for the same finding among the same candidates: most questions of a
 * postcode have the same answer, and what follows from an answer object is then made once.
 */
export function sameAnswers(): (set: CandidateSet, finding: Finding) => Answered {
  const known = new WeakMap<CandidateSet, Map<Place | undefined, Known[]>>();
  return (set, finding) => {
    // A note names the postcode: no other question has this answer.
    if (finding.kind === 'none' && finding.note !== undefined) return answerOf(set, finding);
    const places = known.get(set) ?? new Map<Place | undefined, Known[]>();
    const first = firstPlace(finding);
    const ofPlace = places.get(first) ?? [];
    const same = ofPlace.find((one) => isSameFinding(one.finding, finding));
    if (same !== undefined) return same.answer;
    const answer = answerOf(set, finding);
    if (ofPlace.length < MOST_OF_PLACE) {
      ofPlace.push({ finding, answer });
      known.set(set, places.set(first, ofPlace));
    }
    return answer;
  };
}

function firstPlace(finding: Finding): Place | undefined {
  if (finding.kind === 'one') return finding.place;
  return finding.kind === 'many' ? finding.places[0] : finding.resembled[0];
}
