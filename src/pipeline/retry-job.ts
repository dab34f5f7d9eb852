import { resolve } from 'node:path';
import { findColumns } from '../columns/find-columns.ts';
import { orderRows } from '../columns/order-rows.ts';
import { sampleRows } from '../columns/sample-rows.ts';
import type { CsvRow } from '../csv/cells.ts';
import { fieldSpans } from '../csv/field-spans.ts';
import { GorodError } from '../errors.ts';
import { type Table, withTable } from '../formats/open-table.ts';
import { outputFormat } from '../formats/output-format.ts';
import { outputText } from '../formats/output-text.ts';
import { packingOf } from '../formats/pack.ts';
import { csvLines } from './added-lines.ts';
import { isOfApi, withoutApiRows } from './api-rows.ts';
import { assertExpressible, type WrittenRecord } from './assert-expressible.ts';
import { bytesOf, enrich } from './enrich.ts';
import type { Job, JobContext } from './job.ts';
import { knownHeaders } from './known-headers.ts';
import { legible } from './legible.ts';
import { numericColumns, OUTPUT_COLUMNS, type OutputColumn, renderCells } from './output-columns.ts';
import { openOutputFile } from './output-file.ts';
import type { EnrichedRow } from './row-judgement.ts';
import { inSmallBatches } from './row-stream.ts';
import { splitOutput } from './split.ts';
import { count } from './tally.ts';
import { JOB_TEXTS } from './texts.ts';

/** Which rows of an enriched file are asked again: those with this verdict; with `retry` also local ones not accepted. */
export type RetriedVerdict = 'retry' | 'review';

export type RetryJob = Omit<Job, 'fields' | 'overwriteColumns' | 'badRows' | 'limit'> & {
  readonly only: RetriedVerdict;
  /** Whether rows about which an API was asked are not to be answered, for nobody is at hand who speaks for it. */
  readonly isWithoutApi?: boolean;
};

/**
 * Asks the chosen rows of an enriched file again and writes the file anew. Every other row, and the shop's own part of
 * those, stays as it is. Throws GorodError; the file is then untouched.
 */
export async function runRetry(job: RetryJob, context: JobContext): Promise<void> {
  // What cannot be written is said before anything is read.
  outputFormat(job.output);
  const { stdin, signal } = context;
  await withTable(
    job.input,
    { ...job, stdin, signal, badRows: 'keep', longRows: 'stop', headerWords: knownHeaders },
    (table) => rewriteTable(table, job, context),
  );
}

async function rewriteTable(table: Table, job: RetryJob, context: JobContext): Promise<void> {
  if (table.hasOtherSheets === true && resolve(job.output) === resolve(job.input)) {
    throw new GorodError('BAD_OPTION', JOB_TEXTS.otherSheets(table.name));
  }
  context.onOpened?.(table);
  for (const remark of table.remarks) context.onRemark(remark);
  const headers = table.header.cells;
  const added = addedColumns(headers, job);
  const verdict = added.find(({ field }) => field === 'verdict')?.column;
  if (verdict === undefined) {
    throw new GorodError('BAD_COLUMNS', JOB_TEXTS.notEnriched(table.name, `${job.prefix}verdict`));
  }
  const { sample, batches } = await sampleRows(table.batches, headers.length);
  const found = findColumns({
    file: table.name,
    headers,
    sample,
    choice: job.columns,
    preset: job.preset,
    added: new Set(added.map(({ column }) => column)),
  });
  context.onColumns(found, headers);
  const { delimiter, eol } = table.dialect;
  const source = added.find(({ field }) => field === 'source')?.column;
  const isChosen = ({ broken, cells }: CsvRow) =>
    !broken && cells.length === headers.length && isOpen(cells[verdict], cells[source ?? -1], job.only);
  const isApiRow = (row: CsvRow) => isChosen(row) && isOfApi(row.cells[verdict], row.cells[source ?? -1]);
  const waiting: CsvRow[] = [];
  const orders = orderRows(inSmallBatches(batches), found.map);
  const orderly = job.isWithoutApi === true ? withoutApiRows(orders.batches, isApiRow, table.name) : orders.batches;
  const chosen = chosenRows(orderly, waiting, isChosen, context);
  const text = outputText({ ...job, input: table });
  const assertText = assertExpressible({ ...text, name: table.name, delimiter, headers });
  assertText(table.header.text, () => [{ row: table.header, text: table.header.text }]);
  const pack = packingOf(outputFormat(job.output), {
    ...text,
    name: job.output,
    delimiter,
    numericColumns: numericColumns(job.prefix),
  });
  const output = await openOutputFile(job.output, { pack });
  let setAside: (() => Promise<void>) | undefined;
  try {
    await output.write((text.bom ? '\ufeff' : '') + table.header.text + eol);
    const settings = { ...job, columns: found.map, width: headers.length, addressRow: orders.addressRow };
    for await (const batch of enrich(chosen, legible(context.detector, text.encoding), settings, context.signal)) {
      const rewritten = new Map(batch.map((row) => [row.row, rewrite(row, added, delimiter, job)]));
      const records = takeAnswered(waiting, isChosen, rewritten);
      const lines = records.map((record) => record.text + eol).join('');
      assertText(lines, () => records);
      await output.write(lines);
      context.tally.rowsOut += records.length - batch.length;
      for (const row of batch) count(context.tally, row);
      context.onWritten(batch.length, bytesOf(batch));
      context.signal.throwIfAborted();
    }
    if (context.tally.rowsIn !== context.tally.rowsOut) {
      throw new GorodError('ROW_COUNT', JOB_TEXTS.retryRowsLost(table.name));
    }
    await table.assertUnchanged();
    setAside = await context.keepParts?.(job.output);
    await output.commit();
  } catch (error) {
    await output.discard();
    throw error;
  }
  if (job.split !== true) return;
  const { stdin, signal } = context;
  await setAside?.();
  await splitOutput(job.output, { ...job, ...text, delimiter, eol, stdin, signal });
}

/** Whether a row waits for another answer; a local one that is not accepted may have stood in for the API's. */
function isOpen(verdict: string | undefined, source: string | undefined, only: RetriedVerdict): boolean {
  return verdict === only || (only === 'retry' && source === 'local' && verdict !== 'accept');
}

interface AddedColumn {
  readonly column: number;
  readonly field: OutputColumn;
}

/** Where gorod's columns stand in the file, wherever they were moved to. */
function addedColumns(headers: readonly string[], { prefix }: RetryJob): readonly AddedColumn[] {
  return headers.flatMap((header, column) => {
    const field = OUTPUT_COLUMNS.find((name) => header.trim() === prefix + name);
    return field === undefined ? [] : [{ column, field }];
  });
}

/** Hands on the chosen rows of every batch; all rows are put in line for writing. */
async function* chosenRows(
  batches: AsyncIterable<readonly CsvRow[]>,
  waiting: CsvRow[],
  isChosen: (row: CsvRow) => boolean,
  { tally }: JobContext,
): AsyncGenerator<readonly CsvRow[], void> {
  for await (const rows of batches) {
    tally.rowsIn += rows.length;
    waiting.push(...rows);
    yield rows.filter(isChosen);
  }
}

/** Takes the rows from the head of the line up to the first chosen one that has no answer yet, as they are to be written. */
function takeAnswered(
  waiting: CsvRow[],
  isChosen: (row: CsvRow) => boolean,
  rewritten: ReadonlyMap<CsvRow, string>,
): readonly WrittenRecord[] {
  const stop = waiting.findIndex((row) => isChosen(row) && !rewritten.has(row));
  const taken = waiting.splice(0, stop === -1 ? waiting.length : stop);
  return taken.map((row) => ({ row, text: rewritten.get(row) ?? row.text }));
}

/** The record with gorod's cells replaced and every other byte as it was. */
function rewrite(row: EnrichedRow, added: readonly AddedColumn[], delimiter: string, { language }: RetryJob): string {
  const { text } = row.row;
  const spans = fieldSpans(text, delimiter);
  const cells = renderCells(
    added.map(({ field }) => field),
    row,
    language,
  );
  const quoted = csvLines(
    cells.map((cell) => [cell]),
    delimiter,
  );
  let result = '';
  let from = 0;
  for (const [index, { column }] of added.entries()) {
    const span = spans[column];
    if (span === undefined) continue;
    result += text.slice(from, span.start) + (quoted[index] ?? '');
    from = span.end;
  }
  return result + text.slice(from);
}
