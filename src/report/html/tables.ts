import type { Contradiction } from '../findings.ts';
import type { CityRows, Report, StatusRows, SubjectRows } from '../report.ts';
import type { Figures } from './figures.ts';
import { type MapGround, map } from './map.ts';
import { html, type Markup } from './markup.ts';
import { table } from './table.ts';
import { badge, bar, verdictList } from './verdict.ts';

/** A bar per status. */
export function statusesSection({ statuses }: Report, figures: Figures): Markup {
  const { words } = figures;
  const most = Math.max(0, ...statuses.map(({ rows }) => rows));
  const columns = [
    {
      name: 'status' as const,
      cell: ({ status, meaning }: StatusRows) =>
        html`<code>${status}</code><br><span class="meaning">${meaning ?? words.unknownCode}</span>`,
    },
    {
      name: 'rows' as const,
      numeric: true,
      cell: ({ rows }: StatusRows) => figures.number(rows),
      value: ({ rows }: StatusRows) => rows,
    },
    {
      name: 'verdict' as const,
      cell: ({ verdicts }: StatusRows) => html`${bar(verdicts, most)}${verdictList(verdicts, figures)}`,
    },
  ];
  return html`<section id="statuses"><h2>${words.headings.statuses}</h2>
<p>${words.statusesIntro}</p>
${table({ words, caption: words.headings.statuses, columns }, statuses)}
</section>`;
}

/** What orders would meet. Nothing where nothing is foretold. */
export function ordersSection({ orderErrors }: Report, figures: Figures): Markup | undefined {
  const errors = Object.entries(orderErrors);
  if (errors.length === 0) return undefined;
  const { words } = figures;
  const meanings = new Map<string, string>(Object.entries(words.orderErrors));
  const columns = [
    {
      name: 'status' as const,
      cell: ([error]: [string, number]) =>
        html`<code>${error}</code><br><span class="meaning">${meanings.get(error) ?? words.unknownCode}</span>`,
    },
    {
      name: 'rows' as const,
      numeric: true,
      cell: ([, rows]: [string, number]) => figures.number(rows),
      value: ([, rows]: [string, number]) => rows,
    },
  ];
  return html`<section id="orders"><h2>${words.headings.orders}</h2>
<p>${words.orderErrorsIntro}</p>
${table({ words, caption: words.headings.orders, columns }, errors)}
</section>`;
}

/** Where more is asked for on delivery than may be collected. Nothing where no row has cash on delivery. */
export function codSection({ cod, inputs }: Report, figures: Figures): Markup | undefined {
  if (cod.rows === 0) return undefined;
  const { words } = figures;
  const heading = html`<h2>${words.headings.cod}</h2>`;
  if (cod.overLimitRows === 0) return html`<section id="cod">${heading}<p class="well">${words.codNone}</p></section>`;
  const limit = ({ limitRub }: CityRows) =>
    limitRub === undefined ? words.limitUntold : limitRub === 0 ? words.noneCollected : figures.roubles(limitRub);
  const lines = ({ examples, rows }: CityRows) => {
    const named = examples.map(({ file, line }) => (inputs.length > 1 ? `${file}: ${line}` : String(line))).join(', ');
    return rows > examples.length ? `${named}, …` : named;
  };
  const columns = [
    { name: 'city' as const, cell: ({ city }: CityRows) => city ?? words.cityUntold },
    { name: 'region' as const, cell: ({ region }: CityRows) => region ?? '—' },
    { name: 'limit' as const, numeric: true, cell: limit, value: ({ limitRub }: CityRows) => limitRub ?? -1 },
    {
      name: 'rows' as const,
      numeric: true,
      cell: ({ rows }: CityRows) => figures.number(rows),
      value: ({ rows }: CityRows) => rows,
    },
    {
      name: 'sum' as const,
      numeric: true,
      cell: ({ rub }: CityRows) => figures.roubles(rub),
      value: ({ rub }: CityRows) => rub,
    },
    { name: 'lines' as const, cell: lines },
  ];
  const sum = words.codSum(
    figures.rows(cod.overLimitRows),
    figures.roubles(cod.overLimitRub),
    figures.roubles(cod.rub),
  );
  return html`<section id="cod">${heading}
<p>${sum}</p>
${table({ words, caption: words.headings.cod, columns }, cod.cities)}
${cod.unlistedRows > 0 && html`<p class="more">${words.andMore(figures.rows(cod.unlistedRows))}</p>`}
</section>`;
}

/** Rows whose postcode and address mean different places, with both readings. Nothing where there are none. */
export function contradictionsSection({ contradictions, inputs }: Report, figures: Figures): Markup | undefined {
  const { rows, listed } = contradictions;
  if (rows === 0) return undefined;
  const { words } = figures;
  const columns = [
    ...(inputs.length > 1 ? [{ name: 'file' as const, cell: ({ file }: Contradiction) => file }] : []),
    {
      name: 'line' as const,
      numeric: true,
      cell: ({ line }: Contradiction) => line,
      value: ({ line }: Contradiction) => line,
    },
    {
      name: 'says' as const,
      cell: ({ postcode, postcodePlace }: Contradiction) => reading(postcode, postcodePlace),
    },
    {
      name: 'other' as const,
      cell: ({ namedPostcode, namedPlace }: Contradiction) => reading(namedPostcode, namedPlace),
    },
    { name: 'verdict' as const, cell: ({ verdict }: Contradiction) => badge(verdict, figures) },
  ];
  return html`<section id="contradictions"><h2>${words.headings.contradictions}</h2>
<p>${words.contradictionsIntro(figures.rows(rows))}</p>
${table({ words, caption: words.headings.contradictions, columns }, listed)}
${rows > listed.length && html`<p class="more">${words.andMore(figures.rows(rows - listed.length))}</p>`}
</section>`;
}

/** `675000 Благовещенск`, as far as either is known. */
function reading(postcode: string | undefined, place: string | undefined): string {
  return [postcode, place].filter((part) => part !== undefined).join(' ') || '—';
}

/** The map and its figures. Nothing where no destination is known. */
export function destinationsSection(
  { destinations }: Report,
  ground: MapGround | undefined,
  figures: Figures,
): Markup | undefined {
  const { subjects, unplacedRows } = destinations;
  if (subjects.length === 0) return undefined;
  const { words } = figures;
  const rows = subjects.reduce((sum, subject) => sum + subject.rows, 0);
  const columns = [
    { name: 'region' as const, cell: ({ name }: SubjectRows) => html`<span lang="ru">${name}</span>` },
    {
      name: 'rows' as const,
      numeric: true,
      cell: ({ rows }: SubjectRows) => figures.number(rows),
      value: ({ rows }: SubjectRows) => rows,
    },
    { name: 'verdict' as const, cell: ({ verdicts }: SubjectRows) => verdictList(verdicts, figures) },
  ];
  return html`<section id="destinations"><h2>${words.headings.destinations}</h2>
<p>${words.mapIntro(figures.rows(rows), figures.number(subjects.length))}${unplacedRows > 0 && ` ${words.unplaced(figures.rows(unplacedRows))}`}</p>
${ground !== undefined && map(subjects, ground, figures)}
${table({ words, caption: words.headings.destinations, columns }, subjects)}
</section>`;
}
