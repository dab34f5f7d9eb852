import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { apiPart } from './bench/api.ts';
import type { Part } from './bench/bench.ts';
import { enginePart } from './bench/engine.ts';
import { type Figure, isMet, renderFigure } from './bench/figures.ts';
import { largePart } from './bench/large.ts';
import { localPart } from './bench/local.ts';
import { rowsPart } from './bench/rows.ts';
import { startPart } from './bench/start.ts';

const PARTS: Readonly<Record<string, Part>> = {
  start: startPart,
  engine: enginePart,
  rows: rowsPart,
  local: localPart,
  api: apiPart,
  large: largePart,
};

const bench = {
  folder: '.bench',
  rows: Number(process.env.BENCH_ROWS ?? 1_000_000),
  rounds: Number(process.env.BENCH_RUNS ?? 5),
};
const usual = Object.keys(PARTS).filter((name) => name !== 'large' || process.env.BENCH_LARGE !== undefined);
const wanted = process.env.BENCH_ONLY?.split(',') ?? usual;

mkdirSync(bench.folder, { recursive: true });
console.log(
  `${bench.rows} rows, medians of ${bench.rounds} rounds, Node ${process.version}, ${cpus().length} processors`,
);
const parts: Record<string, readonly (Figure & { readonly met: boolean | undefined })[]> = {};
for (const name of wanted) {
  const part = PARTS[name];
  if (part === undefined) throw new Error(`BENCH_ONLY: no part ${name}; there are ${Object.keys(PARTS).join(', ')}`);
  console.log(`\n${name}: ${part.title}`);
  const figures = await part.measure(bench);
  for (const figure of figures) console.log(renderFigure(figure));
  parts[name] = figures.map((figure) => ({ ...figure, met: isMet(figure) }));
}
const result = { ...bench, node: process.version, processors: cpus().map(({ model }) => model), parts };
writeFileSync(`${bench.folder}/bench.json`, `${JSON.stringify(result, null, 2)}\n`);
console.log(`\n${JSON.stringify(result)}`);
