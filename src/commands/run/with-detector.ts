import { stat } from 'node:fs/promises';
import { renderReason } from '../../address/reasons.ts';
import { describeColumns } from '../../columns/describe.ts';
import { type Composed, compose, type DetectorConfig, type EndpointHealth, type Plan } from '../../compose/compose.ts';
import type { AuditCounts } from '../../detector/inferred/audit.ts';
import type { Table } from '../../formats/open-table.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Texts } from '../../languages.ts';
import type { Collector } from '../../pipeline/collector.ts';
import type { JobContext } from '../../pipeline/job.ts';
import { auditedIn, type Tally } from '../../pipeline/tally.ts';
import type { Log, LogLine } from '../log.ts';
import { type Terminal, tell } from '../terminal.ts';
import { switchedOffLine } from './inference-lines.ts';
import { letHeapGrow } from './modest-heap.ts';
import { RUN_TEXTS } from './texts.ts';
import { type ProgressConfig, watchProgress } from './watch-progress.ts';

/** What the work on every file of a command has in common. */
export interface WorkFrame<Config extends WorkConfig = WorkConfig> {
  readonly config: Config;
  readonly plan: Plan;
  readonly terminal: Terminal;
  /** Of all files: nothing more is inferred once one of them has shown that it is not to be trusted. */
  readonly inference?: { isOff: boolean };
  /** Told what was asked over the network, once a file is done or given up. */
  readonly onAsked: (meter: Composed['meter']) => void;
}

export type WorkConfig = DetectorConfig &
  ProgressConfig & {
    /** Seconds that requests in flight are given when the work is interrupted. */
    readonly grace: number;
  };

/** What belongs to the work on one file. */
export interface FileWork {
  /** When its job began, in milliseconds since 1970. */
  readonly startedAt: number;
  readonly tally: Tally;
  /** Undefined where nothing is told of the rows but the counts. */
  readonly collector?: Collector | undefined;
  readonly journal: Journal | undefined;
  /** Where `--no-cache` keeps the answers of this file's job; undefined for memory. */
  readonly answersFile: string | undefined;
}

/** A file that is worked on. */
export interface WorkedFile {
  /** A path, or `-` for stdin. */
  readonly input: string;
  /** Undefined where nothing is written. */
  readonly output: string | undefined;
}

/** Opens the detector for one file, shows progress while `work` goes on, which may log beside it, and lets go of everything. */
export async function withDetector(
  { input, output }: WorkedFile,
  { config, plan, terminal, inference, onAsked }: WorkFrame,
  { startedAt, tally, collector, journal, answersFile }: FileWork,
  work: (context: JobContext, log: Log) => Promise<void>,
): Promise<void> {
  const log = (line: LogLine) => progress.beside(() => tell(line, config, terminal));
  const frame = {
    startedAt,
    stop: terminal.signal,
    answersFile,
    onAsking: letHeapGrow,
    onHealth: (health: EndpointHealth) => log(healthLine(health, config)),
    inference: {
      startsOff: inference?.isOff === true,
      ...(journal?.resumeFrom === undefined ? {} : { auditedBefore: auditedIn(journal.resumeFrom.counts) }),
      onSwitchedOff: (counts: AuditCounts) => {
        if (inference !== undefined) inference.isOff = true;
        log(switchedOffLine(counts, config));
      },
    },
  };
  const composed = await compose(plan, config, terminal.env, frame);
  const size = await sizeOf(input);
  let opened: Pick<Table, 'encoding'> | undefined;
  const progress = await watchProgress(
    {
      tally,
      meter: composed.meter,
      inputBytes: () => (opened === undefined || !isPlain(input, opened) ? undefined : size),
    },
    config,
    terminal,
  );
  const warnings = newOnes(composed.warnings);
  const tellWarnings = () => {
    for (const text of warnings()) log({ level: 'warn', event: 'cache_set_aside', text: text[config.lang] });
  };
  try {
    tellWarnings();
    const context: JobContext = {
      detector: composed.detector,
      stdin: terminal.stdin,
      stdout: terminal.stdout,
      signal: terminal.signal,
      tally,
      collector,
      journal,
      onOpened: (table) => {
        opened = table;
      },
      onRemark: (remark) => {
        const fields = { input, encoding: opened?.encoding };
        log({ level: 'info', event: 'opened', text: RUN_TEXTS.about(input, remark)[config.lang], fields });
      },
      onColumns: (found, headers) => {
        const named = output === undefined ? input : `${input} → ${output}`;
        const text = RUN_TEXTS.columns(named, describeColumns(found, headers))[config.lang];
        log({ level: 'info', event: 'columns', text, fields: { input, output } });
        for (const warning of found.warnings) {
          const said = RUN_TEXTS.about(input, warning)[config.lang];
          log({ level: 'warn', event: 'columns', text: said, fields: { input } });
        }
      },
      onWritten: progress.advance,
    };
    await work(context, log);
  } finally {
    progress.stop();
    await composed.close(config.grace * 1000);
    tellWarnings();
    onAsked(composed.meter);
  }
}

/** Whether the rows of a table take as many bytes in memory as in its file. */
function isPlain(input: string, { encoding }: Pick<Table, 'encoding'>): boolean {
  return encoding === 'utf-8' && !/\.(?:gz|zip)$/i.test(input);
}

/** What has come to a list that grows since one was last asked. */
function newOnes<T>(texts: readonly T[]): () => readonly T[] {
  let told = 0;
  return () => {
    const fresh = texts.slice(told);
    told = texts.length;
    return fresh;
  };
}

const DOWN: Texts = {
  en: 'nearly every request fails, questions wait for it',
  zh: '请求几乎全部失败，正在等待其恢复',
  ru: 'почти все запросы не проходят, ждём',
};

const UP: Texts = { en: 'answers again', zh: '已恢复应答', ru: 'снова отвечает' };

function healthLine({ origin, isUp, reason }: EndpointHealth, { lang }: ProgressConfig): LogLine {
  if (isUp) return { level: 'info', event: 'upstream_up', text: `${origin}: ${UP[lang]}`, fields: { origin } };
  const why = reason === undefined ? '' : ` (${renderReason(reason, lang)})`;
  return { level: 'warn', event: 'upstream_down', text: `${origin}: ${DOWN[lang]}${why}`, fields: { origin, reason } };
}

/** Size of a file in bytes; undefined where there is none. */
export async function sizeOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.size;
}
