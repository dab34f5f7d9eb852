import { VERDICTS, type Verdict } from '../../address/verdict.ts';
import type { VerdictCounts } from '../findings.ts';
import type { Figures } from './figures.ts';
import { html, type Markup } from './markup.ts';

/** A verdict is told by sign, word and colour. */
const SIGNS: Readonly<Record<Verdict, string>> = { accept: '✓', review: '?', reject: '✕', retry: '↻' };

/** The sign and the word of a verdict. */
export function badge(verdict: Verdict, { words }: Figures): Markup {
  const { name } = words.verdicts[verdict];
  return html`<span class="badge ${verdict}"><span aria-hidden="true">${SIGNS[verdict]}</span> ${name}</span>`;
}

/** The rows of each verdict that has any, as text. */
export function verdictList(verdicts: VerdictCounts, figures: Figures): Markup {
  const parts = VERDICTS.filter((verdict) => verdicts[verdict] > 0).map(
    (verdict) => html`<span class="part">${badge(verdict, figures)} ${figures.number(verdicts[verdict])}</span> `,
  );
  return html`${parts}`;
}

/** A bar of `rows` of `most`, cut into verdicts. Only decoration: the figures stand beside it. */
export function bar(verdicts: VerdictCounts, most: number): Markup {
  let from = 0;
  const pieces = VERDICTS.map((verdict) => {
    const width = most === 0 ? 0 : (100 * verdicts[verdict]) / most;
    const piece =
      width > 0 && html`<rect class="${verdict}" x="${percent(from)}" width="${percent(width)}" height="100%"/>`;
    from += width;
    return piece;
  });
  return html`<svg class="bar" aria-hidden="true">${pieces}</svg>`;
}

function percent(value: number): string {
  return `${Math.round(value * 100) / 100}%`;
}
