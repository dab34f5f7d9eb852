import type { Answered } from '../address/outcome.ts';
import type { AddressQuery } from '../address/query.ts';
import type { Gazetteer } from '../gazetteer/gazetteer.ts';
import { readAddress } from '../toponym/read.ts';
import type { Detector } from './detector.ts';
import { choose, NOTHING_CHOSEN } from './local/choose.ts';
import { findingOf } from './local/finding.ts';
import { remembersNear } from './local/near-names.ts';
import { remembersNamed } from './local/remembers-named.ts';
import { sameAnswers } from './local/same-answers.ts';

/** Answers every question at once from a gazetteer, with a confidence and without any network. */
export function localDetector(source: Gazetteer): Detector {
  const gazetteer = remembersNamed(source);
  const near = remembersNear();
  const answerOf = sameAnswers();
  const answer = (query: AddressQuery): Answered => {
    const set = gazetteer.candidates(query.postcode);
    const isKnown = set.basis !== 'none';
    const choice = isKnown
      ? choose(readAddress(query.address), query.postcode, { set, gazetteer, near })
      : NOTHING_CHOSEN;
    return answerOf(set, findingOf(query, set, choice));
  };
  return {
    id: 'local',
    recall: (queries) => queries.map(answer),
    ask: async (query) => answer(query),
  };
}
