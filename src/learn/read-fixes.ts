import type { QueryDefaults } from '../address/cells.ts';
import type { Invalid } from '../address/outcome.ts';
import type { AddressQuery } from '../address/query.ts';
import { toRowQuestion } from '../address/row-question.ts';
import { orderRows } from '../columns/order-rows.ts';
import { queryCells } from '../columns/query-cells.ts';
import type { FoundColumns } from '../columns/roles.ts';
import { GorodError } from '../errors.ts';
import type { Table } from '../formats/open-table.ts';
import { phrase, type Texts } from '../languages.ts';
import { FIX_COLUMNS, type FixColumn, findFixColumns } from '../pipeline/fix-columns.ts';
import type { DestinedRow } from './changed-rows.ts';
import { destinationOf, type EnrichedSettings, enrichedRows } from './enriched-rows.ts';
import { type Fix, isFilled, parseFix, type Refused, refused } from './parse-fix.ts';
import { REFUSALS } from './refusals.ts';

/** A row that a person has filled in. */
export interface FilledRow {
  /** The line, from 1, on which it begins. */
  readonly line: number;
  /** The row's question, its postcode as it stands where that has no six digits; undefined where it makes none. */
  readonly query: AddressQuery | undefined;
  readonly fix: Fix | Refused;
}

/** What a review file holds. */
export interface ReviewFile {
  readonly found: FoundColumns;
  readonly headers: readonly string[];
  readonly filled: readonly FilledRow[];
  /** How many rows nobody has filled in. */
  readonly unfilled: number;
  /** All rows that are whole, filled in or not. */
  readonly rows: readonly DestinedRow[];
}

export interface ReviewSettings extends EnrichedSettings {
  readonly defaults: QueryDefaults;
}

/** Reads the rows that a person has filled in. Throws GorodError BAD_COLUMNS for a file without fix columns. */
export async function readFixes(table: Table, settings: ReviewSettings): Promise<ReviewFile> {
  const headers = table.header.cells;
  const fixes = findFixColumns(headers);
  if (fixes.size === 0) {
    throw new GorodError('BAD_COLUMNS', NO_FIX_COLUMNS(table.name, FIX_COLUMNS.join(', ')));
  }
  const { found, batches } = await enrichedRows(table, settings);
  const orders = orderRows(batches, found.map);
  // What nobody has settled yet is to be settled here.
  const defaults = { ...settings.defaults, isSettled: () => true };
  const status = headers.findIndex((header) => header.trim() === `${settings.prefix}status`);
  const filled: FilledRow[] = [];
  const whole: DestinedRow[] = [];
  let unfilled = 0;
  for await (const rows of orders.batches) {
    for (const row of rows) {
      const { line } = row;
      if (row.broken || row.cells.length !== headers.length) {
        // Among the rejected rows are those that were broken from the start.
        if (row.cells.slice(-fixes.size).every((cell) => cell.trim() === '')) unfilled += 1;
        else filled.push({ line, query: undefined, fix: refused(REFUSALS.brokenRow) });
        continue;
      }
      whole.push({ line, destination: destinationOf(row.cells, found.map) });
      const cells = fixCells(row.cells, fixes);
      if (!isFilled(cells)) {
        unfilled += 1;
        continue;
      }
      // What its cells are is a guess: nothing may be learnt of them.
      if (row.cells[status] === 'ERR_BAD_ROW') {
        filled.push({ line, query: undefined, fix: refused(REFUSALS.brokenInput) });
        continue;
      }
      // An amount decides nothing about the city.
      const asked = { ...queryCells(orders.addressRow(row).cells, found.map), cod: '', codDefect: undefined };
      const { query } = toRowQuestion(asked, defaults);
      if ('kind' in query)
        filled.push({ line, query: undefined, fix: refused(WHY_NO_QUESTION[query.status] ?? REFUSALS.noQuestion) });
      else filled.push({ line, query, fix: parseFix(cells, query) });
    }
  }
  return { found, headers, filled, unfilled, rows: whole };
}

/** Whether any row has something in a fix column. Where there is no such column, nobody has filled in anything. */
export async function hasFixes({ header, batches }: Table): Promise<boolean> {
  const fixes = [...findFixColumns(header.cells).values()];
  for await (const rows of batches) {
    for (const { cells } of rows) if (fixes.some((column) => (cells[column] ?? '').trim() !== '')) return true;
  }
  return false;
}

const WHY_NO_QUESTION: Readonly<Partial<Record<Invalid['status'], Texts>>> = {
  ERR_NO_ADDRESS: REFUSALS.noAddress,
  ERR_BAD_COUNTRY: REFUSALS.badCountry,
};

const NO_FIX_COLUMNS = phrase<[file: string, columns: string]>({
  en: (file, columns) => `${file}: has none of the columns ${columns}; is it a review file of gorod run --split?`,
  zh: (file, columns) => `${file}：没有 ${columns} 中的任何一列；它是 gorod run --split 写出的 review 文件吗？`,
  ru: (file, columns) => `${file}: нет ни одного из столбцов ${columns}; это файл review от gorod run --split?`,
});

function fixCells(cells: readonly string[], columns: ReadonlyMap<FixColumn, number>): Record<FixColumn, string> {
  const cell = (name: FixColumn) => cells[columns.get(name) ?? -1] ?? '';
  return { fix_postcode: cell('fix_postcode'), fix_address: cell('fix_address'), fix_city_code: cell('fix_city_code') };
}
