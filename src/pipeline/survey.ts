import type { Readable } from 'node:stream';
import type { AddressQuery } from '../address/query.ts';
import type { FoundColumns } from '../columns/roles.ts';
import { type Table, withTable } from '../formats/open-table.ts';
import type { Job } from './job.ts';
import { knownHeaders } from './known-headers.ts';
import { prepareRows } from './prepare-rows.ts';
import { rowQuestion } from './row-judgement.ts';
import { inSmallBatches } from './row-stream.ts';

/** What a file holds, found without asking anybody. */
export interface Survey {
  readonly headers: readonly string[];
  readonly found: FoundColumns;
  /** How the file is written. */
  readonly table: Omit<Table, 'batches' | 'pieces'>;
  readonly rows: number;
  /** Rows that are not worth a request, by status. */
  readonly invalid: ReadonlyMap<string, number>;
  /** Rows whose postcode is taken from their address. */
  readonly postcodesTaken: number;
  /** Rows whose address has another postcode than their cell. */
  readonly postcodesDiffering: number;
  /** Rows that owe something of which they do not say that it is collected on delivery. */
  readonly unpaid: number;
}

/** Reads a whole file as a run would and hands out the questions of its rows, a batch at a time. Throws GorodError. */
export async function surveyFile(
  job: Job,
  { stdin, signal }: { readonly stdin: Readable; readonly signal: AbortSignal },
  onQuestions: (queries: readonly AddressQuery[]) => void,
): Promise<Survey> {
  let survey: Survey | undefined;
  await withTable(
    job.input,
    { ...job, stdin, signal, longRows: job.badRows, headerWords: knownHeaders },
    async (table) => {
      survey = await surveyTable(table, job, onQuestions);
      await table.assertUnchanged();
    },
  );
  if (survey === undefined) throw new Error(`${job.input} was not read`);
  return survey;
}

async function surveyTable(
  table: Table,
  job: Job,
  onQuestions: (queries: readonly AddressQuery[]) => void,
): Promise<Survey> {
  const { headers, found, pieces, addressRow } = await prepareRows(table, job);
  const settings = { columns: found.map, width: headers.length, defaults: job.defaults, addressRow };
  const invalid = new Map<string, number>();
  const counts = { rows: 0, postcodesTaken: 0, postcodesDiffering: 0, unpaid: 0 };
  for await (const rows of inSmallBatches(pieces)) {
    const queries: AddressQuery[] = [];
    for (const row of rows) {
      const { query, remark, isUnpaid } = rowQuestion(row, settings);
      if ('kind' in query) invalid.set(query.status, (invalid.get(query.status) ?? 0) + 1);
      else queries.push(query);
      if (remark?.kind === 'taken-from-address') counts.postcodesTaken += 1;
      if (remark?.kind === 'address-has-another') counts.postcodesDiffering += 1;
      if (isUnpaid === true) counts.unpaid += 1;
    }
    counts.rows += rows.length;
    onQuestions(queries);
  }
  return { headers, found, table, invalid, ...counts };
}
