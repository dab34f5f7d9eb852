import { html, type Markup, type Part } from './markup.ts';
import type { Column, Words } from './words.ts';

export interface TableColumn<Row> {
  readonly name: Column;
  readonly numeric?: boolean;
  readonly cell: (row: Row) => Part;
  /** What the rows are sorted by where that is not the text of the cell. */
  readonly value?: (row: Row) => number | string;
}

/** So many columns fit on a phone. */
const FITTING = 3;

/** A table that the page's script makes sortable and, where it is long, filterable; whole and readable without it. */
export function table<Row>(
  { words, caption, columns }: { words: Words; caption: string; columns: readonly TableColumn<Row>[] },
  rows: readonly Row[],
): Markup {
  const head = columns.map(({ name, numeric }) => {
    const label = words.columns[name];
    return html`<th scope="col"${kind(numeric)} data-sort="${words.sortBy(label)}">${label}</th>`;
  });
  const body = rows.map((row) => {
    const cells = columns.map(({ name, cell, value, numeric }) => {
      const sorted = value === undefined ? undefined : html` data-value="${value(row)}"`;
      return html`<td${kind(numeric)}${sorted} data-label="${words.columns[name]}">${cell(row)}</td>`;
    });
    return html`<tr>${cells}</tr>`;
  });
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table${columns.length > FITTING && html` class="cards"`}>
<caption>${caption}</caption>
<thead><tr>${head}</tr></thead>
<tbody>${body.map((row) => html`${row}\n`)}</tbody>
</table></div>`;
}

function kind(numeric: boolean | undefined): Markup | undefined {
  return numeric === true ? html` class="num"` : undefined;
}
