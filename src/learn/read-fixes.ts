import type { QueryDefaults } from '../address/cells.ts';
import type { Invalid } from '../address/outcome.ts';
import type { AddressQuery } from '../address/query.ts';
import { toRowQuestion } from '../address/row-question.ts';
import type { ColumnChoice } from '../columns/column-choice.ts';
import { findColumns } from '../columns/find-columns.ts';
import { orderRows } from '../columns/order-rows.ts';
import type { PresetName } from '../columns/presets.ts';
import { queryCells } from '../columns/query-cells.ts';
import type { FoundColumns } from '../columns/roles.ts';
import { sampleRows } from '../columns/sample-rows.ts';
import { GorodError } from '../errors.ts';
import type { Table } from '../formats/open-table.ts';
import { FIX_COLUMNS, type FixColumn, findFixColumns } from '../pipeline/fix-columns.ts';
import { OUTPUT_COLUMNS } from '../pipeline/output-columns.ts';
import { type Fix, isFilled, parseFix, type Refused, refused } from './parse-fix.ts';

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
}

export interface ReviewSettings {
  readonly columns: ColumnChoice;
  readonly preset: PresetName | undefined;
  /** What the names of gorod's own columns begin with. */
  readonly prefix: string;
  readonly defaults: QueryDefaults;
}

/** Reads the rows that a person has filled in. Throws GorodError BAD_COLUMNS for a file without fix columns. */
export async function readFixes(table: Table, settings: ReviewSettings): Promise<ReviewFile> {
  const headers = table.header.cells;
  const fixes = findFixColumns(headers);
  if (fixes.size === 0) {
    throw new GorodError(
      'BAD_COLUMNS',
      `${table.name}: has none of the columns ${FIX_COLUMNS.join(', ')}; is it a review file of gorod run --split?`,
    );
  }
  const own = new Set(OUTPUT_COLUMNS.map((name) => (settings.prefix + name).toLowerCase()));
  const added = headers.flatMap((header, column) => (own.has(header.trim().toLowerCase()) ? [column] : []));
  const { sample, batches } = await sampleRows(table.batches, headers.length);
  const found = findColumns({
    file: table.name,
    headers,
    sample,
    choice: settings.columns,
    preset: settings.preset,
    added: new Set([...added, ...fixes.values()]),
  });
  const orders = orderRows(batches, found.map);
  // What nobody has settled yet is to be settled here.
  const defaults = { ...settings.defaults, isSettled: () => true };
  const filled: FilledRow[] = [];
  let unfilled = 0;
  for await (const rows of orders.batches) {
    for (const row of rows) {
      const { line } = row;
      if (row.broken || row.cells.length !== headers.length) {
        filled.push({ line, query: undefined, fix: refused('the row is broken; its cells do not fit the header') });
        continue;
      }
      const cells = fixCells(row.cells, fixes);
      if (!isFilled(cells)) {
        unfilled += 1;
        continue;
      }
      // An amount decides nothing about the city.
      const asked = { ...queryCells(orders.addressRow(row).cells, found.map), cod: '', codDefect: undefined };
      const { query } = toRowQuestion(asked, defaults);
      if ('kind' in query)
        filled.push({ line, query: undefined, fix: refused(WHY_NO_QUESTION[query.status] ?? query.status) });
      else filled.push({ line, query, fix: parseFix(cells, query) });
    }
  }
  return { found, headers, filled, unfilled };
}

const WHY_NO_QUESTION: Readonly<Partial<Record<Invalid['status'], string>>> = {
  ERR_NO_ADDRESS: 'the row has no address by which it could be known again; correct the input itself',
  ERR_BAD_COUNTRY: 'the country is not Russia; correct the input itself',
};

function fixCells(cells: readonly string[], columns: ReadonlyMap<FixColumn, number>): Record<FixColumn, string> {
  const cell = (name: FixColumn) => cells[columns.get(name) ?? -1] ?? '';
  return { fix_postcode: cell('fix_postcode'), fix_address: cell('fix_address'), fix_city_code: cell('fix_city_code') };
}
