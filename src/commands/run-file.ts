import { rm, stat } from 'node:fs/promises';
import { type Composed, compose, type Plan } from '../compose.ts';
import { GorodError } from '../errors.ts';
import { fileFingerprint, valuesFingerprint } from '../journal/fingerprint.ts';
import { type Journal, openJournal } from '../journal/journal.ts';
import type { ColumnMap } from '../pipeline/columns.ts';
import { type Job, runJob } from '../pipeline/job.ts';
import { partialFile } from '../pipeline/output-file.ts';
import { emptyTally, type Tally } from '../pipeline/tally.ts';
import { type Progress, silentProgress, terminalProgress } from '../report/progress.ts';
import { gorodVersion } from '../version.ts';
import type { RunConfig } from './run-files.ts';
import { say, type Terminal } from './terminal.ts';

/** What one file's run is part of. */
export interface RunFrame {
  readonly config: RunConfig;
  readonly plan: Plan;
  readonly terminal: Terminal;
  /** Told what was asked over the network, once the file is done or given up. */
  readonly onAsked: (meter: Composed['meter']) => void;
}

/** Enriches one file, going on with an earlier attempt where there is one; returns its counts. Throws GorodError. */
export async function runFile(job: Job, frame: RunFrame): Promise<Tally> {
  const journal = await openJobJournal(job, frame);
  const answersFile = journal === undefined ? undefined : `${partialFile(job.output)}.answers`;
  const tally = emptyTally();
  try {
    await runComposed(job, frame, tally, journal, answersFile);
  } catch (error) {
    // An attempt that wrote nothing leaves nothing behind.
    if (journal !== undefined && (await sizeOf(partialFile(job.output))) === undefined) journal.remove();
    throw error;
  } finally {
    journal?.close();
  }
  if (answersFile !== undefined) await removeDatabase(answersFile);
  return tally;
}

async function runComposed(
  job: Job,
  frame: RunFrame,
  tally: Tally,
  journal: Journal | undefined,
  answersFile: string | undefined,
): Promise<void> {
  const { config, plan, terminal } = frame;
  const composed = await compose(plan, config, terminal.env, {
    startedAt: journal?.startedAt ?? Date.now(),
    stop: terminal.signal,
    answersFile,
  });
  const progress = await startProgress(job.input, tally, config, terminal);
  try {
    for (const warning of composed.warnings) terminal.stderr.write(`gorod: ${warning}\n`);
    await runJob(job, {
      detector: composed.detector,
      stdin: terminal.stdin,
      stdout: terminal.stdout,
      signal: terminal.signal,
      tally,
      journal,
      onColumns: (columns, headers) => say(describeColumns(job, columns, headers), config, terminal),
      onProgress: (bytes) => progress.update(bytes),
    });
  } finally {
    progress.stop();
    await composed.close(config.grace * 1000);
    frame.onAsked(composed.meter);
  }
}

async function openJobJournal(job: Job, { config, plan, terminal }: RunFrame): Promise<Journal | undefined> {
  if (job.input === '-' || job.output === '-') {
    say('gorod: reading stdin or writing stdout: an interrupted run cannot be gone on with\n', config, terminal);
    return undefined;
  }
  const partial = partialFile(job.output);
  const journal = openJournal(`${partial}.journal`, {
    fingerprints: {
      input: await inputFingerprint(job.input),
      options: await optionsFingerprint(config),
      answers: plan.kind === 'local' ? await fileFingerprint(plan.gazetteerFile) : plan.endpoints[0],
    },
    partialBytes: (await sizeOf(partial)) ?? 0,
    restart: config.restart,
    now: Date.now(),
    holder: `process ${terminal.pid}`,
  });
  const { resumeFrom, startedOver } = journal;
  if (resumeFrom !== undefined)
    say(`gorod: going on with ${job.output} after row ${resumeFrom.rows}\n`, config, terminal);
  if (startedOver !== undefined) say(`gorod: starting ${job.output} over: ${startedOver}\n`, config, terminal);
  return journal;
}

async function inputFingerprint(input: string): Promise<string> {
  try {
    return await fileFingerprint(input);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new GorodError('INPUT_UNREADABLE', `cannot read ${input}: ${reason}`, { cause });
  }
}

/** Of the options that decide what the output says; how fast it is made is no matter. */
async function optionsFingerprint(config: RunConfig): Promise<string> {
  const { rate, concurrency, timeout, retries, summary, quiet, restart, grace, developerKeyFile, ...deciding } = config;
  const codLimits = config.codLimits === undefined ? '' : await fileFingerprint(config.codLimits);
  return valuesFingerprint({ ...deciding, codLimits, version: gorodVersion() });
}

async function startProgress(input: string, tally: Tally, config: RunConfig, { stderr }: Terminal): Promise<Progress> {
  if (stderr.isTTY !== true || config.quiet) return silentProgress;
  return terminalProgress(stderr, input === '-' ? undefined : await sizeOf(input), tally);
}

function describeColumns({ input, output }: Job, columns: ColumnMap, headers: readonly string[]): string {
  const name = (column: number) => `"${headers[column]}"`;
  const parts = [`postcode ${name(columns.postcode)}`, `address ${columns.address.map(name).join(' + ')}`];
  if (columns.cod !== undefined) parts.push(`COD ${name(columns.cod)}`);
  if (columns.country !== undefined) parts.push(`country ${name(columns.country)}`);
  return `gorod: ${input} → ${output}; columns: ${parts.join(', ')}\n`;
}

async function sizeOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.size;
}

async function removeDatabase(file: string): Promise<void> {
  for (const suffix of ['', '-wal', '-shm']) await rm(file + suffix, { force: true });
}
