import type { Answered, Outcome } from '../../address/outcome.ts';
import type { LimitOf } from '../../address/verdict.ts';
import { answeredQuestions } from './answered-question.ts';
import { type Enrichment, type Enrichments, enrichments } from './enrichment.ts';
import { type RowKinds, rowKinds } from './row-kind.ts';
import type { SharedTable } from './shared-table.ts';
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
 * Questions as a table has them, which other threads may fill too. The cells of a question → an answered question, or
 * `BY_AMOUNT` → with the amount as it is written, an enrichment; an answered question → an enrichment for each side of
 * the limits; an enrichment → the kind of its row. For what the table has no room left, nothing is known.
 *
 * Two threads may have answered questions of the same answer. The cells of a question lead to that of the thread which
 * was the last to lack an enrichment there; once both have all sides that come up, nothing is led elsewhere any more.
 */
export function knownQuestions(table: SharedTable, limitOf: LimitOf): KnownQuestions {
  const kinds = rowKinds(table);
  const made = enrichments(table, kinds);
  const questions = answeredQuestions(table, limitOf);

  const enrichmentAt = (entry: number) => (entry === 0 ? undefined : made.read(entry));

  function byAmount(asked: WrittenQuestion): Enrichment | undefined {
    const key = Buffer.from(exactly(asked), 'latin1');
    const record = table.find(key, 0, key.length);
    return record === 0 ? undefined : made.read(table.value(record));
  }

  /** Finds the record of a question's cells, whatever its amount; 0 where there is none. */
  const findCells = ({ bytes, start, end }: WrittenQuestion) => table.find(bytes, start, end);

  /** What a question's cells lead to, be it `BY_AMOUNT`; that too where they are not known. */
  function questionOf(asked: WrittenQuestion): number {
    const cells = findCells(asked);
    return cells === 0 ? BY_AMOUNT : table.value(cells);
  }

  /** Lets a question's cells lead to an answered question, or to `BY_AMOUNT`. */
  function lead(asked: WrittenQuestion, question: number): void {
    const cells = table.put(asked.bytes.subarray(asked.start, asked.end), question);
    if (cells !== 0) table.setValue(cells, question);
  }

  function placeByAmount(asked: WrittenQuestion): Place {
    return {
      enrichment: undefined,
      keep({ entry }) {
        if (asked.amount !== undefined) lead(asked, BY_AMOUNT);
        table.put(Buffer.from(exactly(asked), 'latin1'), entry);
      },
    };
  }

  return {
    kinds,
    enrichments: made,
    get(asked) {
      const { amount } = asked;
      if (amount === undefined) return byAmount(asked);
      const cells = findCells(asked);
      if (cells === 0) return undefined;
      const question = table.value(cells);
      return question === BY_AMOUNT ? byAmount(asked) : enrichmentAt(questions.enrichment(question, amount));
    },
    answerTo: (asked) => (asked.amount === undefined ? undefined : questions.answer(questionOf(asked))),
    place(asked, answer, isOwn) {
      const { amount } = asked;
      if (amount === undefined || answer.kind !== 'answered' || answer.forEveryAmount !== true)
        return placeByAmount(asked);
      const known = questionOf(asked);
      // What another thread was told may have been another answer: its rows are not mixed with those of this one.
      const question = questions.answer(known) === answer ? known : questions.of(answer, isOwn);
      if (question === 0) return { enrichment: undefined, keep: () => {} };
      return {
        enrichment: enrichmentAt(questions.enrichment(question, amount)),
        keep({ entry }) {
          questions.setEnrichment(question, amount, entry);
          if (question !== known) lead(asked, question);
        },
      };
    },
  };
}
