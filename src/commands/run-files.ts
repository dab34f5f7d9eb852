import { readFile, stat, writeFile } from 'node:fs/promises';
import type { JudgementRules } from '../address/verdict.ts';
import { type Composed, compose, type DetectorConfig } from '../compose.ts';
import type { Values } from '../config/option.ts';
import type { RUN_OPTIONS } from '../config/run-options.ts';
import { GorodError } from '../errors.ts';
import { noCodLimits, parseCodLimits } from '../pipeline/cod-limits.ts';
import type { ColumnMap } from '../pipeline/columns.ts';
import { defaultOutput, type Job, runJob } from '../pipeline/job.ts';
import { OUTPUT_COLUMNS } from '../pipeline/output-columns.ts';
import { emptyTally, type Tally } from '../pipeline/tally.ts';
import { type Progress, silentProgress, terminalProgress } from '../report/progress.ts';
import { renderSummary, type Summary, summarize } from '../report/summary.ts';
import { THRESHOLDS } from '../toponym/thresholds.ts';
import { gorodVersion } from '../version.ts';
import { SOME_DEFERRED, type Terminal } from './terminal.ts';

export type RunConfig = DetectorConfig & Values<typeof RUN_OPTIONS>;

/** Enriches each input in turn with one detector, then tells how it went. Throws GorodError. */
export async function runFiles(inputs: readonly string[], config: RunConfig, terminal: Terminal): Promise<void> {
  if (inputs.length > 1 && config.output !== undefined) {
    throw new GorodError('BAD_OPTION', '--output names one file; leave it out to write each result beside its input.');
  }
  const startedAt = Date.now();
  const tally = emptyTally();
  const rules = await judgementRules(config);
  const composed = await compose(config, terminal.env, terminal.signal);
  try {
    for (const warning of composed.warnings) terminal.stderr.write(`gorod: ${warning}\n`);
    say(`gorod: ${composed.described}\n`, config, terminal);
    for (const input of inputs) await runFile(toJob(input, config, rules), composed, tally, config, terminal);
  } finally {
    composed.close();
  }
  const summary = summarize({
    tally,
    ...composed.meter,
    detector: composed.detector.id,
    settings: config,
    startedAt,
    finishedAt: Date.now(),
    gorodVersion: gorodVersion(),
  });
  await tell(summary, config, terminal);
  if (tally.deferred + tally.fallbacks > 0) terminal.exit(SOME_DEFERRED);
}

async function judgementRules(config: RunConfig): Promise<JudgementRules> {
  const file = config.codLimits;
  const limitOf = file === undefined ? noCodLimits : parseCodLimits(await readOption('--cod-limits', file), file);
  return { limitOf, acceptConfidence: THRESHOLDS.accept };
}

function toJob(input: string, config: RunConfig, rules: JudgementRules): Job {
  return {
    input,
    output: config.output ?? defaultOutput(input),
    columns: config.columns ?? {},
    delimiter: config.delimiter,
    badRows: config.badRows,
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

async function runFile(
  job: Job,
  composed: Composed,
  tally: Tally,
  config: RunConfig,
  terminal: Terminal,
): Promise<void> {
  const progress = await startProgress(job.input, tally, config, terminal);
  try {
    await runJob(job, {
      detector: composed.detector,
      stdin: terminal.stdin,
      stdout: terminal.stdout,
      signal: terminal.signal,
      tally,
      onColumns: (columns, headers) => say(describeColumns(job, columns, headers), config, terminal),
      onProgress: (bytes) => progress.update(bytes),
    });
  } finally {
    progress.stop();
  }
}

async function startProgress(input: string, tally: Tally, config: RunConfig, { stderr }: Terminal): Promise<Progress> {
  if (stderr.isTTY !== true || config.quiet) return silentProgress;
  const bytes = input === '-' ? undefined : (await stat(input).catch(() => undefined))?.size;
  return terminalProgress(stderr, bytes, tally);
}

function describeColumns({ input, output }: Job, columns: ColumnMap, headers: readonly string[]): string {
  const name = (column: number) => `"${headers[column]}"`;
  const parts = [`postcode ${name(columns.postcode)}`, `address ${columns.address.map(name).join(' + ')}`];
  if (columns.cod !== undefined) parts.push(`COD ${name(columns.cod)}`);
  if (columns.country !== undefined) parts.push(`country ${name(columns.country)}`);
  return `gorod: ${input} → ${output}; columns: ${parts.join(', ')}\n`;
}

async function tell(summary: Summary, config: RunConfig, terminal: Terminal): Promise<void> {
  say(renderSummary(summary), config, terminal);
  if (config.summary === undefined) return;
  try {
    await writeFile(config.summary, `${JSON.stringify(summary, null, 2)}\n`);
  } catch (cause) {
    throw new GorodError('OUTPUT_FAILED', `--summary: cannot write ${config.summary}.`, { cause });
  }
}

function say(text: string, config: RunConfig, { stderr }: Terminal): void {
  if (!config.quiet) stderr.write(text);
}

async function readOption(option: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new GorodError('BAD_OPTION', `${option}: cannot read ${file}.`, { cause });
  }
}
