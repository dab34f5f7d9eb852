import { stat } from 'node:fs/promises';
import { describeColumns } from '../columns/describe.ts';
import { type Composed, compose, type DetectorConfig, type Plan } from '../compose.ts';
import type { Journal } from '../journal/journal.ts';
import type { Collector } from '../pipeline/collector.ts';
import type { Job, JobContext } from '../pipeline/job.ts';
import type { Tally } from '../pipeline/tally.ts';
import { type Progress, silentProgress, terminalProgress } from '../report/progress.ts';
import { printable, say, type Terminal } from './terminal.ts';

/** What the work on every file of a command has in common. */
export interface WorkFrame<Config extends WorkConfig = WorkConfig> {
  readonly config: Config;
  readonly plan: Plan;
  readonly terminal: Terminal;
  /** Told what was asked over the network, once a file is done or given up. */
  readonly onAsked: (meter: Composed['meter']) => void;
}

export type WorkConfig = DetectorConfig & {
  /** Seconds that requests in flight are given when the work is interrupted. */
  readonly grace: number;
  readonly quiet: boolean;
};

/** What belongs to the work on one file. */
export interface FileWork {
  readonly tally: Tally;
  /** Undefined where nothing is told of the rows but the counts. */
  readonly collector?: Collector | undefined;
  readonly journal: Journal | undefined;
  /** Where `--no-cache` keeps the answers of this file's job; undefined for memory. */
  readonly answersFile: string | undefined;
}

/** Opens the detector for one file, shows progress while `work` goes on, and lets go of everything. */
export async function withDetector(
  files: Pick<Job, 'input' | 'output'>,
  { config, plan, terminal, onAsked }: WorkFrame,
  { tally, collector, journal, answersFile }: FileWork,
  work: (context: JobContext) => Promise<void>,
): Promise<void> {
  const frame = { startedAt: journal?.startedAt ?? Date.now(), stop: terminal.signal, answersFile };
  const composed = await compose(plan, config, terminal.env, frame);
  const progress = await startProgress(files.input, tally, config, terminal);
  try {
    for (const warning of composed.warnings) terminal.stderr.write(`gorod: ${warning}\n`);
    await work({
      detector: composed.detector,
      stdin: terminal.stdin,
      stdout: terminal.stdout,
      signal: terminal.signal,
      tally,
      collector,
      journal,
      onRemark: (remark) => say(`gorod: ${files.input}: ${remark}\n`, config, terminal),
      onColumns: (found, headers) => {
        const { input, output } = files;
        say(`gorod: ${input} → ${output}; columns: ${describeColumns(found, headers)}\n`, config, terminal);
        for (const warning of found.warnings) terminal.stderr.write(printable(`gorod: ${input}: ${warning}\n`));
      },
      onWritten: (rows) => progress.advance(rows),
    });
  } finally {
    progress.stop();
    await composed.close(config.grace * 1000);
    onAsked(composed.meter);
  }
}

async function startProgress(
  input: string,
  tally: Tally,
  { quiet }: WorkConfig,
  { stderr }: Terminal,
): Promise<Progress> {
  if (stderr.isTTY !== true || quiet) return silentProgress;
  // What comes out of an archive or a spreadsheet is of another size than the file.
  const isPlain = input !== '-' && !/\.(?:gz|zip|xls[xm]?)$/i.test(input);
  return terminalProgress(stderr, isPlain ? await sizeOf(input) : undefined, tally);
}

/** Size of a file in bytes; undefined where there is none. */
export async function sizeOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.size;
}
