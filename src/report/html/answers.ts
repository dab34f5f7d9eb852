import { VERDICTS } from '../../address/verdict.ts';
import type { Report } from '../report.ts';
import type { Figures } from './figures.ts';
import { html, type Markup } from './markup.ts';
import { table } from './table.ts';

/** Where the answers came from, what that took. */
export function answersSection(report: Report, figures: Figures): Markup {
  const { words, number } = figures;
  const facts: [string, string][] = [
    [words.detector, report.detector],
    ...Object.entries(report.sources).map(([source, rows]): [string, string] => [
      words.sources[source] ?? source,
      figures.rows(rows),
    ]),
  ];
  if (report.fallbacks > 0) facts.push([words.fallbacks, figures.rows(report.fallbacks)]);
  if (report.deferred > 0) facts.push([words.verdicts.retry.means, figures.rows(report.deferred)]);
  if (report.audit !== undefined && report.audit.asked > 0) {
    facts.push([words.audited, words.agreeing(number(report.audit.agreed), number(report.audit.asked))]);
  }
  if (report.retries > 0) facts.push([words.retries, number(report.retries)]);
  if (report.postcodesTaken > 0) facts.push([words.postcodesTaken, figures.rows(report.postcodesTaken)]);
  if (report.unpaid > 0) facts.push([words.unpaid, figures.rows(report.unpaid)]);
  const asked = words.requests(number(report.requests), number(report.requestsPerSecond));
  return html`<section id="answers"><h2>${words.headings.answers}</h2>
<p>${words.elapsed(figures.duration(report.elapsedMs))} ${report.requests > 0 && asked}</p>
<dl>${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`)}</dl>
</section>`;
}

interface Change {
  readonly name: Markup | string;
  readonly before: number;
  readonly now: number;
  readonly show: (value: number) => string;
}

/** What is different from the last report on the same files. Nothing where there was none. */
export function sinceSection(report: Report, figures: Figures): Markup | undefined {
  const { earlier } = report;
  if (earlier === undefined) return undefined;
  const { words } = figures;
  const show = figures.number;
  const now = new Map(report.statuses.map(({ status, rows }) => [status, rows]));
  const before = new Map(Object.entries(earlier.statuses));
  const statuses = [...new Set([...now.keys(), ...before.keys()])];
  const changes: readonly Change[] = [
    { name: words.columns.rows, before: earlier.rowsOut, now: report.rowsOut, show },
    ...VERDICTS.map((verdict) => ({
      name: words.verdicts[verdict].name,
      before: earlier.verdicts[verdict],
      now: report.verdicts[verdict],
      show,
    })),
    { name: words.overLimitSum, before: earlier.overLimitRub, now: report.cod.overLimitRub, show: figures.roubles },
    ...statuses
      .map((status) => ({
        name: html`<code>${status}</code>`,
        before: before.get(status) ?? 0,
        now: now.get(status) ?? 0,
        show,
      }))
      .filter((change) => change.before !== change.now),
  ];
  const columns = [
    { name: 'measure' as const, cell: ({ name }: Change) => name },
    {
      name: 'before' as const,
      numeric: true,
      cell: ({ before, show }: Change) => show(before),
      value: ({ before }: Change) => before,
    },
    {
      name: 'now' as const,
      numeric: true,
      cell: ({ now, show }: Change) => show(now),
      value: ({ now }: Change) => now,
    },
    {
      name: 'change' as const,
      numeric: true,
      cell: ({ before, now }: Change) => figures.change(now - before),
      value: ({ before, now }: Change) => now - before,
    },
  ];
  return html`<section id="since"><h2>${words.headings.since}</h2>
<p>${words.sinceIntro(figures.time(earlier.finishedAt))}</p>
${table({ words, caption: words.headings.since, columns }, changes)}
</section>`;
}
