import { readFile, writeFile } from 'node:fs/promises';
import type { JudgementRules } from '../address/verdict.ts';
import { type DetectorConfig, planDetector } from '../compose.ts';
import type { Values } from '../config/option.ts';
import type { RUN_OPTIONS } from '../config/run-options.ts';
import { GorodError } from '../errors.ts';
import { noCodLimits, parseCodLimits } from '../pipeline/cod-limits.ts';
import { defaultOutput, type Job } from '../pipeline/job.ts';
import { OUTPUT_COLUMNS } from '../pipeline/output-columns.ts';
import { addTally, emptyTally } from '../pipeline/tally.ts';
import { renderSummary, type Summary, summarize } from '../report/summary.ts';
import { ACCEPT_CONFIDENCE } from '../toponym/thresholds.ts';
import { gorodVersion } from '../version.ts';
import { type RunFrame, runFile } from './run-file.ts';
import { SOME_DEFERRED, say, type Terminal } from './terminal.ts';

export type RunConfig = DetectorConfig & Values<typeof RUN_OPTIONS>;

/** Enriches each input in turn, then tells how it went. Throws GorodError. */
export async function runFiles(inputs: readonly string[], config: RunConfig, terminal: Terminal): Promise<void> {
  if (inputs.length > 1 && config.output !== undefined) {
    throw new GorodError('BAD_OPTION', '--output names one file; leave it out to write each result beside its input.');
  }
  const startedAt = Date.now();
  const tally = emptyTally();
  const asked = { requests: 0, retries: 0 };
  const rules = await judgementRules(config);
  const plan = await planDetector(config, terminal.env);
  say(`gorod: ${plan.described}\n`, config, terminal);
  const onAsked: RunFrame['onAsked'] = ({ requests, retries }) => {
    asked.requests += requests;
    asked.retries += retries;
  };
  for (const input of inputs) {
    addTally(tally, await runFile(toJob(input, config, rules), { config, plan, terminal, onAsked }));
  }
  const summary = summarize({
    tally,
    ...asked,
    detector: plan.kind,
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
  return { limitOf, acceptConfidence: ACCEPT_CONFIDENCE };
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

async function tell(summary: Summary, config: RunConfig, terminal: Terminal): Promise<void> {
  say(renderSummary(summary), config, terminal);
  if (config.summary === undefined) return;
  try {
    await writeFile(config.summary, `${JSON.stringify(summary, null, 2)}\n`);
  } catch (cause) {
    throw new GorodError('OUTPUT_FAILED', `--summary: cannot write ${config.summary}.`, { cause });
  }
}

async function readOption(option: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new GorodError('BAD_OPTION', `${option}: cannot read ${file}.`, { cause });
  }
}
