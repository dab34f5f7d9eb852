import type { ReportedCity } from './changes.ts';
import type { SyncReport } from './sync.ts';

/** More lines of one kind are only counted. */
const MOST_LINES = 100;

/** What a sync wrote and what is not as it was, as lines for a reader: counts first. */
export function renderSyncReport(report: SyncReport): string {
  const { output, cities, postcodes, changes, oddities, refused } = report;
  const lines = [`${output}: ${cities} cities, ${postcodes} postcodes`];
  if (changes === undefined) lines.push('  the first sync: nothing to compare with');
  else {
    const { added, gone, changed, postcodesAdded, postcodesGone } = changes;
    const since = report.since === undefined ? '' : `since ${new Date(report.since).toISOString().slice(0, 10)}: `;
    lines.push(
      `  ${since}cities ${added.length} added, ${gone.length} gone, ${changed.length} changed; ` +
        `postcodes ${postcodesAdded.length} added, ${postcodesGone.length} gone`,
      ...listed(added, (city) => `+ ${named(city)}`),
      ...listed(gone, (city) => `- ${named(city)}`),
      ...listed(changed, (city) => `~ ${named(city)}: ${city.fields.map(fieldText).join(', ')}`),
      ...listed(postcodesAdded, (city) => `+ ${city.postcode} ${named(city)}`),
      ...listed(postcodesGone, (city) => `- ${city.postcode} ${named(city)}`),
    );
  }
  const odd = [
    [oddities.repeated, 'came on two pages: the list moved while it was read'],
    [oddities.recovered, 'were on no page and were found by their codes'],
    [oddities.vanished, 'were gone when their postcodes were asked'],
    [oddities.unlisted, 'are there, but their postcodes are not told'],
    [oddities.unreadable, 'entries of pages are no cities'],
  ] as const;
  lines.push(...odd.filter(([count]) => count > 0).map(([count, what]) => `  odd: ${count} ${what}`));
  lines.push(...listed(refused, ({ code, reason }) => `not written: ${code}: ${reason}`));
  return `${lines.join('\n')}\n`;
}

function listed<T>(items: readonly T[], line: (item: T) => string): readonly string[] {
  const shown = items.slice(0, MOST_LINES).map((item) => `  ${line(item)}`);
  return items.length > MOST_LINES ? [...shown, `  … and ${items.length - MOST_LINES} more`] : shown;
}

function named({ code, name, region }: ReportedCity): string {
  return `${code} ${name}${region === '' ? '' : ` (${region})`}`;
}

function fieldText({ field, before, now }: { field: string; before: string; now: string }): string {
  return `${field} ${before === '' ? '–' : before} → ${now === '' ? '–' : now}`;
}
