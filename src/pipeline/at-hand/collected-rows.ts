import type { AnsweredRow } from './answered-row.ts';
import type { Place, RememberedRows } from './remembered-rows.ts';
import { exactly, type WrittenQuestion } from './written-question.ts';

/** What is held of the rows at the most: each has its question and judgement. */
const MOST_ROWS = 70_000;

/**
 * Remembered rows together with what is collected of them, which is known only where they were answered: one that another
 * thread answered is answered here once more.
 */
export function collectedRows(known: RememberedRows): RememberedRows {
  const own = new Map<string, AnsweredRow>();

  function keep(asked: WrittenQuestion, row: AnsweredRow): void {
    if (row.record === 0) return;
    if (own.size >= MOST_ROWS) own.clear();
    own.set(keyOf(asked, row), row);
  }

  return {
    ...known,
    get(asked) {
      const row = known.get(asked);
      return row && own.get(keyOf(asked, row));
    },
    place(asked, answer, isOwn): Place {
      const { row, keep: remember } = known.place(asked, answer, isOwn);
      return {
        row: row && own.get(keyOf(asked, row)),
        keep(made) {
          remember(made);
          keep(asked, made);
        },
      };
    },
  };
}

/** What is collected of rows that ask the same and are written and counted alike differs by no more than a plain amount. */
function keyOf(asked: WrittenQuestion, { record }: AnsweredRow): string {
  const { bytes, start, end, amount } = asked;
  const question = amount === undefined ? exactly(asked) : Buffer.from(bytes.subarray(start, end));
  return `${record}|${question.toString('latin1')}`;
}
