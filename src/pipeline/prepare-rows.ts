import { findColumns } from '../columns/find-columns.ts';
import { orderRows } from '../columns/order-rows.ts';
import type { FoundColumns } from '../columns/roles.ts';
import { sampleRows } from '../columns/sample-rows.ts';
import type { CsvRow } from '../csv/cells.ts';
import type { RowPiece } from '../csv/row-block.ts';
import { GorodError } from '../errors.ts';
import type { Table } from '../formats/open-table.ts';
import { sentences } from '../languages.ts';
import { findFixColumns } from './fix-columns.ts';
import type { Job } from './job.ts';
import { knownHeaders } from './known-headers.ts';
import { firstRows, inSmallBatches } from './row-stream.ts';
import { JOB_TEXTS } from './texts.ts';

/** The rows of a table, and what they mean. */
export interface PreparedRows {
  readonly headers: readonly string[];
  readonly found: FoundColumns;
  /** Columns of the input that the added ones replace. */
  readonly replaced: ReadonlySet<number>;
  /** From the first one on, as far as `--limit` says; plain ones as they stand, where each is a row of its own. */
  readonly pieces: AsyncIterable<RowPiece>;
  /** The row that has the address for a row of its order. */
  readonly addressRow: (row: CsvRow) => CsvRow;
}

type Wanted = Pick<
  Job,
  'input' | 'encoding' | 'columns' | 'preset' | 'limit' | 'fields' | 'prefix' | 'overwriteColumns' | 'commands'
>;

/** Looks at the beginning of a table and finds its columns. Throws GorodError BAD_COLUMNS or BAD_OPTION. */
export async function prepareRows(table: Table, job: Wanted): Promise<PreparedRows> {
  const { name } = table;
  const headers = table.header.cells;
  // Before the columns: a file that gorod has written wants no other choice of them.
  const replaced = replacedColumns(headers, job, name);
  const { sample, batches } = await sampleRows<CsvRow, RowPiece>(table.batches, headers.length, table.pieces);
  const clues = { file: name, headers, sample, choice: job.columns, preset: job.preset, added: replaced };
  const found = hintingAtEncoding(() => findColumns(clues), table, job);
  const pieces = firstRows(batches, job.limit);
  const prepared = { headers, found, replaced };
  if (found.map.orderKey === undefined) return { ...prepared, pieces, addressRow: (row) => row };
  const orders = orderRows(inSmallBatches(pieces), found.map);
  return { ...prepared, pieces: orders.batches, addressRow: orders.addressRow };
}

/** Headers that nobody can read may be those of another encoding than the one that was given. */
function hintingAtEncoding<Found>(find: () => Found, { header, encoding }: Table, job: Wanted): Found {
  try {
    return find();
  } catch (error) {
    const isForeign = header.cells.some((cell) => /[^\p{ASCII}]/u.test(cell) && !knownHeaders.has(cell));
    if (!(error instanceof GorodError) || error.code !== 'BAD_COLUMNS') throw error;
    if (job.encoding === undefined || encoding === undefined || encoding === 'utf-8' || !isForeign) throw error;
    throw new GorodError('BAD_COLUMNS', sentences(error.texts, JOB_TEXTS.perhapsEncoding(encoding)), { cause: error });
  }
}

const MOST_SHOWN = 3;

/** The columns of the input that the added ones replace; throws BAD_COLUMNS where that was not asked for. */
function replacedColumns(headers: readonly string[], job: Wanted, name: string): ReadonlySet<number> {
  const added = new Set(job.fields.map((field) => (job.prefix + field).toLowerCase()));
  const clashes = headers.flatMap((header, column) => (added.has(header.trim().toLowerCase()) ? [column] : []));
  if (clashes.length > 0 && !job.overwriteColumns) {
    const shown = clashes.slice(0, MOST_SHOWN).map((column) => `"${headers[column]}"`);
    const more = clashes.length - shown.length;
    const names = shown.join(', ') + (more > 0 ? `, … (+${more})` : '');
    throw new GorodError('BAD_COLUMNS', alreadyThere(headers, job, name, names));
  }
  return new Set(clashes);
}

/** What to do instead with a file that gorod has written. */
function alreadyThere(headers: readonly string[], { input, prefix, commands }: Wanted, name: string, columns: string) {
  if (!headers.some((header) => header.trim() === `${prefix}verdict`)) return JOB_TEXTS.alreadyThere(name, columns);
  const { retry, learn } = commands ?? { retry: `gorod retry ${input}`, learn: `gorod learn ${input}` };
  if (findFixColumns(headers).size > 0) return JOB_TEXTS.partForReview(name, columns, learn);
  return JOB_TEXTS.alreadyEnriched(name, columns, retry);
}
