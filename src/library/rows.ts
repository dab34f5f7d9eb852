import type { CsvRow } from '../csv/cells.ts';
import { until } from '../detector/until.ts';

/** What a row has to say of one parcel. Cells are repaired as those of a file are: `RU-675000`, `1 500,00 руб.`. */
export interface AddressRow {
  /** Six digits after repair. Where it is empty, the one in the address is taken if exactly one stands there. */
  readonly postcode?: string | number | null | undefined;
  /** In any script or romanization; several parts are joined with commas. */
  readonly address: string | readonly string[] | null | undefined;
  /** Cash to collect on delivery, in roubles. A text is read as a cell of a file; absent or empty: 0. */
  readonly cod?: string | number | null | undefined;
  /** Absent or empty: the `country` of the options. */
  readonly country?: string | null | undefined;
}

/** A row of the program's own with the cells that are asked about. */
export interface SourceRow<Row> extends CsvRow {
  readonly source: Row;
}

/** Where `sourceRow` puts what. */
export const COLUMNS = { postcode: 0, address: [1], cod: 2, country: 3 } as const;

/** As many cells as `sourceRow` makes. */
export const WIDTH = 4;

/** The cells of a row; `line` is its number from 1. */
export function sourceRow<Row>(source: Row, line: number, { postcode, address, cod, country }: AddressRow) {
  const parts = typeof address === 'string' ? address : (address ?? []).filter((part) => part.trim() !== '').join(', ');
  const cells = [String(postcode ?? ''), parts, amount(cod), country ?? ''];
  return { source, line, cells, text: '', broken: false } satisfies SourceRow<Row>;
}

/** Of a number no digit is in doubt, while a text with three digits after the dot is refused: thousands or decimals? */
function amount(cod: AddressRow['cod']): string {
  if (typeof cod !== 'number') return cod ?? '';
  return String(cod).includes('.') ? `${cod}000` : String(cod);
}

const BATCH_ROWS = 128;

/**
 * Rows in batches: what is there at once, up to 128, so that a slow source is not waited for with rows in hand. Rejects
 * with the reason of `signal`, also while the source gives nothing.
 */
export async function* inBatches<Row>(
  rows: AsyncIterable<Row> | Iterable<Row>,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly Row[], void> {
  const source = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]();
  let batch: Row[] = [];
  let isOver = false;
  try {
    let next = Promise.resolve(source.next());
    while (!isOver) {
      const result = await (batch.length === 0 ? until(next, signal) : Promise.race([next, turn()]));
      if (result === undefined || batch.length === BATCH_ROWS || result.done === true) {
        if (batch.length > 0) yield batch;
        batch = [];
        isOver = result?.done === true;
      } else {
        batch.push(result.value);
        next = Promise.resolve(source.next());
        next.catch(() => {});
      }
    }
  } catch (error) {
    isOver = true;
    throw error;
  } finally {
    // A source that is silent would not end before its next row.
    const ended = isOver ? undefined : source.return?.();
    if (signal?.aborted !== true) await ended;
    else void Promise.resolve(ended).catch(() => {});
  }
}

function turn(): Promise<undefined> {
  return new Promise((resolve) => setImmediate(resolve, undefined));
}
