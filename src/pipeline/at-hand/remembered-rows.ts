import type { Outcome } from '../../address/outcome.ts';
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
  /** Finds the place of a row with this outcome. */
  place(question: WrittenQuestion, outcome: Outcome): Place;
}

/** A map's entry and the objects that only it leads to. */
const ENTRY_BYTES = 120;
/** Where something is collected, each row keeps its question and answer. */
const COLLECTED_BYTES = 800;

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
    place(asked, outcome) {
      const { key, amount } = asked;
      if (amount === undefined || outcome.kind !== 'answered' || outcome.forEveryAmount !== true) {
        return { row: undefined, keep: (row) => rows.set(exactly(asked), row) };
      }
      const alike = questionOf(outcome);
      const at = placeOf(amount, alike);
      return {
        row: alike.rows[at],
        keep: (row) => {
          alike.rows[at] = row;
          const known = questions.get(key);
          if (known === alike) return;
          // What is known may be of an answer that has been replaced since, and others may share it.
          if (known !== undefined && isSameOwn(known, alike)) known.rows[at] = row;
          else questions.set(key, alike);
        },
      };
    },
  };
}

/** Whether both are one question's own, with the same limits, so that rows of the one stand in the other. */
function isSameOwn(known: AnsweredQuestion, fresh: AnsweredQuestion): boolean {
  const isOwn = !known.isShared && !fresh.isShared;
  return isOwn && known.limit === fresh.limit && known.ownLimit === fresh.ownLimit;
}

/** All that is asked, the amount too. No cell holds a line break outside quotation marks. */
export function exactly({ key, amount, written }: WrittenQuestion): string {
  return `${key}\n${amount ?? written}`;
}
