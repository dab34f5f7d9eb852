import type { Language } from '../languages.ts';
import type { Tally } from '../pipeline/tally.ts';
import type { AuditSummary } from './audit.ts';
import { LABEL_WIDTH, padded } from './label.ts';

/** What a job did, as `--summary` writes it. */
export interface Summary {
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly verdicts: Readonly<Record<string, number>>;
  readonly sources: Readonly<Record<string, number>>;
  readonly requests: number;
  readonly retries: number;
  readonly cacheHits: number;
  readonly deferred: number;
  /** Only with `--infer`. */
  readonly audit?: AuditSummary;
  readonly elapsedMs: number;
  readonly requestsPerSecond: number;
  readonly detector: string;
  /** The options in force; never a key. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly gorodVersion: string;
}

export interface SummaryFacts {
  readonly tally: Tally;
  readonly requests: number;
  readonly retries: number;
  /** Undefined where nothing was to be inferred. */
  readonly audit?: AuditSummary | undefined;
  readonly detector: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly gorodVersion: string;
}

/** Puts the facts of a finished job together. */
export function summarize(facts: SummaryFacts): Summary {
  const { tally, requests, startedAt, finishedAt } = facts;
  const elapsedMs = finishedAt - startedAt;
  return {
    rowsIn: tally.rowsIn,
    rowsOut: tally.rowsOut,
    statuses: counts(tally.statuses),
    verdicts: counts(tally.verdicts),
    sources: counts(tally.sources),
    requests,
    retries: facts.retries,
    cacheHits: tally.cacheHits,
    deferred: tally.deferred,
    ...(facts.audit === undefined ? {} : { audit: facts.audit }),
    elapsedMs,
    requestsPerSecond: elapsedMs > 0 ? Math.round((requests * 10_000) / elapsedMs) / 10 : 0,
    detector: facts.detector,
    settings: facts.settings,
    startedAt: new Date(startedAt).toISOString(),
    finishedAt: new Date(finishedAt).toISOString(),
    gorodVersion: facts.gorodVersion,
  };
}

interface Words {
  readonly head: (rowsIn: number, rowsOut: number, seconds: string, detector: string) => string;
  readonly titles: Readonly<Record<'verdicts' | 'statuses' | 'orderErrors' | 'sources' | 'requests', string>>;
  readonly requests: (summary: Summary) => string;
}

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    head: (rowsIn, rowsOut, seconds, detector) =>
      `${plural(rowsIn, 'row')} in, ${rowsOut} out, ${seconds} s, by the ${detector} detector`,
    titles: {
      verdicts: 'verdicts',
      statuses: 'statuses',
      orderErrors: 'foretold',
      sources: 'sources',
      requests: 'requests',
    },
    requests: ({ requests, requestsPerSecond, retries, cacheHits }) =>
      `${requests} (${requestsPerSecond}/s), retries ${retries}, cache hits ${cacheHits}`,
  },
  zh: {
    head: (rowsIn, rowsOut, seconds, detector) =>
      `读入 ${rowsIn} 行，得出 ${rowsOut} 行，用时 ${seconds} 秒，识别方式 ${detector}`,
    titles: { verdicts: '判定', statuses: '状态', orderErrors: '下单错误', sources: '来源', requests: '请求' },
    requests: ({ requests, requestsPerSecond, retries, cacheHits }) =>
      `${requests}（${requestsPerSecond}/秒），重试 ${retries}，缓存命中 ${cacheHits}`,
  },
  ru: {
    head: (rowsIn, rowsOut, seconds, detector) =>
      `строк прочитано ${rowsIn}, готово ${rowsOut}, ${seconds} с, детектор ${detector}`,
    titles: {
      verdicts: 'решения',
      statuses: 'статусы',
      orderErrors: 'прогноз',
      sources: 'источники',
      requests: 'запросы',
    },
    requests: ({ requests, requestsPerSecond, retries, cacheHits }) =>
      `${requests} (${requestsPerSecond}/с), повторов ${retries}, из кэша ${cacheHits}`,
  },
};

/** The summary as a few lines for a person. `orderErrors`: the foretold ones, by code. */
export function renderSummary(summary: Summary, orderErrors: ReadonlyMap<string, number>, language: Language): string {
  const { head, titles, requests } = WORDS[language];
  const sections = [
    [titles.verdicts, summary.verdicts],
    [titles.statuses, summary.statuses],
    [titles.orderErrors, counts(orderErrors)],
    [titles.sources, summary.sources],
  ] as const;
  return [
    head(summary.rowsIn, summary.rowsOut, (summary.elapsedMs / 1000).toFixed(1), summary.detector),
    ...sections.flatMap(([title, values]) => table(title, values)),
    `${padded(titles.requests, LABEL_WIDTH)} ${requests(summary)}`,
  ].join('\n');
}

function table(title: string, values: Readonly<Record<string, number>>): string[] {
  const entries = Object.entries(values);
  const width = Math.max(...entries.map(([, value]) => String(value).length));
  return entries.map(
    ([name, value], index) =>
      `${padded(index === 0 ? title : '', LABEL_WIDTH)} ${String(value).padStart(width)} ${name}`,
  );
}

function counts(map: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...map].sort(([, a], [, b]) => b - a));
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
