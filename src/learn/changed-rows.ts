import type { Table } from '../formats/open-table.ts';
import { destinationOf, type EnrichedSettings, enrichedRows } from './enriched-rows.ts';

/** A row of a part of `--split` by what it says of where it goes. */
export interface DestinedRow {
  /** The line, from 1, on which it begins. */
  readonly line: number;
  readonly destination: string;
}

/**
 * The lines of a part whose postcode or address no row of the whole output has: a person, or a spreadsheet, has written
 * over them. Throws GorodError where the output cannot be read, or its columns not be found.
 */
export async function changedRows(
  rows: readonly DestinedRow[],
  output: Table,
  settings: EnrichedSettings,
): Promise<readonly number[]> {
  const sought = new Map<string, number[]>();
  for (const { line, destination } of rows) sought.set(destination, [...(sought.get(destination) ?? []), line]);
  const { found, batches } = await enrichedRows(output, settings);
  const width = output.header.cells.length;
  for await (const batch of batches) {
    if (sought.size === 0) break;
    for (const { cells, broken } of batch) {
      if (!broken && cells.length === width) sought.delete(destinationOf(cells, found.map));
    }
  }
  return [...sought.values()].flat().sort((one, other) => one - other);
}
