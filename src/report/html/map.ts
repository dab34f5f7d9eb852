import { projection, RUSSIA } from '../projection.ts';
import type { SubjectRows } from '../report.ts';
import { apart } from './apart.ts';
import type { Figures } from './figures.ts';
import { html, type Markup } from './markup.ts';

/** What the map is drawn on. Degrees; longitudes grow eastwards over the 180th meridian. */
export interface MapGround {
  readonly subjects: readonly { readonly code: string; readonly latitude: number; readonly longitude: number }[];
  /** Spots of populated land: latitude, longitude. */
  readonly cells: readonly (readonly [number, number])[];
}

const WIDTH = 960;
const MARGIN = 24;
const LARGEST = 30;
const SMALLEST = 3;
/** A circle of at least this radius has room for its figure. */
const ROOM_FOR_FIGURE = 9;

/** The map of destinations: the country as dots, and a circle for each subject, its area as its rows. */
export function map(subjects: readonly SubjectRows[], ground: MapGround, figures: Figures): Markup {
  const { place, height } = frame(ground);
  const places = new Map(ground.subjects.map((subject) => [subject.code, subject]));
  const most = Math.max(...subjects.map(({ rows }) => rows));
  const placed = subjects.flatMap((subject) => {
    const at = places.get(subject.code);
    if (at === undefined) return [];
    const radius = Math.max(SMALLEST, LARGEST * Math.sqrt(subject.rows / most));
    return [{ subject, radius, ...place(at.latitude, at.longitude) }];
  });
  const circles = apart(placed).map(({ subject, radius, x, y }) => {
    const figure = html`<text x="${tenth(x)}" y="${tenth(y)}">${figures.number(subject.rows)}</text>`;
    return html`<g><title>${subject.name}: ${figures.rows(subject.rows)}</title>
<circle cx="${tenth(x)}" cy="${tenth(y)}" r="${tenth(radius)}"/>${radius >= ROOM_FOR_FIGURE && figure}</g>
`;
  });
  const { mapTitle } = figures.words;
  return html`<svg class="map" viewBox="0 0 ${WIDTH} ${Math.round(height)}" role="img" aria-label="${mapTitle}">
<path class="land" d="${land(ground, place)}"/>
${circles}</svg>`;
}

type Place = (latitude: number, longitude: number) => { readonly x: number; readonly y: number };

/** Scales the plane so that all dots fit between the margins. */
function frame({ cells }: MapGround): { readonly place: Place; readonly height: number } {
  const project = projection(RUSSIA);
  const points = cells.map(([latitude, longitude]) => project(latitude, longitude));
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const [west, north] = [Math.min(...xs), Math.max(...ys)];
  const scale = (WIDTH - 2 * MARGIN) / (Math.max(...xs) - west);
  return {
    place: (latitude, longitude) => {
      const { x, y } = project(latitude, longitude);
      return { x: MARGIN + (x - west) * scale, y: MARGIN + (north - y) * scale };
    },
    height: 2 * MARGIN + (north - Math.min(...ys)) * scale,
  };
}

/** One path of dots: each a stroke of no length with a round end, told relative to the one before. */
function land({ cells }: MapGround, place: Place): string {
  let [lastX, lastY] = [0, 0];
  return cells
    .map(([latitude, longitude]) => {
      const { x, y } = place(latitude, longitude);
      const [nowX, nowY] = [Math.round(x), Math.round(y)];
      const stroke = `m${nowX - lastX} ${nowY - lastY}h0`;
      [lastX, lastY] = [nowX, nowY];
      return stroke;
    })
    .join('');
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
