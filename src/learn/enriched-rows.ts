import { canonicalAddress } from '../address/key.ts';
import { statedPostcode } from '../address/override.ts';
import { parsePostcode } from '../address/postcode.ts';
import type { ColumnChoice } from '../columns/column-choice.ts';
import { findColumns } from '../columns/find-columns.ts';
import type { PresetName } from '../columns/presets.ts';
import { queryCells } from '../columns/query-cells.ts';
import type { ColumnMap, FoundColumns } from '../columns/roles.ts';
import { sampleRows } from '../columns/sample-rows.ts';
import type { Table } from '../formats/open-table.ts';
import { findFixColumns } from '../pipeline/fix-columns.ts';
import { OUTPUT_COLUMNS } from '../pipeline/output-columns.ts';

/** How the columns of the shop's own part of a file are found. */
export interface EnrichedSettings {
  readonly columns: ColumnChoice;
  readonly preset: PresetName | undefined;
  /** What the names of gorod's own columns begin with. */
  readonly prefix: string;
}

export interface EnrichedRows {
  readonly found: FoundColumns;
  /** All rows, from the first one on. */
  readonly batches: Table['batches'];
}

/** Finds the columns of a file that gorod has written, its own and those for a person left aside. Throws GorodError BAD_COLUMNS. */
export async function enrichedRows(table: Table, { columns, preset, prefix }: EnrichedSettings): Promise<EnrichedRows> {
  const headers = table.header.cells;
  const own = new Set(OUTPUT_COLUMNS.map((name) => (prefix + name).toLowerCase()));
  const written = headers.flatMap((header, column) => (own.has(header.trim().toLowerCase()) ? [column] : []));
  const added = new Set([...written, ...findFixColumns(headers).values()]);
  const { sample, batches } = await sampleRows(table.batches, headers.length);
  const found = findColumns({ file: table.name, headers, sample, choice: columns, preset, added });
  return { found, batches };
}

/** What a row says of where it goes, in whatever spelling; equal for rows that ask the same. */
export function destinationOf(cells: readonly string[], columns: ColumnMap): string {
  const { postcode, address } = queryCells(cells, columns);
  const parsed = parsePostcode(postcode);
  const stated = parsed.ok && parsed.value !== '' ? parsed.value : statedPostcode(postcode);
  return `${stated}|${canonicalAddress(address)}`;
}
