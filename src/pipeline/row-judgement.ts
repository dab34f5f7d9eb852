import type { QueryDefaults } from '../address/cells.ts';
import type { Invalid, Outcome } from '../address/outcome.ts';
import type { AddressQuery } from '../address/query.ts';
import { type RowQuestion, toRowQuestion } from '../address/row-question.ts';
import { type JudgementRules, judge } from '../address/verdict.ts';
import { queryCells } from '../columns/query-cells.ts';
import type { ColumnMap } from '../columns/roles.ts';
import type { CsvRow } from '../csv/cells.ts';
import type { JudgedOutcome } from './output-columns.ts';

/** How the rows of a file are read and judged. */
export interface RowSettings {
  readonly columns: ColumnMap;
  /** Columns of the header; a row with another number of cells is ERR_BAD_ROW. */
  readonly width: number;
  readonly defaults: QueryDefaults;
  readonly rules: JudgementRules;
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

/** The question that a row asks, or why it asks none. */
export function rowQuestion(
  row: CsvRow,
  { columns, width, defaults, addressRow }: Omit<RowSettings, 'rules'>,
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
