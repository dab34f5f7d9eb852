import { resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { QueryDefaults } from '../address/cells.ts';
import type { JudgementRules } from '../address/verdict.ts';
import type { ColumnChoice } from '../columns/column-choice.ts';
import type { PresetName } from '../columns/presets.ts';
import type { FoundColumns } from '../columns/roles.ts';
import type { Detector } from '../detector/detector.ts';
import type { Encoding } from '../encoding/encodings.ts';
import { GorodError } from '../errors.ts';
import { type Table, withTable } from '../formats/open-table.ts';
import { outputFormat } from '../formats/output-format.ts';
import { type OutputText, outputText } from '../formats/output-text.ts';
import { fitting } from '../formats/pack.ts';
import type { Journal } from '../journal/journal.ts';
import type { Language, Texts } from '../languages.ts';
import { answerBlocks } from './at-hand/answer-block.ts';
import { atHand, type BlockAnswering } from './at-hand/at-hand.ts';
import type { StartHelpers } from './at-hand/helpers.ts';
import type { Collector } from './collector.ts';
import { type EnrichSettings, enrichOpen } from './enrich.ts';
import { expressing, openOutput, outputDialect } from './job-output.ts';
import { knownHeaders } from './known-headers.ts';
import { legible } from './legible.ts';
import type { OutputColumn } from './output-columns.ts';
import { prepareRows } from './prepare-rows.ts';
import { isVerbatim, type Layout, renderHeader, rowRenderer } from './render-rows.ts';
import { counted, skipRows } from './row-stream.ts';
import { splitOutput } from './split.ts';
import type { Tally } from './tally.ts';
import { JOB_TEXTS } from './texts.ts';
import { writeRows } from './write-rows.ts';

/** One file to enrich. */
export interface Job {
  /** A path, or `-` for stdin. */
  readonly input: string;
  /** What messages call stdin; by default that. */
  readonly stdinName?: string | undefined;
  /** A path, or `-` for stdout. */
  readonly output: string;
  readonly columns: ColumnChoice;
  /** The export that the file is; undefined where the columns have to be found. */
  readonly preset: PresetName | undefined;
  readonly delimiter: string | undefined;
  /** Name or number of the sheet to take of a spreadsheet; undefined: the first visible one. */
  readonly sheet: string | undefined;
  /** Of the input; undefined where it has to be told from the bytes. */
  readonly encoding: Encoding | undefined;
  readonly outputEncoding: Encoding | 'same';
  /** Whether a file begins with a byte-order mark; undefined where that follows the input. */
  readonly bom: boolean | undefined;
  readonly badRows: 'stop' | 'keep';
  /** A longer row is a broken one; bounds the memory. */
  readonly maxRowBytes: number;
  /** Only so many rows. */
  readonly limit: number | undefined;
  readonly prefix: string;
  readonly fields: readonly OutputColumn[];
  readonly overwriteColumns: boolean;
  /** Whether the finished output is written once more, into a file per verdict. */
  readonly split?: boolean;
  readonly language: Language;
  readonly defaults: QueryDefaults;
  readonly rules: JudgementRules;
  readonly maxOpenQuestions: number;
  /** The commands for an input that gorod has written before, with their options; absent: without any. */
  readonly commands?: { readonly retry: string; readonly learn: string };
}

/** What a job touches outside itself. */
export interface JobContext {
  readonly detector: Detector;
  readonly stdin: Readable;
  readonly stdout: Writable;
  /** When it aborts, reading and asking stop; what is written stays for the next attempt. */
  readonly signal: AbortSignal;
  /** Counts as the rows are written. */
  readonly tally: Tally;
  /** Takes the rows as they are written; undefined where nothing is told of them but the counts. */
  readonly collector?: Collector | undefined;
  /** Undefined where there is nothing to go on with later: stdin, stdout. */
  readonly journal: Journal | undefined;
  /** Starts other threads for a large file; absent where this one does all. */
  readonly startHelpers?: StartHelpers | undefined;
  /**
   * Asked before an output takes the place of an earlier one: which parts of that a person has worked on. What it gives is
   * called once the output is complete and before its parts are written, to set them aside. Absent where nothing is split.
   */
  readonly keepParts?: ((output: string) => Promise<() => Promise<void>>) | undefined;
  /** Told how the input is kept. */
  readonly onOpened?: (table: Pick<Table, 'encoding'>) => void;
  /** Told what a person should know of how the input is read. */
  readonly onRemark: (remark: Texts) => void;
  /** Told once which columns were taken. */
  readonly onColumns: (columns: FoundColumns, headers: readonly string[]) => void;
  /** Told of so many rows that have just been written, and what they took of the input. */
  readonly onWritten: (rows: number, bytes: number) => void;
}

/** Enriches one file. The output's final name appears only when every row has been written. Throws GorodError. */
export async function runJob(job: Job, context: JobContext): Promise<void> {
  if (job.input !== '-' && job.output !== '-' && resolve(job.input) === resolve(job.output)) {
    throw new GorodError('BAD_OPTION', JOB_TEXTS.ontoItself(job.output));
  }
  // What cannot be written is said before anything is read.
  outputFormat(job.output);
  const { stdin, signal } = context;
  await withTable(job.input, { ...job, stdin, signal, longRows: job.badRows, headerWords: knownHeaders }, (table) =>
    enrichTable(table, job, context),
  );
}

async function enrichTable(table: Table, job: Job, context: JobContext): Promise<void> {
  const { journal, tally } = context;
  const { name } = table;
  context.onOpened?.(table);
  for (const remark of table.remarks) context.onRemark(remark);
  const prepared = await prepareRows(table, job);
  const { headers, found, replaced, addressRow } = prepared;
  const layout: Layout = {
    ...job,
    dialect: outputDialect(table.dialect, job),
    inputDelimiter: table.dialect.delimiter,
    width: headers.length,
    replaced,
  };
  context.onColumns(found, headers);
  const text = outputText({ ...job, input: table });
  const assertText = expressing(table, layout, text);
  const head = renderHeader(table.header, layout);
  assertText(head, () => [{ row: table.header, text: head }]);
  const output = await openOutput(job, { ...layout.dialect, ...text }, context);
  let setAside: (() => Promise<void>) | undefined;
  try {
    if (journal?.resumeFrom === undefined) await output.write((text.bom ? '\ufeff' : '') + head);
    const taken = fitting(prepared.pieces, outputFormat(job.output), job.output);
    const pieces = counted(skipRows(taken, journal?.resumeFrom?.rows ?? 0), tally);
    const settings = { ...job, columns: found.map, width: layout.width, addressRow };
    const detector = legible(context.detector, text.encoding);
    const atOnce = blockAnswering(settings, layout, text, context);
    const batches = enrichOpen(atHand(pieces, atOnce), detector, settings, context.signal);
    await writeRows(batches, {
      ...context,
      output,
      render: rowRenderer(layout),
      assertText,
      // What a stream was given it may hold for longer than it takes to write.
      takeBack: job.output === '-' ? undefined : atOnce?.takeBack,
    });
    assertComplete(tally, name);
    await table.assertUnchanged();
    setAside = await context.keepParts?.(job.output);
    await output.commit();
  } catch (error) {
    await output.stop(error);
    throw error;
  }
  if (job.split !== true) return;
  await setAside?.();
  await splitOutput(job.output, { ...job, ...layout.dialect, ...text, ...reading(context) });
}

/** Undefined where records are not copied as they stand, or answers may be undone. */
function blockAnswering(
  settings: EnrichSettings,
  layout: Layout,
  { encoding }: OutputText,
  { detector, collector, startHelpers }: JobContext,
): BlockAnswering | undefined {
  // What may still be undone must not be written ahead of the rows before it.
  if (detector.settle !== undefined) return undefined;
  if (!isVerbatim(layout) || encoding !== 'utf-8') return undefined;
  const answerer = answerBlocks(detector, { ...settings, layout, newCollector: collector?.forPart });
  const { columns, defaults } = settings;
  const start = startHelpers && (() => startHelpers({ columns, defaults, layout }));
  return { ...answerer, startHelpers: start };
}

/** Splits the output of a job that was complete when its run ended early. Throws GorodError. */
export async function splitFinished(job: Job, context: Pick<JobContext, 'stdin' | 'signal'>): Promise<void> {
  const options = { ...job, ...reading(context), longRows: job.badRows, headerWords: knownHeaders };
  await withTable(job.input, options, async (table) => {
    const text = outputText({ ...job, input: table });
    await splitOutput(job.output, { ...job, ...outputDialect(table.dialect, job), ...text, ...reading(context) });
  });
}

function reading({ stdin, signal }: Pick<JobContext, 'stdin' | 'signal'>) {
  return { stdin, signal };
}

function assertComplete(tally: Tally, name: string): void {
  if (tally.rowsIn === tally.rowsOut) return;
  throw new GorodError('ROW_COUNT', JOB_TEXTS.rowsLost(name, tally.rowsIn, tally.rowsOut));
}
