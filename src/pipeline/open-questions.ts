import type { Outcome } from '../address/outcome.ts';
import type { AddressQuery } from '../address/query.ts';
import type { RowQuestion } from '../address/row-question.ts';
import type { CsvRow } from '../csv/cells.ts';
import type { Detector } from '../detector/detector.ts';
import { type RowSettings, rowQuestion } from './row-judgement.ts';

/** Rows whose questions are asked. */
export interface PendingBatch<Row> {
  readonly rows: readonly Row[];
  readonly questions: readonly RowQuestion[];
  readonly outcomes: (Outcome | undefined)[];
  /** How many have no answer yet. */
  open: number;
}

/** The questions that are open, of however many batches. */
export interface OpenQuestions<Row> {
  /** Recalls the answers of some rows, and asks for the others. */
  begin(rows: readonly Row[]): PendingBatch<Row>;
  count(): number;
  /** Resolves when one more question has its answer; rejects when one has failed. */
  nextAnswer(): Promise<void>;
  throwIfFailed(): void;
  close(): void;
}

/** Asks what a detector cannot recall, until it is closed or `signal` aborts. */
export function openQuestions<Row extends CsvRow>(
  detector: Detector,
  settings: RowSettings,
  signal: AbortSignal | undefined,
): OpenQuestions<Row> {
  const stop = new AbortController();
  const stopped = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  let open = 0;
  let failure: { readonly error: unknown } | undefined;
  let wake: () => void = () => {};

  function throwIfFailed(): void {
    if (failure !== undefined) throw failure.error;
  }

  async function ask(batch: PendingBatch<Row>, index: number, query: AddressQuery): Promise<void> {
    batch.open += 1;
    open += 1;
    try {
      batch.outcomes[index] = await detector.ask(query, { signal: stopped });
      batch.open -= 1;
    } catch (error) {
      failure ??= { error };
    }
    open -= 1;
    wake();
  }

  return {
    begin(rows) {
      const batch = prepare(rows, settings);
      const indexes: number[] = [];
      const queries: AddressQuery[] = [];
      for (const [index, { query }] of batch.questions.entries()) {
        if ('kind' in query) continue;
        indexes.push(index);
        queries.push(query);
      }
      const recalled = detector.recall(queries);
      for (const [position, index] of indexes.entries()) {
        const query = queries[position];
        const known = recalled[position];
        if (known !== undefined) batch.outcomes[index] = known;
        else if (query !== undefined) void ask(batch, index, query);
      }
      return batch;
    },
    count: () => open,
    async nextAnswer() {
      throwIfFailed();
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      throwIfFailed();
    },
    throwIfFailed,
    close: () => stop.abort(),
  };
}

function prepare<Row extends CsvRow>(rows: readonly Row[], settings: RowSettings): PendingBatch<Row> {
  const questions = rows.map((row) => rowQuestion(row, settings));
  const outcomes = questions.map(({ query }) => ('kind' in query ? query : undefined));
  return { rows, questions, outcomes, open: 0 };
}
