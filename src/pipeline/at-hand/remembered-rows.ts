import type { Answered, Outcome } from '../../address/outcome.ts';
import type { LimitOf } from '../../address/verdict.ts';
import { type AnsweredQuestion, answeredQuestions, placeOf } from './answered-question.ts';
import type { AnsweredRow } from './answered-row.ts';
import { remembered } from './remembered.ts';

/** A row by what is written in the cells of its question. */
export interface WrittenQuestion {
  /** All cells but that of the amount. */
  readonly key: string;
  /** In roubles; undefined where it is not plain. */
  readonly amount: number | undefined;
  /** The amount as it is written, where it is not a plain number. */
  readonly written: string;
}

/** Where what comes of a row is kept. */
export interface Place {
  /** What came of a row with the same answer. */
  readonly row: AnsweredRow | undefined;
  keep(row: AnsweredRow): void;
}

/** What came of rows: of most for every amount at once, of the others for the amount as it is written. */
export interface RememberedRows {
  get(question: WrittenQuestion): AnsweredRow | undefined;
  /** The answer to a question of which no row with such an amount has come yet. */
  answerTo(question: WrittenQuestion): Answered | undefined;
  /** Finds the place of a row with this outcome. */
  place(question: WrittenQuestion, outcome: Outcome): Place;
}

/** A map's entry and the objects that only it leads to, an answer that is nobody else's among them. */
const ENTRY_BYTES = 400;
/** Where something is collected, each row keeps its question and judgement too. */
const COLLECTED_BYTES = 500;

/** `isCollected`: each row keeps what is told of it. */
export function rememberedRows(limitOf: LimitOf, isCollected: boolean): RememberedRows {
  const weight = ENTRY_BYTES + (isCollected ? COLLECTED_BYTES : 0);
  const questions = remembered<AnsweredQuestion>(weight);
  const rows = remembered<AnsweredRow>(weight);
  const questionOf = answeredQuestions(limitOf, !isCollected);

  return {
    get(asked) {
      const { key, amount } = asked;
      const question = amount === undefined ? undefined : questions.get(key);
      if (question === undefined || amount === undefined) return rows.isEmpty() ? undefined : rows.get(exactly(asked));
      return question.rows[placeOf(amount, question)];
    },
    answerTo: ({ key, amount }) => (amount === undefined ? undefined : questions.get(key)?.answer),
    place(asked, outcome) {
      const { key, amount } = asked;
      if (amount === undefined || outcome.kind !== 'answered' || outcome.forEveryAmount !== true) {
        return { row: undefined, keep: (row) => rows.set(exactly(asked), row) };
      }
      const question = questions.get(key) ?? questionOf(outcome);
      const at = placeOf(amount, question);
      return {
        row: question.rows[at],
        keep: (row) => {
          question.rows[at] = row;
          if (questions.get(key) === undefined) questions.set(key, question);
        },
      };
    },
  };
}

/**
 * All that is asked, the amount too. No cell holds a line break outside quotation marks, and no amount begins with a
 * question mark: `1e-7` is no amount, but 0.0000001 would be written so.
 */
export function exactly({ key, amount, written }: WrittenQuestion): string {
  return `${key}\n${amount ?? `?${written}`}`;
}
