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

/** A row with its judged outcome: of the input, unless it is less that is told of it. */
export interface EnrichedRow<Row = CsvRow> extends JudgedOutcome {
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

/** What some rows take of the input, as far as they were read whole. */
export function bytesOf(rows: readonly { readonly row: Pick<CsvRow, 'text'> }[]): number {
  return rows.reduce((sum, { row }) => sum + Buffer.byteLength(row.text) + 1, 0);
}

interface PendingBatch<Row> {
  readonly rows: readonly Row[];
  readonly questions: readonly RowQuestion[];
  readonly outcomes: (Outcome | undefined)[];
  open: number;
}

/** Rows that were answered and rendered elsewhere, to be handed on in their turn. */
export interface DoneRows {
  /** How many rows. */
  readonly length: number;
  /** What they are written as. */
  readonly bytes: Uint8Array;
}

/**
 * Answers rows: batches in, batches out, same rows, same order. What the detector can recall is answered at once; the
 * rest is asked while reading goes on, within a bounded window. Rejects with the first GorodError of the detector.
 */
export function enrich<Row extends CsvRow>(
  batches: AsyncIterable<readonly Row[]>,
  detector: Detector,
  settings: EnrichSettings,
  signal?: AbortSignal,
): AsyncGenerator<readonly EnrichedRow<Row>[], void> {
  return enrichOpen<Row, never>(batches, detector, settings, signal);
}

/** Answers rows as `enrich` does; what among them is answered already keeps its place. */
export async function* enrichOpen<Row extends CsvRow, Done extends DoneRows>(
  batches: AsyncIterable<readonly Row[] | Done>,
  detector: Detector,
  settings: EnrichSettings,
  signal?: AbortSignal,
): AsyncGenerator<readonly EnrichedRow<Row>[] | Done, void> {
  const defaults = { ...settings.defaults, isSettled: detector.isSettled };
  const window = openWindow<Row>(detector, { ...settings, defaults }, signal);
  const queue: (PendingBatch<Row> | Done)[] = [];
  let rowsAhead = 0;
  let bytesAhead = 0;
  const isFarAhead = (rows: readonly CsvRow[] | Done) =>
    rowsAhead >= MAX_ROWS_AHEAD || bytesAhead >= MAX_BYTES_AHEAD || queue.length >= MAX_BATCHES_AHEAD || isLong(rows);
  try {
    for await (const rows of batches) {
      queue.push(isDone(rows) ? rows : window.begin(rows));
      rowsAhead += rows.length;
      bytesAhead += weight(rows);
      for (;;) {
        const head = queue[0];
        if (head === undefined) break;
        if (isDone(head) || head.open === 0) {
          queue.shift();
          const done = isDone(head) ? head : head.rows;
          rowsAhead -= done.length;
          bytesAhead -= weight(done);
          yield isDone(head) ? head : judged(await settled(head, detector, signal), settings.rules);
        } else if (window.openQuestions() >= settings.maxOpenQuestions || isFarAhead(rows)) {
          await window.nextAnswer();
        } else {
          break;
        }
      }
      window.throwIfFailed();
    }
    for (const head of queue) {
      while (!isDone(head) && head.open > 0) await window.nextAnswer();
      yield isDone(head) ? head : judged(await settled(head, detector, signal), settings.rules);
    }
  } finally {
    window.close();
  }
}

export function isDone<Done extends DoneRows>(batch: object | Done): batch is Done {
  return 'bytes' in batch;
}

/** A row in pieces has to be written before reading goes on. */
function isLong(rows: readonly CsvRow[] | DoneRows): boolean {
  return !isDone(rows) && rows[0]?.pieces !== undefined;
}

function weight(rows: readonly CsvRow[] | DoneRows): number {
  if (isDone(rows)) return rows.bytes.length;
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

/** The batch with the outcomes that stand, seen in the order of the rows. */
async function settled<Row>(
  batch: PendingBatch<Row>,
  detector: Detector,
  signal: AbortSignal | undefined,
): Promise<PendingBatch<Row>> {
  if (detector.settle === undefined) return batch;
  const rows = batch.outcomes.map((outcome, index) => {
    const query = batch.questions[index]?.query;
    if (outcome === undefined) throw new Error('a row is passed on without an outcome');
    return { query: query === undefined || 'kind' in query ? undefined : query, outcome };
  });
  return { ...batch, outcomes: [...(await detector.settle(rows, signal === undefined ? {} : { signal }))] };
}

function judged<Row extends CsvRow>(batch: PendingBatch<Row>, rules: JudgementRules): EnrichedRow<Row>[] {
  return batch.rows.map((row, index) => {
    const [question, answer] = [batch.questions[index], batch.outcomes[index]];
    if (question === undefined || answer === undefined) throw new Error(`the row of line ${row.line} has no outcome`);
    return { row, ...judgedRow(question, answer, rules) };
  });
}

/** What is told of a row that asked a question and got an answer. */
export function judgedRow(
  question: RowQuestion,
  answer: Outcome,
  rules: JudgementRules,
): Omit<EnrichedRow, 'row'> & { readonly isUnpaid: boolean } {
  const query = 'kind' in question.query ? undefined : question.query;
  const outcome = ofRow(answer, question);
  return { query, outcome, judgement: judge(outcome, query, rules), isUnpaid: question.isUnpaid === true };
}

/** An outcome with what is to be said of its row; the very same where that is nothing, for its cells are remembered. */
export function ofRow(answer: Outcome, { remark, isUnpaid = false }: Omit<RowQuestion, 'query'>): Outcome {
  if (answer.kind !== 'answered' || (remark === undefined && !isUnpaid)) return answer;
  return { ...answer, ...(remark === undefined ? {} : { remark }), ...(isUnpaid ? { isUnpaid } : {}) };
}
