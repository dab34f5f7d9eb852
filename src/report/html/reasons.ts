import type { Reason, Report } from '../report.ts';
import type { Figures } from './figures.ts';
import { html, type Markup } from './markup.ts';
import { badge } from './verdict.ts';

/** What is wrong, most rows first, each with what to do and the first rows it is seen in. */
export function reasonsSection(report: Report, figures: Figures): Markup {
  const { words } = figures;
  const { reasons, unlistedReasonRows } = report;
  const nothing = report.rowsOut === 0 ? words.noRows : words.allWell;
  return html`<section id="next"><h2>${words.headings.next}</h2>
${reasons.length === 0 ? html`<p class="well">${nothing}</p>` : verdictChoice(reasons, figures)}
${reasons.map((reason) => article(reason, report, figures))}
${unlistedReasonRows > 0 && html`<p class="more">${words.andMore(figures.rows(unlistedReasonRows))}</p>`}
</section>`;
}

/** Shown by the page's script alone: without it the buttons would do nothing. */
function verdictChoice(reasons: readonly Reason[], figures: Figures): Markup | undefined {
  const verdicts = [...new Set(reasons.map(({ verdict }) => verdict))];
  if (verdicts.length < 2) return undefined;
  const { words } = figures;
  const buttons = verdicts.map(
    (
      verdict,
    ) => html`<button type="button" aria-pressed="false" data-verdict="${verdict}">${badge(verdict, figures)}</button>
`,
  );
  return html`<div class="choice" role="group" aria-label="${words.show}" hidden>
<button type="button" aria-pressed="true" data-verdict="">${words.showAll}</button>
${buttons}</div>`;
}

function article(reason: Reason, report: Report, figures: Figures): Markup {
  const { words } = figures;
  const { verdict, status, meaning, advice, rows, examples } = reason;
  const some = words.examples(figures.number(examples.length), figures.number(rows));
  return html`<article data-verdict="${verdict}">
<h3>${badge(verdict, figures)} <span class="count">${figures.rows(rows)}</span> ${meaning ?? words.unknownCode}</h3>
${advice !== undefined && html`<p class="advice"><strong>${words.whatToDo}</strong> ${advice}</p>`}
<p class="shown"><code>${status}</code>${examples.length < rows && html` · ${some}`}</p>
${shownExamples(reason, report, figures)}
</article>`;
}

/** One row an item: where it is, and what it has to say beyond what all rows of the reason have in common. */
function shownExamples({ status, meaning, examples }: Reason, { inputs, statuses }: Report, figures: Figures): Markup {
  const { words } = figures;
  const common = statuses.find((one) => one.status === status)?.meaning ?? '';
  const items = examples.map(({ file, line, postcode, place, message }) => {
    const where = inputs.length > 1 ? `${file}: ${line}` : `${words.columns.line} ${line}`;
    const said = ownPart(message, common);
    // A line that would stand bare says what the heading says already.
    const isBare = postcode === undefined && place === undefined && said !== message;
    const own = message === meaning && !isBare ? '' : said;
    const facts = [postcode, own.includes(place ?? '') && own !== '' ? undefined : place, own].filter(Boolean);
    return html`<li${own !== '' && html` class="long"`}><span class="where">${where}</span> ${facts.join(' · ')}</li>
`;
  });
  return html`<ul class="lines">${items}</ul>`;
}

/** What a message says beyond the meaning of its status. */
function ownPart(message: string, common: string): string {
  const rest =
    common !== '' && message.startsWith(common) ? message.slice(common.length).replace(/^[:：;；]\s*/, '') : '';
  return rest === '' ? message : rest;
}
