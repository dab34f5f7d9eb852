import { mkdir } from 'node:fs/promises';
import type { JudgementRules } from '../../address/verdict.ts';
import {
  addMeter,
  type DetectorConfig,
  emptyMeter,
  type Meter,
  type Plan,
  planDetector,
} from '../../compose/compose.ts';
import type { Values } from '../../config/option.ts';
import type { RUN_OPTIONS } from '../../config/run-options.ts';
import { textChoice } from '../../config/text-options.ts';
import { GorodError } from '../../errors.ts';
import { writeTrouble } from '../../file-trouble.ts';
import { findInputs } from '../../inputs/find-inputs.ts';
import { type PlannedFile, planOutputs } from '../../inputs/output-paths.ts';
import type { Job } from '../../pipeline/job.ts';
import { OUTPUT_COLUMNS } from '../../pipeline/output-columns.ts';
import { assertSplittable, splitPaths } from '../../pipeline/split-paths.ts';
import { addTally, emptyTally } from '../../pipeline/tally.ts';
import type { FileCounts } from '../../report/next-steps.ts';
import { judgementRules } from '../judgement-rules.ts';
import { learnCommandLine } from '../learn/learn-command.ts';
import { type Terminal, tell } from '../terminal.ts';
import { collectTroubles } from '../troubles.ts';
import { finish } from './finish.ts';
import { keepHeapModest } from './modest-heap.ts';
import { newFiles } from './new-files.ts';
import { openReport } from './open-report.ts';
import { retryCommandLine } from './retry-command.ts';
import { runFile } from './run-file.ts';
import { stalePartsLine } from './stale-parts.ts';
import { RUN_TEXTS } from './texts.ts';

export type RunConfig = DetectorConfig & Values<typeof RUN_OPTIONS>;

/** Enriches each input in turn, then tells how it went. Throws GorodError. */
export async function runFiles(args: readonly string[], config: RunConfig, terminal: Terminal): Promise<void> {
  if (args.length === 0) throw new GorodError('BAD_OPTION', RUN_TEXTS.nameRunInput);
  keepHeapModest();
  const startedAt = Date.now();
  const files = planOutputs(await findInputs(args), config);
  assertCanSplit(files, config);
  const rules = await judgementRules(config);
  const report = await openReport(
    config,
    files.flatMap(({ path, output }) => [path, output]),
  );
  const plan = await planDetector(config, terminal.env);
  tell(
    { level: 'info', event: 'detector', text: plan.described[config.lang], fields: { detector: plan.kind } },
    config,
    terminal,
  );
  if (!config.dryRun && config.outputDir !== undefined) await makeFolder(config.outputDir);
  const jobOf = (file: PlannedFile) => toJob(file, config, rules, plan);
  using found = await newFiles(files, { config, plan, terminal, jobOf });
  if (config.dryRun) {
    const { dryRun } = await import('./dry-run.ts');
    return dryRun(found.files, { config, plan, terminal, startedAt });
  }

  const tally = emptyTally();
  const asked = emptyMeter();
  const onAsked = (part: Readonly<Meter>) => addMeter(asked, part);
  const inference = { isOff: false };
  const counts: FileCounts[] = [];
  const troubles = collectTroubles(files, config, terminal);
  for (const { job, done, folder } of found.files) {
    const failure = await troubles.during(folder, async () => {
      const collector = report?.collector(job.input);
      const part = await runFile(job, { config, plan, terminal, inference, onAsked }, done, collector);
      if (part === undefined) return;
      counts.push({ output: job.output, tally: part, ...(config.split ? { parts: splitPaths(job.output) } : {}) });
      addTally(tally, part);
      if (collector !== undefined) report?.add(job.input, part, collector);
    });
    if (failure !== undefined) report?.fail(job.input, failure.code);
  }
  if (!config.split) {
    const own = files.flatMap(({ path, output }) => [path, output]);
    const outputs = counts.map(({ output }) => output);
    const stale = stalePartsLine(outputs, own, config.lang);
    if (stale !== undefined) tell(stale, config, terminal);
  }
  for (const report of found.reports) {
    const text = RUN_TEXTS.about(args.join(', '), report)[config.lang];
    tell({ level: 'info', event: 'folder', text }, config, terminal);
  }
  // Nothing happened that a summary could tell of, and cron sends every line by mail.
  if (counts.length > 0 || config.summary !== undefined) {
    const hasVerdict = (config.fields ?? OUTPUT_COLUMNS).includes('verdict');
    const verdictColumn = hasVerdict ? `${config.prefix}verdict` : undefined;
    const learn = config.split ? (part: string) => learnCommandLine(part, config) : undefined;
    const retry = (output: string) => retryCommandLine(output, config, plan);
    const done = { tally, asked, plan, startedAt, files: counts, verdictColumn, retry, learn, report };
    await finish(done, config, terminal);
  }
  troubles.exit();
}

function assertCanSplit(files: readonly PlannedFile[], { split, fields = OUTPUT_COLUMNS }: RunConfig): void {
  if (!split) return;
  if (!fields.includes('verdict')) throw new GorodError('BAD_OPTION', '--split: needs the verdict among --fields.');
  assertSplittable(files);
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && (cause.code === 'EEXIST' || cause.code === 'ENOTDIR')) {
      throw new GorodError('BAD_OPTION', RUN_TEXTS.fileForFolder(folder), { cause });
    }
    throw new GorodError('OUTPUT_FAILED', RUN_TEXTS.noFolderMade(folder, writeTrouble(cause)), { cause });
  }
}

function toJob({ path, output }: PlannedFile, config: RunConfig, rules: JudgementRules, plan: Plan): Job {
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
    split: config.split,
    language: config.lang,
    defaults: { country: config.country, fiasOnly: config.fiasOnly },
    rules,
    maxOpenQuestions: Math.max(64, 4 * config.concurrency),
    commands: { retry: retryCommandLine(path, config, plan), learn: learnCommandLine(path, config) },
  };
}
