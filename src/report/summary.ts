import type { Tally } from '../pipeline/tally.ts';

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
    elapsedMs,
    requestsPerSecond: elapsedMs > 0 ? Math.round((requests * 10_000) / elapsedMs) / 10 : 0,
    detector: facts.detector,
    settings: facts.settings,
    startedAt: new Date(startedAt).toISOString(),
    finishedAt: new Date(finishedAt).toISOString(),
    gorodVersion: facts.gorodVersion,
  };
}

/** The summary as a few lines for a person. */
export function renderSummary(summary: Summary): string {
  const seconds = (summary.elapsedMs / 1000).toFixed(1);
  const sections = [
    ['verdicts', summary.verdicts],
    ['statuses', summary.statuses],
    ['sources', summary.sources],
  ] as const;
  return [
    `${plural(summary.rowsIn, 'row')} in, ${summary.rowsOut} out, ${seconds} s, by the ${summary.detector} detector`,
    ...sections.flatMap(([title, values]) => table(title, values)),
    `requests   ${summary.requests} (${summary.requestsPerSecond}/s), retries ${summary.retries}, cache hits ${summary.cacheHits}`,
    ...(summary.deferred > 0 ? [`deferred   ${plural(summary.deferred, 'row')}: ask again with gorod retry FILE`] : []),
    '',
  ].join('\n');
}

function table(title: string, values: Readonly<Record<string, number>>): string[] {
  const entries = Object.entries(values);
  const width = Math.max(...entries.map(([, value]) => String(value).length));
  return entries.map(([name, value], index) => {
    const label = (index === 0 ? title : '').padEnd(10);
    return `${label} ${String(value).padStart(width)} ${name}`;
  });
}

function counts(map: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...map].sort(([, a], [, b]) => b - a));
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
