import type { FileReport } from './import-files.ts';
import { MERGE_REASONS } from './merge.ts';

/** What became of an imported file, as lines for a reader: counts first, then every refusal, conflict and near miss. */
export function renderFileReport(report: FileReport): string {
  const merged = MERGE_REASONS.filter((reason) => report.merged[reason] > 0);
  const total = merged.reduce((sum, reason) => sum + report.merged[reason], 0);
  const reasons = merged.map((reason) => `${report.merged[reason]} by ${reason}`).join(', ');
  const lines = [
    `${report.file} (${report.format}): ${report.added} added, ${total} merged, ${report.refused.length} refused`,
    ...(merged.length > 0 ? [`  merged: ${reasons}`] : []),
    ...counted('skipped', report.skipped),
    ...counted('warning', report.warnings),
    ...report.refused.map(({ line, reason }) => `  refused line ${line}: ${reason}`),
    ...report.conflicts.map(
      ({ line, name, fact, kept, offered }) =>
        `  conflict line ${line}: ${name}: ${fact} stays ${kept}, not ${offered}`,
    ),
    ...report.keptApart.map(({ line, name, reason }) => `  kept apart line ${line}: ${name}: ${reason}`),
  ];
  return `${lines.join('\n')}\n`;
}

function counted(label: string, counts: ReadonlyMap<string, number>): readonly string[] {
  return [...counts].map(([reason, count]) => `  ${label}: ${count} × ${reason}`);
}
