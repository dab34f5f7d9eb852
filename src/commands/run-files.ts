import { mkdir } from 'node:fs/promises';
import type { JudgementRules } from '../address/verdict.ts';
import { addMeter, type DetectorConfig, emptyMeter, type Meter, planDetector } from '../compose.ts';
import type { Values } from '../config/option.ts';
import type { RUN_OPTIONS } from '../config/run-options.ts';
import { textChoice } from '../config/text-options.ts';
import { GorodError } from '../errors.ts';
import { findInputs } from '../inputs/find-inputs.ts';
import { type PlannedFile, planOutputs } from '../inputs/output-paths.ts';
import type { Job } from '../pipeline/job.ts';
import { OUTPUT_COLUMNS } from '../pipeline/output-columns.ts';
import { addTally, emptyTally } from '../pipeline/tally.ts';
import { finish, judgementRules } from './finish.ts';
import { type NewFile, newFiles } from './new-files.ts';
import type { ReportDraft } from './report-file.ts';
import { runFile } from './run-file.ts';
import { say, type Terminal } from './terminal.ts';
import { collectTroubles } from './troubles.ts';

export type RunConfig = DetectorConfig & Values<typeof RUN_OPTIONS>;

/** Enriches each input in turn, then tells how it went. Throws GorodError. */
export async function runFiles(args: readonly string[], config: RunConfig, terminal: Terminal): Promise<void> {
  if (args.length === 0) throw new GorodError('BAD_OPTION', 'name a file or a folder to enrich, or - for stdin.');
  const startedAt = Date.now();
  const files = planOutputs(await findInputs(args), config);
  const rules = await judgementRules(config);
  const report = await openReport(config, files);
  const plan = await planDetector(config, terminal.env);
  say(`gorod: ${plan.described}\n`, config, terminal);
  if (!config.dryRun && config.outputDir !== undefined) await makeFolder(config.outputDir);
  using found = await newFiles(files, config, plan);
  const toDo = found.files.map((file) => ({ ...file, job: toJob(file, config, rules) }));
  if (config.dryRun) {
    const { dryRun } = await import('./dry-run.ts');
    return dryRun(toDo, { config, plan, terminal, startedAt });
  }

  const tally = emptyTally();
  const asked = emptyMeter();
  const onAsked = (part: Readonly<Meter>) => addMeter(asked, part);
  const deferring: string[] = [];
  const troubles = collectTroubles(files, terminal);
  let written = 0;
  for (const { job, done, folder } of toDo) {
    await troubles.during(folder, async () => {
      const collector = report?.collector(job.input);
      const part = await runFile(job, { config, plan, terminal, onAsked }, done, collector);
      if (part === undefined) return;
      written += 1;
      if (part.deferred > 0) deferring.push(job.output);
      addTally(tally, part);
      if (collector !== undefined) report?.add(job.input, part, collector);
    });
  }
  if (found.report !== undefined) say(`gorod: ${args.join(', ')}: ${found.report}\n`, config, terminal);
  // Nothing happened that a summary could tell of, and cron sends every line by mail.
  if (written > 0 || config.summary !== undefined) {
    await finish({ tally, asked, plan, startedAt, report }, config, terminal);
  }
  if (files.length > 1 && deferring.length > 0) {
    say(`gorod: rows are deferred in ${deferring.join(', ')}\n`, config, terminal);
  }
  troubles.exit();
}

async function openReport(
  { report, lang }: RunConfig,
  files: readonly PlannedFile[],
): Promise<ReportDraft | undefined> {
  if (report === undefined) return undefined;
  const { draftReport } = await import('./report-file.ts');
  return draftReport(
    report,
    lang,
    files.flatMap(({ path, output }) => [path, output]),
  );
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new GorodError('OUTPUT_FAILED', `--output-dir: cannot make ${folder}: ${reason}`, { cause });
  }
}

/** A file with the job that does it. */
export interface FileToDo extends NewFile {
  readonly job: Job;
}

function toJob({ path, output }: PlannedFile, config: RunConfig, rules: JudgementRules): Job {
  return {
    input: path,
    output,
    columns: config.columns ?? {},
    preset: config.preset,
    delimiter: config.delimiter,
    sheet: config.sheet,
    ...textChoice(config),
    badRows: config.badRows,
    maxRowBytes: config.maxRowBytes,
    limit: config.limit,
    prefix: config.prefix,
    fields: config.fields ?? OUTPUT_COLUMNS,
    overwriteColumns: config.overwriteColumns,
    language: config.lang,
    defaults: { country: config.country, fiasOnly: config.fiasOnly },
    rules,
    maxOpenQuestions: Math.max(64, 4 * config.concurrency),
  };
}
