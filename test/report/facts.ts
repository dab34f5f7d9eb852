import type { EnrichedRow } from '../../src/pipeline/row-judgement.ts';
import { count, emptyTally } from '../../src/pipeline/tally.ts';
import type { ReportFacts } from '../../src/report/build-report.ts';
import { findingsCollector } from '../../src/report/collect.ts';
import { summarize } from '../../src/report/summary.ts';

/** What a finished job hands to the report, for these rows. */
export function facts(
  rows: readonly EnrichedRow[],
  { file = 'orders.csv', ...given }: Partial<ReportFacts> & { readonly file?: string } = {},
): ReportFacts {
  const language = given.language ?? 'en';
  const collector = findingsCollector({ file, language });
  const tally = emptyTally();
  tally.rowsIn = rows.length;
  for (const row of rows) {
    count(tally, row);
    collector.add(row);
  }
  return {
    summary: summarize({
      tally,
      requests: 12,
      retries: 1,
      detector: 'api',
      settings: {},
      startedAt: Date.UTC(2026, 10, 22, 6),
      finishedAt: Date.UTC(2026, 10, 22, 6, 1, 5),
      gorodVersion: '0.1.0',
    }),
    tally,
    findings: collector.findings(),
    inputs: [{ name: file, rows: rows.length }],
    language,
    subjectNames: new Map([['71', 'Тульская область']]),
    earlier: undefined,
    ...given,
  };
}
