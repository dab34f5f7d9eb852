import type { Answered } from '../../address/outcome.ts';
import { exceeds, type LimitOf } from '../../address/verdict.ts';
import type { SharedTable } from './shared-table.ts';

/** Nothing to collect, within the limits, above one of them, above both. */
type Side = 0 | 1 | 2 | 3;

/** In roubles, as a payment limit. */
const NO_LIMIT = -1;

/**
 * What came of questions whose answers serve every amount: the amount decides only on which side of the limits it is.
 * Each is an entry of a table: its doubles are the limits, its numbers the enrichments of its rows by their side.
 */
export interface AnsweredQuestions {
  /**
   * The question of an answer; the same for all that have the very same answer, but for one whose rows are told more than
   * the answer (`isOwn`). 0 where there is no room left.
   */
  of(answer: Answered, isOwn: boolean): number;
  /** Its answer; undefined where another thread has it. */
  answer(question: number): Answered | undefined;
  /** What its rows with such an amount are enriched with; 0 where that is not known. */
  enrichment(question: number, codRub: number): number;
  setEnrichment(question: number, codRub: number, enrichment: number): void;
}

/** Keeps answered questions in a table. */
export function answeredQuestions(table: SharedTable, limitOf: LimitOf): AnsweredQuestions {
  const known = new WeakMap<Answered, number>();
  const answers = new Map<number, Answered>();

  function make(answer: Answered): number {
    const question = table.enter();
    if (question === 0) return 0;
    const city = answer.detection.detected_cdek_city;
    table.setDouble(question, 0, city?.paymentLimit ?? NO_LIMIT);
    table.setDouble(question, 1, (city && limitOf(city)) ?? NO_LIMIT);
    answers.set(question, answer);
    return question;
  }

  function sideOf(question: number, codRub: number): Side {
    const passed =
      (exceeds(codRub, table.double(question, 0)) ? 1 : 0) + (exceeds(codRub, table.double(question, 1)) ? 1 : 0);
    return ((codRub > 0 ? 1 : 0) + passed) as Side;
  }

  return {
    of(answer, isOwn) {
      if (isOwn) return make(answer);
      const question = known.get(answer) ?? make(answer);
      known.set(answer, question);
      return question;
    },
    answer: (question) => answers.get(question),
    enrichment: (question, codRub) => table.number(question, sideOf(question, codRub)),
    setEnrichment: (question, codRub, enrichment) => table.setNumber(question, sideOf(question, codRub), enrichment),
  };
}
