import type { Outcome } from '../../address/outcome.ts';
import type { AnswerSettings } from './answer-rows.ts';
import { type AnsweredQuestion, answeredQuestions, placeOf } from './answered-question.ts';
import type { AnsweredRow } from './answered-row.ts';
import { remembered } from './remembered.ts';

/** A row by what is written in the cells of its question. */
export interface WrittenQuestion {
  /** All cells but that of the amount. */
  readonly key: string;
  readonly written: string;
  /** In roubles; undefined where it is not plain. */
  readonly amount: number | undefined;
}

/** A map's entry and the objects that only it leads to. */
const ENTRY_BYTES = 120;
/** Where something is collected, each row keeps its question and answer. */
const COLLECTED_BYTES = 800;

/** Remembers what came of rows: of most for every amount at once, of the others for the amount as it is written. */
export function rememberedRows({ rules, newCollector }: AnswerSettings) {
  const isCollected = newCollector !== undefined;
  const weight = ENTRY_BYTES + (isCollected ? COLLECTED_BYTES : 0);
  const questions = remembered<AnsweredQuestion>(weight);
  const rows = remembered<AnsweredRow>(weight);
  const questionOf = answeredQuestions(rules.limitOf, !isCollected);

  return {
    get({ key, written, amount }: WrittenQuestion): AnsweredRow | undefined {
      const question = amount === undefined ? undefined : questions.get(key);
      if (question === undefined || amount === undefined) return rows.get(exactly(key, written));
      return question.rows[placeOf(amount, question)];
    },
    set({ key, written, amount }: WrittenQuestion, row: AnsweredRow, outcome: Outcome): void {
      if (amount === undefined || outcome.kind !== 'answered' || outcome.forEveryAmount !== true) {
        rows.set(exactly(key, written), row);
        return;
      }
      const question = questions.get(key) ?? questionOf(outcome);
      question.rows[placeOf(amount, question)] = row;
      questions.set(key, question);
    },
  };
}

/** No cell holds a line break outside quotation marks. */
function exactly(key: string, written: string): string {
  return `${key}\n${written}`;
}
