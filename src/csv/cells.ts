import { parse } from 'csv-parse/sync';
import type { RawRecord } from './records.ts';

/** A record with its cells, as many as it has. */
export interface CsvRow {
  /** The record as it stands in the file, without its line end. */
  readonly text: string;
  /** The line, from 1, on which it begins. */
  readonly line: number;
  readonly cells: readonly string[];
  /** A quotation mark is out of place: the cells are a guess. */
  readonly broken: boolean;
  /**
   * Only of a row that is too long to be held: its record in pieces, which may be read once, before the next batch is
   * asked for. `text` and `cells` are then empty, and the row is a batch of its own.
   */
  readonly pieces?: AsyncIterable<string>;
}

/** Parses the cells of a batch of records at once. Only quoted cells hold `newline`, which ended the records. */
export function parseCells(records: readonly RawRecord[], delimiter: string, newline: '\n' | '\r' = '\n'): CsvRow[] {
  const sound = records.filter((record) => !record.broken);
  const parsed = parseRecords(sound.map((record) => record.text).join(newline), delimiter, newline);
  if (parsed.length !== sound.length) {
    throw new Error(
      `csv-parse sees ${parsed.length} records where ${sound.length} were cut, near line ${records[0]?.line}`,
    );
  }
  let next = 0;
  return records.map((record) => ({
    ...record,
    cells: record.broken ? record.text.split(delimiter) : (parsed[next++] ?? []),
  }));
}

function parseRecords(text: string, delimiter: string, newline: string): string[][] {
  if (text === '') return [];
  return parse(text, { delimiter, record_delimiter: newline, relax_column_count: true });
}
