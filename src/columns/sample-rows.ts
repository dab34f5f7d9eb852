/** A row as the sampling sees it. */
interface SampledRow {
  readonly cells: readonly string[];
  readonly broken: boolean;
  readonly pieces?: AsyncIterable<string>;
}

/** Enough to tell postcodes from order numbers; a file's habits rarely change later. */
const SAMPLE_ROWS = 300;
const SAMPLE_CHARS = 1 << 20;

export interface Sampled<Row, Rest = readonly Row[]> {
  /** The cells of the first sound rows. */
  readonly sample: readonly (readonly string[])[];
  /** All rows, the sampled ones included, in the same batches; those behind them as `rest` has them. */
  readonly batches: AsyncIterable<readonly Row[] | Rest>;
}

/**
 * Looks at the first rows, those of `width` cells, and puts them back. What fails to be read fails when its turn comes, so that whoever wants
 * only the rows before it never meets the error. `rest`: what `batches` has not handed out yet, in another shape.
 */
export async function sampleRows<Row extends SampledRow, Rest = readonly Row[]>(
  batches: AsyncIterable<readonly Row[]>,
  width: number,
  rest?: AsyncIterable<Rest>,
): Promise<Sampled<Row, Rest>> {
  const source = batches[Symbol.asyncIterator]();
  const held: (readonly Row[])[] = [];
  const sample: (readonly string[])[] = [];
  let chars = 0;
  let failure: { readonly error: unknown } | undefined;
  while (sample.length < SAMPLE_ROWS && chars < SAMPLE_CHARS) {
    const next = await source.next().catch((error: unknown) => {
      failure = { error };
    });
    if (next === undefined || next.done === true) break;
    held.push(next.value);
    for (const { cells, broken } of next.value) {
      if (broken || cells.length !== width || sample.length === SAMPLE_ROWS) continue;
      sample.push(cells);
      chars += cells.reduce((sum, cell) => sum + cell.length, 0);
    }
    // A row in pieces is gone as soon as the next batch is asked for.
    if (next.value.some((row) => row.pieces !== undefined)) break;
  }

  async function* replayed(): AsyncGenerator<readonly Row[] | Rest, void> {
    try {
      for (let batch = held.shift(); batch !== undefined; batch = held.shift()) yield batch;
      if (failure !== undefined) throw failure.error;
      if (rest !== undefined) return yield* rest;
      for (;;) {
        const next = await source.next();
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      await source.return?.();
    }
  }

  return { sample, batches: replayed() };
}
