import type { JudgementRules } from '../address/verdict.ts';
import type { CsvRow } from '../csv/cells.ts';
import type { Detector } from '../detector/detector.ts';
import { openQuestions, type PendingBatch } from './open-questions.ts';
import { type EnrichedRow, judgedRow, type RowSettings } from './row-judgement.ts';

export interface EnrichSettings extends RowSettings {
  /** How many questions may be open at once before reading waits; at least what the detector asks at once. */
  readonly maxOpenQuestions: number;
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

/** Rows that were answered and rendered elsewhere, to be handed on in their turn. */
export interface DoneRows {
  /** How many rows. */
  readonly length: number;
  /** What they are written as. */
  readonly bytes: Uint8Array;
}

/**
 * Answers rows: batches in, batches out, same rows, same order. What the detector can recall is answered at once; the
 * rest is asked while reading goes on, within a bounded questions. Rejects with the first GorodError of the detector.
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
  const questions = openQuestions<Row>(detector, { ...settings, defaults }, signal);
  const queue: (PendingBatch<Row> | Done)[] = [];
  let rowsAhead = 0;
  let bytesAhead = 0;
  const isFarAhead = (rows: readonly CsvRow[] | Done) =>
    rowsAhead >= MAX_ROWS_AHEAD || bytesAhead >= MAX_BYTES_AHEAD || queue.length >= MAX_BATCHES_AHEAD || isLong(rows);
  try {
    for await (const rows of batches) {
      queue.push(isDone(rows) ? rows : questions.begin(rows));
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
        } else if (questions.count() >= settings.maxOpenQuestions || isFarAhead(rows)) {
          await questions.nextAnswer();
        } else {
          break;
        }
      }
      questions.throwIfFailed();
    }
    for (const head of queue) {
      while (!isDone(head) && head.open > 0) await questions.nextAnswer();
      yield isDone(head) ? head : judged(await settled(head, detector, signal), settings.rules);
    }
  } finally {
    questions.close();
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
