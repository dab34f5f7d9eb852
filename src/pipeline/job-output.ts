import type { Dialect } from '../csv/dialect.ts';
import type { Table } from '../formats/open-table.ts';
import { outputFormat } from '../formats/output-format.ts';
import type { OutputText } from '../formats/output-text.ts';
import { packingOf } from '../formats/pack.ts';
import { type AssertExpressible, assertExpressible } from './assert-expressible.ts';
import type { Job, JobContext } from './job.ts';
import { numericColumns } from './output-columns.ts';
import { openOutputFile, streamOutput } from './output-file.ts';
import type { Layout } from './render-rows.ts';
import { type ResumableOutput, resumable } from './resumable-output.ts';

/** Opens the output of a job, at the place from which it is gone on with. Throws GorodError OUTPUT_FAILED. */
export async function openOutput(
  { output: path, prefix }: Job,
  text: Dialect & OutputText,
  context: JobContext,
): Promise<ResumableOutput> {
  if (path === '-') return resumable(await streamOutput(context.stdout, 'stdout', text.encoding), context);
  const pack = packingOf(outputFormat(path), { ...text, name: path, numericColumns: numericColumns(prefix) });
  const keepBytes = context.journal?.resumeFrom?.outputBytes;
  return resumable(await openOutputFile(path, { keepBytes, pack }), context);
}

/** Names the columns of the output for the message about a character that cannot be written. */
export function expressing(
  { name, header }: Table,
  { dialect, replaced, prefix, fields }: Layout,
  { encoding }: OutputText,
): AssertExpressible {
  const kept = header.cells.filter((_, column) => !replaced.has(column));
  const headers = [...kept, ...fields.map((field) => prefix + field)];
  return assertExpressible({ name, encoding, delimiter: dialect.delimiter, headers });
}

/** That of the input; only where a file that is no .tsv becomes one do tabs take the place of its delimiter. */
export function outputDialect(dialect: Dialect, { input, output }: Job): Dialect {
  const wanted = outputFormat(output).delimiter;
  return wanted === undefined || outputFormat(input).delimiter === wanted ? dialect : { ...dialect, delimiter: wanted };
}
