import type { Answered } from '../../address/outcome.ts';
import { exceeds, type LimitOf } from '../../address/verdict.ts';
import type { AnsweredRow } from './answered-row.ts';

/** What came of a question whose answer serves every amount: the amount decides only on which side of the limits it is. */
export interface AnsweredQuestion {
  readonly answer: Answered;
  /** The payment limit of the answer, in roubles; -1 where there is none. */
  readonly limit: number;
  /** The shop's own, likewise. */
  readonly ownLimit: number;
  /** By `placeOf`. */
  readonly rows: (AnsweredRow | undefined)[];
}

/** Where among its question's rows one with this amount stands: nothing to collect, within the limits, above one, both. */
export function placeOf(codRub: number, { limit, ownLimit }: Pick<AnsweredQuestion, 'limit' | 'ownLimit'>): number {
  return (codRub > 0 ? 1 : 0) + (exceeds(codRub, limit) ? 1 : 0) + (exceeds(codRub, ownLimit) ? 1 : 0);
}

/** The question of an answer; where `isShared`, the same for all that have the very same answer. */
export function answeredQuestions(limitOf: LimitOf, isShared: boolean): (answer: Answered) => AnsweredQuestion {
  const known = new WeakMap<Answered, AnsweredQuestion>();

  function make(answer: Answered): AnsweredQuestion {
    const city = answer.detection.detected_cdek_city;
    return {
      answer,
      limit: city?.paymentLimit ?? -1,
      ownLimit: (city && limitOf(city)) ?? -1,
      // Made at this length: a longer array would be the most of what is remembered.
      rows: [undefined, undefined, undefined, undefined],
    };
  }

  return (answer) => {
    const question = (isShared ? known.get(answer) : undefined) ?? make(answer);
    if (isShared) known.set(answer, question);
    return question;
  };
}
