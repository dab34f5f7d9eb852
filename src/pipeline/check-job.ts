import { type Table, withTable } from '../formats/open-table.ts';
import type { Collector } from './collector.ts';
import { bytesOf, enrich } from './enrich.ts';
import type { Job, JobContext } from './job.ts';
import { knownHeaders } from './known-headers.ts';
import { OUTPUT_COLUMNS } from './output-columns.ts';
import { prepareRows } from './prepare-rows.ts';
import { longRowCell } from './render-rows.ts';
import { counted, inSmallBatches } from './row-stream.ts';
import { count } from './tally.ts';

/** One file to judge. */
export type CheckJob = Omit<Job, 'output' | 'outputEncoding' | 'bom' | 'fields' | 'overwriteColumns'>;

/** What a check touches outside itself: whoever collects its rows needs not be able to go on later. */
export type CheckContext = Omit<JobContext, 'collector'> & { readonly collector?: Pick<Collector, 'add'> | undefined };

/** Judges the rows of one file as a run would, and writes nothing. Throws GorodError. */
export async function runCheck(job: CheckJob, context: CheckContext): Promise<void> {
  const { stdin, signal } = context;
  await withTable(job.input, { ...job, stdin, signal, longRows: job.badRows, headerWords: knownHeaders }, (table) =>
    checkTable(table, job, context),
  );
}

async function checkTable(table: Table, job: CheckJob, context: CheckContext): Promise<void> {
  const { tally, collector, detector, signal } = context;
  context.onOpened?.(table);
  for (const remark of table.remarks) context.onRemark(remark);
  const { headers, found, pieces, addressRow } = await prepareRows(table, {
    ...job,
    // Columns that gorod wrote before are no reason to stop, and no part of the order.
    fields: OUTPUT_COLUMNS,
    overwriteColumns: true,
  });
  context.onColumns(found, headers);
  const settings = { ...job, columns: found.map, width: headers.length, addressRow };
  for await (const batch of enrich(counted(inSmallBatches(pieces), tally), detector, settings, signal)) {
    // A row that is too long to be held has to be read off all the same.
    for await (const _ of longRowCell(batch));
    for (const row of batch) {
      count(tally, row);
      collector?.add(row);
    }
    context.onWritten(batch.length, bytesOf(batch));
    signal.throwIfAborted();
  }
  await table.assertUnchanged();
}
