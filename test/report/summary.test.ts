import { describe, expect, test } from 'vitest';
import { emptyTally } from '../../src/pipeline/tally.ts';
import { renderSummary, type SummaryFacts, summarize } from '../../src/report/summary.ts';

const START = Date.UTC(2026, 10, 22, 3, 0, 0);

function facts(more: Partial<SummaryFacts> = {}): SummaryFacts {
  const tally = emptyTally();
  Object.assign(tally, { rowsIn: 5, rowsOut: 5, cacheHits: 1, deferred: 1 });
  for (const [status, rows] of [
    ['DEFERRED', 1],
    ['OK', 4],
  ] as const)
    tally.statuses.set(status, rows);
  for (const [verdict, rows] of [
    ['retry', 1],
    ['accept', 4],
  ] as const)
    tally.verdicts.set(verdict, rows);
  for (const [source, rows] of [
    ['cache', 1],
    ['api', 3],
  ] as const)
    tally.sources.set(source, rows);
  return {
    tally,
    requests: 7,
    retries: 3,
    detector: 'api',
    settings: { rate: 10, lang: 'en' },
    startedAt: START,
    finishedAt: START + 1400,
    gorodVersion: '0.1.0',
    ...more,
  };
}

describe('summarize', () => {
  test('has the fields of the contract in its order, the largest counts first', () => {
    expect(JSON.stringify(summarize(facts()))).toBe(
      JSON.stringify({
        rowsIn: 5,
        rowsOut: 5,
        statuses: { OK: 4, DEFERRED: 1 },
        verdicts: { accept: 4, retry: 1 },
        sources: { api: 3, cache: 1 },
        requests: 7,
        retries: 3,
        cacheHits: 1,
        deferred: 1,
        elapsedMs: 1400,
        requestsPerSecond: 5,
        detector: 'api',
        settings: { rate: 10, lang: 'en' },
        startedAt: '2026-11-22T03:00:00.000Z',
        finishedAt: '2026-11-22T03:00:01.400Z',
        gorodVersion: '0.1.0',
      }),
    );
  });

  test('has a rate of 0 where no time has passed', () => {
    expect(summarize(facts({ finishedAt: START })).requestsPerSecond).toBe(0);
  });
});

describe('renderSummary', () => {
  const FORETOLD = new Map([
    ['ERR_NOT_FOUND_RECCITY', 1],
    ['ERR_RECCITYPOSTCODE', 12],
  ]);

  test('says it in a few lines', () => {
    expect(renderSummary(summarize(facts()), FORETOLD, 'en')).toBe(
      [
        '5 rows in, 5 out, 1.4 s, by the api detector',
        'verdicts   4 accept',
        '           1 retry',
        'statuses   4 OK',
        '           1 DEFERRED',
        'foretold   12 ERR_RECCITYPOSTCODE',
        '            1 ERR_NOT_FOUND_RECCITY',
        'sources    3 api',
        '           1 cache',
        'requests   7 (5/s), retries 3, cache hits 1',
      ].join('\n'),
    );
  });

  test('lines counts up and leaves out what there was none of', () => {
    const tally = emptyTally();
    tally.statuses.set('OK', 9).set('ERR_BAD_COD', 120);
    expect(renderSummary(summarize(facts({ tally })), new Map(), 'en')).toBe(
      [
        '0 rows in, 0 out, 1.4 s, by the api detector',
        'statuses   120 ERR_BAD_COD',
        '             9 OK',
        'requests   7 (5/s), retries 3, cache hits 0',
      ].join('\n'),
    );
  });

  test('lines up in Chinese too, where a character takes two places', () => {
    expect(renderSummary(summarize(facts()), new Map(), 'zh').split('\n').slice(1, 3)).toEqual([
      '判定       4 accept',
      '           1 retry',
    ]);
  });
});
