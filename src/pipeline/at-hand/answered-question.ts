import type { Answered } from '../../address/outcome.ts';
import { exceeds, type LimitOf } from '../../address/verdict.ts';
import type { AnsweredRow, AnsweredRows } from './answered-row.ts';
import type { SharedTable } from './shared-table.ts';

/** What came of a question whose answer serves every amount: the amount decides only on which side of the limits it is. */
export interface AnsweredQuestion extends Limits {
  /** Where the table has it; its numbers are the records of its rows, by `placeOf`. 0 where there was no room. */
  readonly record: number;
  /** Undefined where another thread has it. */
  readonly answer: Answered | undefined;
  /** By `placeOf`, as far as they are known here. */
  readonly rows: (AnsweredRow | undefined)[];
}

interface Limits {
  /** The payment limit of the answer, in roubles; -1 where there is none. */
  readonly limit: number;
  /** The shop's own, likewise. */
  readonly ownLimit: number;
}

export type PlaceOfRow = 0 | 1 | 2 | 3;

/** Where among its question's rows one with this amount stands: nothing to collect, within the limits, above one, both. */
export function placeOf(codRub: number, { limit, ownLimit }: Limits): PlaceOfRow {
  const passed = (exceeds(codRub, limit) ? 1 : 0) + (exceeds(codRub, ownLimit) ? 1 : 0);
  return ((codRub > 0 ? 1 : 0) + passed) as PlaceOfRow;
}

export interface AnsweredQuestions {
  /** The question of an answer; the same for all that have the very same answer, but for one that has rows of its own. */
  of(answer: Answered, isOwn: boolean): AnsweredQuestion;
  /** The question that was kept as a record, by whichever thread. */
  read(record: number): AnsweredQuestion;
  rowAt(question: AnsweredQuestion, place: PlaceOfRow): AnsweredRow | undefined;
  keepRow(question: AnsweredQuestion, place: PlaceOfRow, row: AnsweredRow): void;
}

/** Questions that are kept in a table. */
export function answeredQuestions(table: SharedTable, rows: AnsweredRows, limitOf: LimitOf): AnsweredQuestions {
  const known = new WeakMap<Answered, AnsweredQuestion>();
  const kept = new Map<number, AnsweredQuestion>();

  function make(answer: Answered): AnsweredQuestion {
    const city = answer.detection.detected_cdek_city;
    const limits = { limit: city?.paymentLimit ?? -1, ownLimit: (city && limitOf(city)) ?? -1 };
    const record = table.keep(Buffer.from(JSON.stringify(limits)));
    const question = withoutRows(limits, record, answer);
    if (record !== 0) kept.set(record, question);
    return question;
  }

  function read(record: number): AnsweredQuestion {
    const limits = JSON.parse(Buffer.from(table.bytes(record)).toString()) as Limits;
    const question = withoutRows(limits, record, undefined);
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
    rowAt(question, place) {
      const row = question.rows[place];
      if (row !== undefined) return row;
      const record = question.record === 0 ? 0 : table.number(question.record, place);
      if (record === 0) return undefined;
      question.rows[place] = rows.read(record);
      return question.rows[place];
    },
    keepRow(question, place, row) {
      if (question.record === 0 || row.record === 0) return;
      question.rows[place] = row;
      table.setNumber(question.record, place, row.record);
    },
  };
}

/** All with their properties in the same order: each row of a file looks at one. */
function withoutRows({ limit, ownLimit }: Limits, record: number, answer: Answered | undefined): AnsweredQuestion {
  return { limit, ownLimit, record, answer, rows: [undefined, undefined, undefined, undefined] };
}
