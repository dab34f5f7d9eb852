import type { Answered } from '../../address/outcome.ts';
import { exceeds, type LimitOf } from '../../address/verdict.ts';
import type { Enrichment, Enrichments } from './enrichment.ts';
import type { SharedTable } from './shared-table.ts';

/** What came of a question whose answer serves every amount: the amount decides only on which side of the limits it is. */
export interface AnsweredQuestion extends Limits {
  /** Where the table has it; its numbers are the records of its enrichments. 0 where there was no room. */
  readonly record: number;
  /** Undefined where another thread has it. */
  readonly answer: Answered | undefined;
  /** What its rows are enriched with, by the side of the limits, as far as that is known here. */
  readonly enrichments: (Enrichment | undefined)[];
}

interface Limits {
  /** The payment limit of the answer, in roubles; -1 where there is none. */
  readonly limit: number;
  /** The shop's own, likewise. */
  readonly ownLimit: number;
}

/** Nothing to collect, within the limits, above one of them, above both. */
export type Side = 0 | 1 | 2 | 3;

/** On which side of the limits an amount is. */
export function sideOf(codRub: number, { limit, ownLimit }: Limits): Side {
  const passed = (exceeds(codRub, limit) ? 1 : 0) + (exceeds(codRub, ownLimit) ? 1 : 0);
  return ((codRub > 0 ? 1 : 0) + passed) as Side;
}

export interface AnsweredQuestions {
  /**
   * The question of an answer; the same for all that have the very same answer, but for one whose rows are told more than
   * the answer (`isOwn`).
   */
  of(answer: Answered, isOwn: boolean): AnsweredQuestion;
  /** The question that was kept as a record, by whichever thread. */
  read(record: number): AnsweredQuestion;
  at(question: AnsweredQuestion, side: Side): Enrichment | undefined;
  keepAt(question: AnsweredQuestion, side: Side, enrichment: Enrichment): void;
}

/** Keeps answered questions in a table. */
export function answeredQuestions(table: SharedTable, made: Enrichments, limitOf: LimitOf): AnsweredQuestions {
  const known = new WeakMap<Answered, AnsweredQuestion>();
  const kept = new Map<number, AnsweredQuestion>();

  function make(answer: Answered): AnsweredQuestion {
    const city = answer.detection.detected_cdek_city;
    const limits = { limit: city?.paymentLimit ?? -1, ownLimit: (city && limitOf(city)) ?? -1 };
    const record = table.keep(Buffer.from(JSON.stringify(limits)));
    const question = bare(limits, record, answer);
    if (record !== 0) kept.set(record, question);
    return question;
  }

  function read(record: number): AnsweredQuestion {
    const limits = JSON.parse(Buffer.from(table.bytes(record)).toString()) as Limits;
    const question = bare(limits, record, undefined);
    kept.set(record, question);
    return question;
  }

  return {
    of(answer, isOwn) {
      if (isOwn) return make(answer);
      const question = known.get(answer) ?? make(answer);
      known.set(answer, question);
      return question;
    },
    read: (record) => kept.get(record) ?? read(record),
    at(question, side) {
      const known = question.enrichments[side];
      if (known !== undefined || question.record === 0) return known;
      const record = table.number(question.record, side);
      if (record === 0) return undefined;
      question.enrichments[side] = made.read(record);
      return question.enrichments[side];
    },
    keepAt(question, side, enrichment) {
      if (question.record === 0 || enrichment.record === 0) return;
      question.enrichments[side] = enrichment;
      table.setNumber(question.record, side, enrichment.record);
    },
  };
}

/** All with their properties in the same order: each row of a file looks at one. */
function bare({ limit, ownLimit }: Limits, record: number, answer: Answered | undefined): AnsweredQuestion {
  return { limit, ownLimit, record, answer, enrichments: [undefined, undefined, undefined, undefined] };
}
