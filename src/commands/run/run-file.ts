import { statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Plan } from '../../compose/compose.ts';
import { soundOverrides } from '../../compose/overrides.ts';
import { GorodError } from '../../errors.ts';
import { readTrouble } from '../../file-trouble.ts';
import { fileFingerprint, valuesFingerprint } from '../../journal/fingerprint.ts';
import { type Journal, openJournal } from '../../journal/journal.ts';
import type { StartHelpers } from '../../pipeline/at-hand/helpers.ts';
import { type Job, runJob, splitFinished } from '../../pipeline/job.ts';
import { partialFile } from '../../pipeline/output-file.ts';
import { assertReplaceable } from '../../pipeline/replaceable.ts';
import { emptyTally, restoreCounts, type Tally } from '../../pipeline/tally.ts';
import type { FindingsCollector } from '../../report/collect.ts';
import { type Terminal, tell } from '../terminal.ts';
import type { DoneMark } from './done-mark.ts';
import type { KeepParts } from './keep-parts.ts';
import { optionsFingerprint } from './options-fingerprint.ts';
import { attemptLine, RESUME_TEXTS } from './resume-lines.ts';
import type { RunConfig } from './run-files.ts';
import { RUN_TEXTS } from './texts.ts';
import { sizeOf, type WorkFrame, withDetector } from './with-detector.ts';

/**
 * Enriches one file, going on with an earlier attempt where there is one; returns its counts, or undefined where
 * another run has done the file by now. `collector` is a new one. Throws GorodError.
 */
export async function runFile(
  job: Job,
  frame: WorkFrame<RunConfig>,
  done: DoneMark | undefined,
  collector: FindingsCollector | undefined,
): Promise<Tally | undefined> {
  const tally = emptyTally();
  const { config, terminal } = frame;
  const partKeeper = job.split === true ? (await import('./keep-parts.ts')).partKeeper : undefined;
  const journal = await openJobJournal(job, frame);
  const answersFile = journal === undefined ? undefined : `${partialFile(job.output)}.answers`;
  let isComplete = journal?.finished === true;
  /** Called once the output is complete; what remains can then be done without asking anything anew. */
  const completing = (keepParts: KeepParts | undefined): KeepParts | undefined =>
    keepParts &&
    (async (output) => {
      const setAside = await keepParts(output);
      return async () => {
        isComplete = true;
        await setAside();
      };
    });
  try {
    // Asked under the lock of the output: whoever had it may have done this file.
    if ((await done?.isDone()) === true && !config.restart) {
      if (answersFile !== undefined) await removeDatabase(answersFile);
      journal?.remove();
      return undefined;
    }
    // What an attempt that is not gone on with was told is no part of this job.
    if (journal?.isNew === true && answersFile !== undefined) await removeDatabase(answersFile);
    if (journal?.finished !== true) {
      const startedAt = journal?.startedAt ?? Date.now();
      const startHelpers = await helpersOf(frame, startedAt, collector);
      await withDetector(job, frame, { startedAt, tally, collector, journal, answersFile }, (context, log) =>
        runJob(job, { ...context, startHelpers, keepParts: completing(partKeeper?.(job, config, terminal, log)) }),
      );
    } else if (journal.resumeFrom !== undefined) {
      restoreCounts(journal.resumeFrom.counts, tally, collector);
      if (partKeeper !== undefined) {
        const keepParts = partKeeper(job, config, terminal, (line) => tell(line, config, terminal));
        const setAside = await keepParts(job.output);
        await setAside();
        await splitFinished(job, terminal);
      }
    }
    await done?.mark();
    // The journal goes last: as long as it is there, a killed run can be gone on with.
    if (answersFile !== undefined) await removeDatabase(answersFile);
    journal?.remove();
  } catch (error) {
    // An attempt that wrote nothing leaves nothing behind.
    const isBare = !isComplete && (await sizeOf(partialFile(job.output))) === undefined;
    if (isBare) {
      if (answersFile !== undefined) await removeDatabase(answersFile);
      journal?.remove();
    }
    throw error;
  } finally {
    journal?.close();
  }
  return tally;
}

/** How other threads are started, where they are asked for and can be of help. */
async function helpersOf(
  { config, plan, terminal: { env } }: WorkFrame<RunConfig>,
  startedAt: number,
  collector: FindingsCollector | undefined,
): Promise<StartHelpers | undefined> {
  // Without a cache file the answers of an API are at hand in this thread alone.
  if (config.threads === 1 || (plan.kind !== 'local' && config.noCache)) return undefined;
  const { startHelperThreads } = await import('./helper-threads.ts');
  const overrides = await soundOverrides(config, env);
  const job = { plan, config, env, startedAt, overrides, collected: collector?.options };
  return (settings) => startHelperThreads(job, settings);
}

async function openJobJournal(
  job: Job,
  { config, plan, terminal, inference }: WorkFrame<RunConfig>,
): Promise<Journal | undefined> {
  if (job.input === '-' || job.output === '-') {
    tell({ level: 'info', event: 'not_resumable', text: RESUME_TEXTS.notResumable[config.lang] }, config, terminal);
    return undefined;
  }
  await assertReplaceable(job.output);
  const partial = partialFile(job.output);
  const journal = openJournal(`${partial}.journal`, {
    output: job.output,
    fingerprints: {
      input: await inputFingerprint(job.input),
      options: (await optionsFingerprint(config)) + (inference?.isOff === true ? ' without inference' : ''),
      answers: (await answersFingerprint(plan)) + (await overridesFingerprint(config, terminal.env)),
    },
    sizes: () => ({ partialBytes: sizeNow(partial), outputBytes: sizeNow(job.output) }),
    restart: config.restart,
    now: Date.now(),
    pid: terminal.pid,
  });
  const line = attemptLine(job.output, journal, config.lang);
  if (line !== undefined) tell(line, config, terminal);
  return journal;
}

function sizeNow(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.size;
}

async function inputFingerprint(input: string): Promise<string> {
  try {
    return await fileFingerprint(input);
  } catch (cause) {
    throw new GorodError('INPUT_UNREADABLE', RUN_TEXTS.unreadable(input, readTrouble(cause)), { cause });
  }
}

/** Where the answers come from. */
async function answersFingerprint(plan: Plan): Promise<string> {
  if (plan.kind === 'local') return gazetteerFingerprint(plan.gazetteerFile);
  const [first] = plan.endpoints;
  const fallback = plan.fallbackFile === undefined ? '' : ` ${await gazetteerFingerprint(plan.fallbackFile)}`;
  return `${plan.kind} ${first}${fallback}`;
}

/** What is learnt between two attempts would be in one half of the file only. */
async function overridesFingerprint(config: RunConfig, env: Terminal['env']): Promise<string> {
  const overrides = await soundOverrides(config, env);
  return overrides.length === 0 ? '' : ` ${valuesFingerprint({ overrides })}`;
}

/** A gazetteer that cannot be read is reported by whoever opens it. */
async function gazetteerFingerprint(file: string): Promise<string> {
  return fileFingerprint(file).catch(() => 'unreadable');
}

async function removeDatabase(file: string): Promise<void> {
  for (const suffix of ['', '-wal', '-shm']) await rm(file + suffix, { force: true });
}
