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

/**
 * Questions as a table has them, which other threads may fill too. Its records refer to each other by their numbers:
 * the cells of a question → an answered question, or `BY_AMOUNT` → with the amount as it is written, an enrichment;
 * an answered question → an enrichment for each side of the limits; an enrichment → the kind of its row.
 *
 * Two threads may have answered questions of the same answer. The cells of a question lead to that of the thread which
 * was the last to lack an enrichment there; once both have all sides that come up, nothing is led elsewhere any more.
 */
export function knownQuestions(table: SharedTable, limitOf: LimitOf): KnownQuestions {
  const kinds = rowKinds(table);
  const made = enrichments(table, kinds);
  const questions = answeredQuestions(table, made, limitOf);

  function byAmount(asked: WrittenQuestion): Enrichment | undefined {
    const key = exactly(asked);
    const record = table.find(key, 0, key.length);
    return record === 0 ? undefined : made.read(table.number(record, VALUE));
  }

  /** Finds the record of a question's cells, whatever its amount; 0 where there is none. */
  const findCells = ({ bytes, start, end }: WrittenQuestion) => table.find(bytes, start, end);

  function questionAt(cells: number): AnsweredQuestion | undefined {
    const record = cells === 0 ? BY_AMOUNT : table.number(cells, VALUE);
    return record === BY_AMOUNT ? undefined : questions.read(record);
  }

  /** Lets a question's cells lead to the record of an answered question, or to `BY_AMOUNT`. */
  function lead(asked: WrittenQuestion, record: number): void {
    const cells = table.put(asked.bytes.subarray(asked.start, asked.end), record);
    if (cells !== 0) table.setNumber(cells, VALUE, record);
  }

  function placeByAmount(asked: WrittenQuestion): Place {
    return {
      enrichment: undefined,
      keep({ record }) {
        if (record === 0) return;
        if (asked.amount !== undefined) lead(asked, BY_AMOUNT);
        table.put(exactly(asked), record);
      },
    };
  }

  return {
    kinds,
    enrichments: made,
    get(asked) {
      const { amount } = asked;
      const cells = amount === undefined ? 0 : findCells(asked);
      const question = questionAt(cells);
      if (question !== undefined && amount !== undefined) return questions.at(question, sideOf(amount, question));
      return cells === 0 && amount !== undefined ? undefined : byAmount(asked);
    },
    answerTo: (asked) => (asked.amount === undefined ? undefined : questionAt(findCells(asked))?.answer),
    place(asked, answer, isOwn) {
      const { amount } = asked;
      if (amount === undefined || answer.kind !== 'answered' || answer.forEveryAmount !== true)
        return placeByAmount(asked);
      const known = questionAt(findCells(asked));
      // What another thread was told may have been another answer: its rows are not mixed with those of this one.
      const question = known?.answer === answer ? known : questions.of(answer, isOwn);
      const side = sideOf(amount, question);
      return {
        enrichment: questions.at(question, side),
        keep(enrichment) {
          questions.keepAt(question, side, enrichment);
          if (question !== known && question.record !== 0) lead(asked, question.record);
        },
      };
    },
  };
}
