import type { Answered, Outcome } from '../../address/outcome.ts';
import type { LimitOf } from '../../address/verdict.ts';
import { type AnsweredQuestion, answeredQuestions, sideOf } from './answered-question.ts';
import { type Enrichment, type Enrichments, enrichments } from './enrichment.ts';
import { type RowKinds, rowKinds } from './row-kind.ts';
import { type SharedTable, VALUE } from './shared-table.ts';
import { exactly, type WrittenQuestion } from './written-question.ts';

/** Where what a row is enriched with is kept. */
export interface Place {
  /** That of a row with the same answer. */
  readonly enrichment: Enrichment | undefined;
  keep(enrichment: Enrichment): void;
}

/** What came of questions: of most for every amount at once, of the others for the amount as it is written. */
export interface KnownQuestions {
  readonly kinds: RowKinds;
  readonly enrichments: Enrichments;
  get(question: WrittenQuestion): Enrichment | undefined;
  /** The answer to a question of which no row with such an amount has come yet. */
  answerTo(question: WrittenQuestion): Answered | undefined;
  /** Finds the place for a row with this answer. `isOwn`: more is told of the row than the answer. */
  place(question: WrittenQuestion, answer: Outcome, isOwn: boolean): Place;
}

/** Stands under the cells of a question of which the amount has to be looked at as it is written. */
const BY_AMOUNT = 0;

/** Questions as a table has them, which other threads may fill too. */
export function knownQuestions(table: SharedTable, limitOf: LimitOf): KnownQuestions {
  const kinds = rowKinds(table);
  const made = enrichments(table, kinds);
  const questions = answeredQuestions(table, made, limitOf);

  function byAmount(asked: WrittenQuestion): Enrichment | undefined {
    const key = exactly(asked);
    const record = table.find(key, 0, key.length);
    return record === 0 ? undefined : made.read(table.number(record, VALUE));
  }

  /** Where what is known of a question stands, whatever its amount; 0 where nothing is. */
  const keyOf = ({ bytes, start, end }: WrittenQuestion) => table.find(bytes, start, end);

  function questionAt(key: number): AnsweredQuestion | undefined {
    const record = key === 0 ? BY_AMOUNT : table.number(key, VALUE);
    return record === BY_AMOUNT ? undefined : questions.read(record);
  }

  /** Sets what is known of a question. */
  function bind(asked: WrittenQuestion, record: number): void {
    const key = table.put(asked.bytes.subarray(asked.start, asked.end), record);
    if (key !== 0) table.setNumber(key, VALUE, record);
  }

  function placeByAmount(asked: WrittenQuestion): Place {
    return {
      enrichment: undefined,
      keep({ record }) {
        if (record === 0) return;
        if (asked.amount !== undefined) bind(asked, BY_AMOUNT);
        table.put(exactly(asked), record);
      },
    };
  }

  return {
    kinds,
    enrichments: made,
    get(asked) {
      const { amount } = asked;
      const key = amount === undefined ? 0 : keyOf(asked);
      const question = questionAt(key);
      if (question !== undefined && amount !== undefined) return questions.at(question, sideOf(amount, question));
      return key === 0 && amount !== undefined ? undefined : byAmount(asked);
    },
    answerTo: (asked) => (asked.amount === undefined ? undefined : questionAt(keyOf(asked))?.answer),
    place(asked, answer, isOwn) {
      const { amount } = asked;
      if (amount === undefined || answer.kind !== 'answered' || answer.forEveryAmount !== true)
        return placeByAmount(asked);
      const known = questionAt(keyOf(asked));
      // What another thread was told may have been another answer: its rows are not mixed with those of this one.
      const question = known?.answer === answer ? known : questions.of(answer, isOwn);
      const side = sideOf(amount, question);
      return {
        enrichment: questions.at(question, side),
        keep(enrichment) {
          questions.keepAt(question, side, enrichment);
          if (question !== known && question.record !== 0) bind(asked, question.record);
        },
      };
    },
  };
}
