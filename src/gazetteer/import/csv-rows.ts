import { CsvError, parse } from 'csv-parse/sync';
import { sniffDialect } from '../../csv/dialect.ts';
import { GorodError } from '../../errors.ts';
import { RowRefused } from './imported-rows.ts';

/** One record of a CSV file. */
export interface CsvRow {
  /** The line on which the record ends, from 1. */
  readonly line: number;
  /** The cell of a column, undefined when the file has no such column. Refuses a row of another length than the header. */
  cell(column: string): string | undefined;
}

interface ParsedRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** The columns of a CSV text, whatever its delimiter, and its records. A broken quote is GorodError BAD_INPUT with file and line. */
export function csvRows(
  file: string,
  text: string,
): { readonly columns: readonly string[]; readonly rows: readonly CsvRow[] } {
  const [header, ...body] = parseRecords(file, text);
  const columns = (header?.record ?? []).map((column) => column.trim().toLowerCase());
  const positions = new Map(columns.map((column, position) => [column, position]));
  const rows = body.map(({ record, info }) => ({
    line: info.lines,
    cell(column: string) {
      if (record.length !== columns.length) {
        throw new RowRefused(`${record.length} cells instead of ${columns.length}`);
      }
      const position = positions.get(column);
      return position === undefined ? undefined : record[position];
    },
  }));
  return { columns, rows };
}

function parseRecords(file: string, text: string): readonly ParsedRecord[] {
  try {
    // csv-parse types records of `info: true` as plain ones.
    const records: unknown = parse(text, {
      bom: true,
      delimiter: sniffDialect(text).delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    });
    return records as readonly ParsedRecord[];
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw new GorodError('BAD_INPUT', `${file}: ${cause.message}`, { cause });
  }
}
