import { createHash } from 'node:crypto';
import { VERDICTS } from '../../address/verdict.ts';
import { DATA_ID } from '../earlier.ts';
import type { Report } from '../report.ts';
import { answersSection, sinceSection } from './answers.ts';
import { type Figures, figuresOf } from './figures.ts';
import type { MapGround } from './map.ts';
import { html, type Markup, raw } from './markup.ts';
import { reasonsSection } from './reasons.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';
import { codSection, contradictionsSection, destinationsSection, ordersSection, statusesSection } from './tables.ts';
import { badge } from './verdict.ts';

export interface PageOptions {
  /** IANA name. */
  readonly timeZone: string;
  /** Undefined: the destinations are told without a map. */
  readonly ground: MapGround | undefined;
}

/** The report as one page that asks nothing of the network and lets nothing run but its own script. */
export function renderPage(report: Report, { timeZone, ground }: PageOptions): string {
  const figures = figuresOf(report.language, timeZone);
  const { words } = figures;
  const names = report.inputs.map(({ name }) => name).join(', ');
  const { markup } = html`<!doctype html>
<html lang="${words.locale}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${words.title(names)}</title>
<style>${raw(STYLE)}</style>
</head>
<body data-filter="${words.filter}" data-shown="${words.shown('{shown}', '{all}')}">
<main>
<header>
<h1>${words.title(names)}</h1>
<p>${words.made(figures.rows(report.rowsOut), figures.time(report.finishedAt), report.gorodVersion)}</p>
${failures(report, figures)}${totals(report, figures)}
</header>
${reasonsSection(report, figures)}
${codSection(report, figures)}
${contradictionsSection(report, figures)}
${sinceSection(report, figures)}
${statusesSection(report, figures)}
${ordersSection(report, figures)}
${destinationsSection(report, ground, figures)}
${answersSection(report, figures)}
</main>
<footer><p>${words.privacy}</p></footer>
<script type="application/json" id="${DATA_ID}">${embedded(report)}</script>
<script>${raw(SCRIPT)}</script>
</body>
</html>
`;
  return markup;
}

/** The inputs that the page does not cover. */
function failures({ failedInputs = [] }: Report, { words }: Figures): Markup | false {
  if (failedInputs.length === 0) return false;
  const items = failedInputs.map(({ name, meaning }) => html`<li><strong>${name}</strong>: ${meaning}</li>\n`);
  return html`<div class="failed"><p>${words.failedInputs}</p><ul>${items}</ul></div>\n`;
}

/** The verdicts in large figures, those of the last report beside them. */
function totals({ verdicts, rowsOut, earlier }: Report, figures: Figures): Markup {
  const { words } = figures;
  const tiles = VERDICTS.map((verdict) => {
    const rows = verdicts[verdict];
    const change = earlier === undefined ? 0 : rows - earlier.verdicts[verdict];
    return html`<li class="tile ${verdict}">${badge(verdict, figures)}
<span class="figure">${figures.number(rows)}${change !== 0 && html` <small>${figures.change(change)}</small>`}</span>
<span class="means">${words.verdicts[verdict].means}</span>
<span class="share">${words.ofAll(figures.share(rows, rowsOut))}</span></li>
`;
  });
  return html`<ul class="totals">${tiles}</ul>`;
}

/** Nothing may be loaded, sent or run but the page's own style and script, told by their hashes. */
function policy(): string {
  const own = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return `default-src 'none'; style-src ${own(STYLE)}; script-src ${own(SCRIPT)}; base-uri 'none'; form-action 'none'`;
}

/** JSON that cannot end its element: `<` stands escaped. */
function embedded(report: Report): Markup {
  return raw(JSON.stringify(report).replaceAll('<', '\\u003c'));
}
