import type { MonthNight } from './month.ts';

const WIDTH = 760;
const HEIGHT = 380;
const LEFT = 64;
const RIGHT = 150;
const TOP = 20;
const BOTTOM = 44;

interface Curve {
  readonly name: string;
  readonly colour: string;
  readonly of: (night: MonthNight) => number;
}

/** Told apart by their colours and by the names beside their ends. */
const CURVES: readonly Curve[] = [
  { name: 'without a cache', colour: '#8a8a8a', of: ({ questions }) => questions },
  { name: 'with a cache', colour: '#1f6feb', of: ({ uncached }) => uncached },
  { name: 'with inference', colour: '#1a7f37', of: ({ inferring }) => inferring.requests },
];

/** A plot of the requests of each night as SVG. */
export function drawMonth(month: readonly MonthNight[]): string {
  const most = Math.ceil(Math.max(...month.map(({ questions }) => questions)) / 5000) * 5000;
  const x = (night: number) => round(LEFT + ((night - 1) / Math.max(1, month.length - 1)) * (WIDTH - LEFT - RIGHT));
  const y = (requests: number) => round(HEIGHT - BOTTOM - (requests / most) * (HEIGHT - TOP - BOTTOM));
  const levels = Array.from({ length: most / 5000 + 1 }, (_, index) => index * 5000);
  const nights = month.filter(({ night }) => night === 1 || night % 5 === 0).map(({ night }) => night);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" font-family="sans-serif" font-size="13">`,
    '<title>Requests per night of a synthetic month: without a cache, with a cache, with inference</title>',
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    ...levels.map((level) => gridLine(level, y(level))),
    ...nights.map((night) => label(String(night), x(night), HEIGHT - BOTTOM + 18, 'middle')),
    label('night', round((LEFT + WIDTH - RIGHT) / 2), HEIGHT - 8, 'middle'),
    ...CURVES.flatMap(({ name, colour, of }) => {
      const points = month.map((night) => `${x(night.night)},${y(of(night))}`).join(' ');
      const last = month.at(-1);
      const end = last === undefined ? 0 : y(of(last));
      return [
        `<polyline points="${points}" fill="none" stroke="${colour}" stroke-width="2"/>`,
        label(name, WIDTH - RIGHT + 10, end + 4, 'start', colour),
      ];
    }),
    '</svg>',
    '',
  ].join('\n');
}

function gridLine(level: number, y: number): string {
  const line = `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y}" y2="${y}" stroke="#d8d8d8"/>`;
  return line + label(level.toLocaleString('en'), LEFT - 8, y + 4, 'end');
}

function label(text: string, x: number, y: number, anchor: 'start' | 'middle' | 'end', colour = '#333333'): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${colour}">${text}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
