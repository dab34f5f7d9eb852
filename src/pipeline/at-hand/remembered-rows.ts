import type { Answered, Outcome } from '../../address/outcome.ts';
import type { LimitOf } from '../../address/verdict.ts';
import { type AnsweredQuestion, answeredQuestions, placeOf } from './answered-question.ts';
import { type AnsweredRow, type AnsweredRows, answeredRows } from './answered-row.ts';
import { countedAlike, type KindsOfRows } from './counted-alike.ts';
import { type SharedTable, VALUE } from './shared-table.ts';
import { exactly, type WrittenQuestion } from './written-question.ts';

/** Where what comes of a row is kept. */
export interface Place {
  /** What came of a row with the same answer. */
  readonly row: AnsweredRow | undefined;
  keep(row: AnsweredRow): void;
}

/** What came of rows: of most for every amount at once, of the others for the amount as it is written. */
export interface RememberedRows {
  readonly kinds: KindsOfRows;
  readonly rows: AnsweredRows;
  get(question: WrittenQuestion): AnsweredRow | undefined;
  /** The answer to a question of which no row with such an amount has come yet. */
  answerTo(question: WrittenQuestion): Answered | undefined;
  /** Finds the place of a row with this answer. `isOwn`: more is told of the row than the answer. */
  place(question: WrittenQuestion, answer: Outcome, isOwn: boolean): Place;
}

/** Stands under the cells of a question of which the amount has to be looked at as it is written. */
const BY_AMOUNT = 0;

/** Rows as a table has them, which other threads may fill too. */
export function rememberedRows(table: SharedTable, limitOf: LimitOf): RememberedRows {
  const kinds = countedAlike(table);
  const rows = answeredRows(table, kinds);
  const questions = answeredQuestions(table, rows, limitOf);

  function exactRow(asked: WrittenQuestion): AnsweredRow | undefined {
    const key = exactly(asked);
    const record = table.find(key, 0, key.length);
    return record === 0 ? undefined : rows.read(table.number(record, VALUE));
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
      row: undefined,
      keep(row) {
        if (row.record === 0) return;
        if (asked.amount !== undefined) bind(asked, BY_AMOUNT);
        table.put(exactly(asked), row.record);
      },
    };
  }

  return {
    kinds,
    rows,
    get(asked) {
      const { amount } = asked;
      const key = amount === undefined ? 0 : keyOf(asked);
      const question = questionAt(key);
      if (question !== undefined && amount !== undefined) return questions.rowAt(question, placeOf(amount, question));
      return key === 0 && amount !== undefined ? undefined : exactRow(asked);
    },
    answerTo: (asked) => (asked.amount === undefined ? undefined : questionAt(keyOf(asked))?.answer),
    place(asked, answer, isOwn) {
      const { amount } = asked;
      if (amount === undefined || answer.kind !== 'answered' || answer.forEveryAmount !== true)
        return placeByAmount(asked);
      const known = questionAt(keyOf(asked));
      // What another thread was told may have been another answer: its rows are not mixed with those of this one.
      const question = known?.answer === answer ? known : questions.of(answer, isOwn);
      const at = placeOf(amount, question);
      return {
        row: questions.rowAt(question, at),
        keep(row) {
          questions.keepRow(question, at, row);
          if (question !== known && question.record !== 0) bind(asked, question.record);
        },
      };
    },
  };
}
