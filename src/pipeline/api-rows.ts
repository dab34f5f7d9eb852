import type { Source } from '../address/outcome.ts';
import type { CsvRow } from '../csv/cells.ts';
import { GorodError } from '../errors.ts';
import { JOB_TEXTS } from './texts.ts';

const API_SOURCES: ReadonlySet<string> = new Set(['api', 'cache', 'inferred'] satisfies Source[]);

/** Whether an API was asked about an enriched row, by its cells: no other detector defers one. */
export function isOfApi(verdict: string | undefined, source: string | undefined): boolean {
  return verdict === 'retry' || API_SOURCES.has(source ?? '');
}

/**
 * The batches as they are. Throws GorodError BAD_KEY, naming the file, at the first row about which an API would have to be
 * asked: what another detector says in its place would look like an answer.
 */
export async function* withoutApiRows(
  batches: AsyncIterable<readonly CsvRow[]>,
  isApiRow: (row: CsvRow) => boolean,
  name: string,
): AsyncGenerator<readonly CsvRow[], void> {
  for await (const rows of batches) {
    if (rows.some(isApiRow)) throw new GorodError('BAD_KEY', JOB_TEXTS.needsApi(name));
    yield rows;
  }
}
