import { stringify } from 'csv-stringify/sync';
import type { Detection } from '../address/detection.ts';
import type { Language } from '../languages.ts';
import { type JudgedOutcome, type OutputColumn, renderCells } from './output-columns.ts';

export interface AddedColumns {
  readonly delimiter: string;
  readonly fields: readonly OutputColumn[];
  readonly language: Language;
}

/** Writes the added cells of a batch of rows: one CSV line each, without line end, in the order of the rows. */
export type AddedLines = (rows: readonly JudgedOutcome[]) => readonly string[];

/**
 * Renders the added cells of each distinct answer once: most questions of a file share a few answers, which the cache
 * hands out as the same object. An answer with figures of its own (confidence, note, remark, unpaid, settled) is rendered every time.
 */
export function addedLines(columns: AddedColumns): AddedLines {
  const known = new WeakMap<Detection, Map<string, string>>();

  return (rows) => {
    const lines = rows.map((row) => remembered(known, row)?.get(variant(row)));
    const missing = rows.flatMap((_, index) => (lines[index] === undefined ? [index] : []));
    const rendered = csvLines(
      missing.map((index) => renderCells(columns.fields, rows[index] as JudgedOutcome, columns.language)),
      columns.delimiter,
    );
    for (const [position, index] of missing.entries()) {
      const row = rows[index] as JudgedOutcome;
      const line = rendered[position] ?? '';
      lines[index] = line;
      remembered(known, row)?.set(variant(row), line);
    }
    return lines as readonly string[];
  };
}

/** Cells as CSV lines. They hold no line break (`renderCells`), so that one call serves a batch. */
export function csvLines(records: readonly (readonly string[])[], delimiter: string): readonly string[] {
  if (records.length === 0) return [];
  return stringify(records as string[][], { delimiter, record_delimiter: '\n', eof: false }).split('\n');
}

/** The lines rendered so far for a row's answer; undefined where they cannot be used again. */
function remembered(
  known: WeakMap<Detection, Map<string, string>>,
  { outcome }: JudgedOutcome,
): Map<string, string> | undefined {
  if (outcome.kind !== 'answered') return undefined;
  const { confidence, note, remark, isUnpaid, settled } = outcome;
  const isOwn = [confidence, note, remark, isUnpaid, settled].some((one) => one !== undefined);
  if (isOwn) return undefined;
  let lines = known.get(outcome.detection);
  if (lines === undefined) {
    lines = new Map();
    known.set(outcome.detection, lines);
  }
  return lines;
}

/** What else than the answer decides how its cells look. */
function variant({ outcome, judgement }: JudgedOutcome): string {
  const source = outcome.kind === 'answered' ? outcome.source : '';
  return `${judgement.status}|${judgement.verdict}|${judgement.codFlag}|${judgement.orderError}|${judgement.paymentLimit}|${judgement.doubt}|${source}`;
}
