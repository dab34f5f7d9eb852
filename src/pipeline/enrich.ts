import type { QueryDefaults } from '../address/cells.ts';
import type { Invalid, Outcome } from '../address/outcome.ts';
import type { AddressQuery } from '../address/query.ts';
import { type RowQuestion, toRowQuestion } from '../address/row-question.ts';
import { type JudgementRules, judge } from '../address/verdict.ts';
import { queryCells } from '../columns/query-cells.ts';
import type { ColumnMap } from '../columns/roles.ts';
import type { CsvRow } from '../csv/cells.ts';
import type { Detector } from '../detector/detector.ts';
import type { JudgedOutcome } from './output-columns.ts';

export interface EnrichSettings {
  readonly columns: ColumnMap;
  /** Columns of the header; a row with another number of cells is ERR_BAD_ROW. */
  readonly width: number;
  readonly defaults: QueryDefaults;
  readonly rules: JudgementRules;
  /** How many questions may be open at once before reading waits; at least what the detector asks at once. */
  readonly maxOpenQuestions: number;
  /** The row that has the address of a row, where that is another one: rows of one order. */
  readonly addressRow?: (row: CsvRow) => CsvRow;
}

/** A row of the input with its judged outcome. */
export interface EnrichedRow<Row extends CsvRow = CsvRow> extends JudgedOutcome {
  readonly row: Row;
  /** What was asked; undefined for a row that made no question. */
  readonly query?: AddressQuery | undefined;
  /** Whether something is owed of which the row does not say that it is collected on delivery. */
  readonly isUnpaid?: boolean;
}

/** What is read ahead while the first rows still wait for their answer: bounds memory, not speed. */
const MAX_ROWS_AHEAD = 20_000;
const MAX_BATCHES_AHEAD = 500;
/** A cell takes some 50 bytes beside its characters. */
const MAX_BYTES_AHEAD = 64 << 20;
const CELL_BYTES = 50;

interface PendingBatch<Row> {
  readonly rows: readonly Row[];
  readonly questions: readonly RowQuestion[];
  readonly outcomes: (Outcome | undefined)[];
  open: number;
}

/**
 * Answers rows: batches in, batches out, same rows, same order. What the detector can recall is answered at once; the
 * rest is asked while reading goes on, within a bounded window. Rejects with the first GorodError of the detector.
 */
export async function* enrich<Row extends CsvRow>(
  batches: AsyncIterable<readonly Row[]>,
  detector: Detector,
  settings: EnrichSettings,
  signal?: AbortSignal,
): AsyncGenerator<readonly EnrichedRow<Row>[], void> {
  const defaults = { ...settings.defaults, isSettled: detector.isSettled };
  const window = openWindow<Row>(detector, { ...settings, defaults }, signal);
  const queue: PendingBatch<Row>[] = [];
  let rowsAhead = 0;
  let bytesAhead = 0;
  const isFarAhead = (rows: readonly CsvRow[]) =>
    rowsAhead >= MAX_ROWS_AHEAD || bytesAhead >= MAX_BYTES_AHEAD || queue.length >= MAX_BATCHES_AHEAD || isLong(rows);
  try {
    for await (const rows of batches) {
      queue.push(window.begin(rows));
      rowsAhead += rows.length;
      bytesAhead += weight(rows);
      for (;;) {
        const head = queue[0];
        if (head === undefined) break;
        if (head.open === 0) {
          queue.shift();
          rowsAhead -= head.rows.length;
          bytesAhead -= weight(head.rows);
          yield judged(head, settings.rules);
        } else if (window.openQuestions() >= settings.maxOpenQuestions || isFarAhead(rows)) {
          await window.nextAnswer();
        } else {
          break;
        }
      }
      window.throwIfFailed();
    }
    for (const head of queue) {
      while (head.open > 0) await window.nextAnswer();
      yield judged(head, settings.rules);
    }
  } finally {
    window.close();
  }
}

/** A row in pieces has to be written before reading goes on. */
function isLong([only]: readonly CsvRow[]): boolean {
  return only?.pieces !== undefined;
}

function weight(rows: readonly CsvRow[]): number {
  return rows.reduce((sum, { text, cells }) => sum + text.length + cells.length * CELL_BYTES, 0);
}

interface Window<Row> {
  begin(rows: readonly Row[]): PendingBatch<Row>;
  openQuestions(): number;
  /** Resolves when one more question has its answer; rejects when one has failed. */
  nextAnswer(): Promise<void>;
  throwIfFailed(): void;
  close(): void;
}

function openWindow<Row extends CsvRow>(
  detector: Detector,
  settings: EnrichSettings,
  signal: AbortSignal | undefined,
): Window<Row> {
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
    openQuestions: () => open,
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

function prepare<Row extends CsvRow>(rows: readonly Row[], settings: EnrichSettings): PendingBatch<Row> {
  const questions = rows.map((row) => rowQuestion(row, settings));
  const outcomes = questions.map(({ query }) => ('kind' in query ? query : undefined));
  return { rows, questions, outcomes, open: 0 };
}

/** The question that a row asks, or why it asks none. */
export function rowQuestion(
  row: CsvRow,
  { columns, width, defaults, addressRow }: Pick<EnrichSettings, 'columns' | 'width' | 'defaults' | 'addressRow'>,
): RowQuestion {
  if (row.pieces !== undefined) return badRow('too-long');
  if (row.broken) return badRow('quotes');
  if (row.cells.length !== width) return badRow('column-count');
  const { cells } = addressRow?.(row) ?? row;
  return toRowQuestion(queryCells(cells, columns), defaults);
}

function badRow(defect: NonNullable<Invalid['defect']>): RowQuestion {
  return { query: { kind: 'invalid', status: 'ERR_BAD_ROW', defect } };
}

function judged<Row extends CsvRow>(batch: PendingBatch<Row>, rules: JudgementRules): EnrichedRow<Row>[] {
  return batch.rows.map((row, index) => {
    const answer = batch.outcomes[index];
    if (answer === undefined) throw new Error(`the row of line ${row.line} has no outcome`);
    const { query: asked, remark, isUnpaid = false } = batch.questions[index] ?? {};
    const query = asked !== undefined && !('kind' in asked) ? asked : undefined;
    const outcome = answer.kind === 'answered' && remark !== undefined ? { ...answer, remark } : answer;
    return { row, query, outcome, judgement: judge(outcome, query, rules), isUnpaid };
  });
}
