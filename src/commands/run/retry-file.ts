import { addMeter, type DetectorConfig, emptyMeter, type Meter, planDetector } from '../../compose/compose.ts';
import type { Values } from '../../config/option.ts';
import type { RETRY_OPTIONS } from '../../config/run-options.ts';
import { textChoice } from '../../config/text-options.ts';
import { GorodError } from '../../errors.ts';
import { openJournal } from '../../journal/journal.ts';
import { partialFile } from '../../pipeline/output-file.ts';
import { assertReplaceable } from '../../pipeline/replaceable.ts';
import { type RetryJob, runRetry } from '../../pipeline/retry-job.ts';
import { assertSplittable, splitPaths } from '../../pipeline/split-paths.ts';
import { emptyTally } from '../../pipeline/tally.ts';
import { judgementRules } from '../judgement-rules.ts';
import { learnCommandLine } from '../learn/learn-command.ts';
import { type Terminal, tell } from '../terminal.ts';
import { finish } from './finish.ts';
import { retryCommandLine } from './retry-command.ts';
import { stalePartsLine } from './stale-parts.ts';
import { withDetector } from './with-detector.ts';

export type RetryConfig = DetectorConfig & Values<typeof RETRY_OPTIONS>;

/** Asks the chosen rows of one enriched file again, then tells how it went. Throws GorodError. */
export async function retryFile(file: string, given: RetryConfig, terminal: Terminal): Promise<void> {
  // A row for review has an answer already; only a new one can change it.
  const config = given.only === 'review' ? Object.freeze({ ...given, refresh: true }) : given;
  const startedAt = Date.now();
  const tally = emptyTally();
  const asked = emptyMeter();
  const job: RetryJob = {
    input: file,
    output: config.output ?? file,
    columns: config.columns ?? {},
    preset: config.preset,
    delimiter: config.delimiter,
    sheet: config.sheet,
    ...textChoice(config),
    maxRowBytes: config.maxRowBytes,
    prefix: config.prefix,
    language: config.lang,
    defaults: { country: config.country, fiasOnly: config.fiasOnly },
    rules: await judgementRules(config),
    maxOpenQuestions: Math.max(64, 4 * config.concurrency),
    only: config.only,
    split: config.split,
  };
  if (job.output === '-') throw new GorodError('BAD_OPTION', 'retry: a file is written anew; name one with --output.');
  if (config.split) assertSplittable([{ path: file, output: job.output }]);
  const plan = await planDetector(config, terminal.env);
  tell(
    { level: 'info', event: 'detector', text: plan.described[config.lang], fields: { detector: plan.kind } },
    config,
    terminal,
  );
  const isWithoutApi = plan.kind === 'local' && config.detector === 'auto';
  const onAsked = (part: Readonly<Meter>) => addMeter(asked, part);
  const partKeeper = config.split ? (await import('./keep-parts.ts')).partKeeper : undefined;
  await assertReplaceable(job.output);
  const journal = lockOutput(job.output, startedAt, terminal);
  try {
    const work = { startedAt: Date.now(), tally, journal: undefined, answersFile: undefined };
    await withDetector(job, { config, plan, terminal, onAsked }, work, (context, log) =>
      runRetry({ ...job, isWithoutApi }, { ...context, keepParts: partKeeper?.(job, config, terminal, log) }),
    );
  } finally {
    journal.remove();
  }
  const stale = config.split ? undefined : stalePartsLine([job.output], [file], config.lang);
  if (stale !== undefined) tell(stale, config, terminal);
  const parts = config.split ? { parts: splitPaths(job.output) } : {};
  const learn = config.split ? (part: string) => learnCommandLine(part, config) : undefined;
  const retry = (output: string) => retryCommandLine(output, given, plan);
  const files = [{ output: job.output, tally, ...parts }];
  const verdictColumn = `${config.prefix}verdict`;
  await finish({ tally, asked, plan, startedAt, files, verdictColumn, retry, learn }, config, terminal);
}

/** Keeps other runs off the file. There is nothing to go on with: until the end the file is as it was. */
function lockOutput(output: string, now: number, terminal: Terminal) {
  return openJournal(`${partialFile(output)}.journal`, {
    output,
    fingerprints: { input: '', options: 'retry', answers: '' },
    sizes: () => ({ partialBytes: undefined, outputBytes: undefined }),
    restart: true,
    now,
    pid: terminal.pid,
  });
}
