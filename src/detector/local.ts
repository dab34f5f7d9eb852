import type { Answered } from '../address/outcome.ts';
import { isRussianPostcode } from '../address/postcode-in-address.ts';
import type { AddressQuery } from '../address/query.ts';
import { exceeds } from '../address/verdict.ts';
import type { Gazetteer } from '../gazetteer/gazetteer.ts';
import { readAddress } from '../toponym/read.ts';
import type { Detector } from './detector.ts';
import { answerOf } from './local/answer.ts';
import { type Choice, choose } from './local/choose.ts';
import { remembersNamed } from './local/remembers-named.ts';
import { sameAnswers } from './local/same-answers.ts';

/** Answers every question at once from a gazetteer, with a confidence and without any network. */
export function localDetector(source: Gazetteer): Detector {
  const gazetteer = remembersNamed(source);
  const same = sameAnswers();
  const answer = (query: AddressQuery): Answered => {
    const set = gazetteer.candidates(query.postcode);
    if (set.basis === 'none') return answerOf(query, set, { kind: 'none', elsewhere: undefined, matches: [] });
    const choice = choose(readAddress(query.address), query.postcode, set, gazetteer);
    return same(set, choice, kindOf(query, choice), () => answerOf(query, set, choice));
  };
  return {
    id: 'local',
    recall: (queries) => queries.map(answer),
    ask: async (query) => answer(query),
  };
}

/** What an answer depends on besides the choice: what is asked for, the amount, and a postcode that is none of Russia's. */
function kindOf({ fiasOnly, codRub, postcode }: AddressQuery, choice: Choice): string {
  if (choice.kind === 'none' && !isRussianPostcode(postcode)) return postcode;
  if (fiasOnly) return 'fias';
  const limit = choice.kind === 'one' ? choice.place.paymentLimit : undefined;
  return limit !== undefined && exceeds(codRub, limit) ? 'exceeded' : 'within';
}
