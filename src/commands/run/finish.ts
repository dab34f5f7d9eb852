import { writeFile } from 'node:fs/promises';
import { renderReason } from '../../address/reasons.ts';
import type { DetectorConfig, Meter, Plan } from '../../compose/compose.ts';
import { GorodError } from '../../errors.ts';
import { writeTrouble } from '../../file-trouble.ts';
import type { Language } from '../../languages.ts';
import type { Tally } from '../../pipeline/tally.ts';
import { passedThresholds, showThreshold, type Threshold } from '../../pipeline/thresholds.ts';
import { type FileCounts, nextSteps } from '../../report/next-steps.ts';
import { renderSummary, type Summary, summarize } from '../../report/summary.ts';
import { renderPassed } from '../../report/threshold-text.ts';
import { gorodVersion } from '../../version.ts';
import type { LogLine } from '../log.ts';
import { SOME_DEFERRED, type Terminal, THRESHOLD_PASSED, tell } from '../terminal.ts';
import { auditLine, auditOf } from './inference-lines.ts';
import type { ReportDraft } from './report-file.ts';
import { RUN_TEXTS } from './texts.ts';

/** The options that decide how a command's end is told. */
export type TellingConfig = DetectorConfig & {
  readonly summary: string | undefined;
  readonly quiet: boolean;
  readonly lang: Language;
  readonly failOn?: readonly Threshold[];
};

/** What a command has done. */
export interface Done {
  readonly tally: Tally;
  readonly asked: Meter;
  readonly plan: Plan;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** What was worked on. */
  readonly files: readonly FileCounts[];
  /** The name of the verdict's column; undefined where it was not written. */
  readonly verdictColumn: string | undefined;
  /** The command that asks the rows of a file again; absent where no file was written. */
  readonly retry?: ((file: string) => string) | undefined;
  /** The command that learns what a person has filled into a part of `--split`; absent where nothing was split. */
  readonly learn?: ((part: string) => string) | undefined;
  /** The report that was asked for, with all rows in it. */
  readonly report?: ReportDraft | undefined;
  /** Whether `gorod run` would have stopped at rows that were counted. */
  readonly stopsRun?: boolean;
}

/** Tells how it went and what to do next, on stderr, in `--summary` and in `--report`, and sets the exit code. Throws GorodError. */
export async function finish(done: Done, config: TellingConfig, terminal: Terminal): Promise<void> {
  const { tally, asked, plan, startedAt } = done;
  const { foundRate } = asked;
  const audit = auditOf(tally, config);
  const summary = summarize({
    tally,
    ...asked,
    audit,
    detector: plan.kind,
    settings: foundRate === undefined ? config : { ...config, foundRate },
    startedAt,
    finishedAt: Date.now(),
    gorodVersion: gorodVersion(),
  });
  for (const line of endLines(done, summary, config)) tell(line, config, terminal);
  const passed = passedThresholds(config.failOn ?? [], tally);
  for (const one of passed) {
    const { threshold, count, rows } = one;
    const fields = { threshold: showThreshold(threshold), count, rows };
    tell({ level: 'error', event: 'threshold', text: renderPassed(one, config.lang), fields }, config, terminal);
  }
  if (config.summary !== undefined) await writeSummary(config.summary, `${JSON.stringify(summary, null, 2)}\n`);
  const report = await done.report?.write(summary, done.stopsRun);
  if (report !== undefined) {
    const text = RUN_TEXTS.report(report)[config.lang];
    tell({ level: 'info', event: 'report', text, fields: { file: report } }, config, terminal);
  }
  if (tally.deferred + tally.fallbacks > 0) terminal.exit(SOME_DEFERRED);
  else if (passed.length > 0) terminal.exit(THRESHOLD_PASSED);
}

function endLines(
  { tally, asked, files, verdictColumn, retry, learn }: Done,
  summary: Summary,
  config: TellingConfig,
): LogLine[] {
  const { lang } = config;
  const { foundRate } = asked;
  const info = (event: string, text: string, fields: LogLine['fields'] = {}): LogLine => ({
    level: 'info',
    event,
    text,
    fields,
  });
  const counted = (event: keyof typeof COUNTED, rows: number): LogLine[] =>
    rows === 0 ? [] : [info(event, COUNTED[event][lang](rows), { rows })];
  const { settings, ...figures } = summary;
  const orderErrors = Object.fromEntries(tally.orderErrors);
  const audited = auditLine(summary.audit, tally, config);
  return [
    ...(foundRate === undefined ? [] : [info('rate_found', RATE_FOUND[lang](foundRate), { foundRate })]),
    {
      ...info('summary', renderSummary(summary, tally.orderErrors, lang), { ...figures, orderErrors }),
      isBlock: true,
    },
    ...(audited === undefined ? [] : [audited]),
    ...counted('postcodes_taken', tally.postcodesTaken),
    ...counted('postcodes_differing', tally.postcodesDiffering),
    ...counted('unpaid', tally.unpaid),
    ...counted('limits_unknown', tally.limitsUnknown),
    ...counted('fallbacks', tally.fallbacks),
    ...(tally.deferral === undefined
      ? []
      : [info('deferred', LAST_DEFERRED[lang](renderReason(tally.deferral, lang)))]),
    ...nextSteps(files, { language: lang, verdictColumn, retry, learn }).map(({ kind, rows, files: named, text }) =>
      info('next', text, { kind, rows, files: named }),
    ),
  ];
}

type Phrase<T> = Readonly<Record<Language, (value: T) => string>>;

const COUNTED = {
  postcodes_taken: {
    en: (rows) => `rows whose postcode was taken from the address: ${rows}`,
    zh: (rows) => `邮编取自地址的行数：${rows}`,
    ru: (rows) => `строк, где индекс взят из адреса: ${rows}`,
  },
  postcodes_differing: {
    en: (rows) => `rows whose address has another postcode than their cell: ${rows}`,
    zh: (rows) => `地址中邮编与邮编列不同的行数：${rows}`,
    ru: (rows) => `строк, где в адресе другой индекс, чем в ячейке: ${rows}`,
  },
  unpaid: {
    en: (rows) => `rows with an unpaid balance whose payment method says nothing of cash on delivery: ${rows}`,
    zh: (rows) => `有未付余额但付款方式未说明货到付款的行数：${rows}`,
    ru: (rows) => `строк с неоплаченным остатком, где способ оплаты не говорит о наложенном платеже: ${rows}`,
  },
  limits_unknown: {
    en: (rows) => `rows with COD whose limit is not known: ${rows}`,
    zh: (rows) => `代收货款限额未知的行数：${rows}`,
    ru: (rows) => `строк, где неизвестен лимит наложенного платежа: ${rows}`,
  },
  fallbacks: {
    en: (rows) => `rows answered locally for want of the API: ${rows}`,
    zh: (rows) => `因接口不可用而由本地识别的行数：${rows}`,
    ru: (rows) => `строк, где вместо API ответил локальный детектор: ${rows}`,
  },
} as const satisfies Readonly<Record<string, Phrase<number>>>;

const LAST_DEFERRED: Phrase<string> = {
  en: (reason) => `the last deferred row: ${reason}`,
  zh: (reason) => `最后一个待重试的行：${reason}`,
  ru: (reason) => `последняя отложенная строка: ${reason}`,
};

const RATE_FOUND: Phrase<number> = {
  en: (rate) => `--rate auto found ${rate} requests a second`,
  zh: (rate) => `--rate auto 测得每秒 ${rate} 次请求`,
  ru: (rate) => `--rate auto: найдено ${rate} запросов в секунду`,
};

async function writeSummary(file: string, json: string): Promise<void> {
  try {
    await writeFile(file, json);
  } catch (cause) {
    throw new GorodError('OUTPUT_FAILED', RUN_TEXTS.noSummary(file, writeTrouble(cause)), { cause });
  }
}
