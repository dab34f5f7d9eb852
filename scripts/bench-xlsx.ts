import { mkdirSync, rmSync, statSync } from 'node:fs';
import { measureNode } from './bench/measure.ts';
import { type TextPlace, writeOrdersSheet } from './bench/orders-sheet.ts';

const FOLDER = '.bench';
const BAR_MB = 300;
const rows = Number(process.env.BENCH_ROWS ?? 300_000);

mkdirSync(FOLDER, { recursive: true });
console.log(`gorod run x.xlsx --detector local, ${rows} rows of 12 columns in, of 39 columns out`);
for (const place of ['shared', 'shuffled', 'inline'] as const satisfies TextPlace[]) {
  const [input, output] = [`${FOLDER}/orders.xlsx`, `${FOLDER}/orders.gorod.xlsx`];
  await writeOrdersSheet(input, rows, place);
  rmSync(output, { force: true });
  const { ms, peakMb } = await measureNode(['dist/cli.js', 'run', input, '--detector', 'local', '-q', '--restart']);
  const sizes = [input, output].map((file) => `${(statSync(file).size / 2 ** 20).toFixed(0)} MB`).join(' → ');
  const peak = peakMb === undefined ? 'not known here' : `${Math.round(peakMb)} MB (bar: ${BAR_MB} MB)`;
  console.log(`  texts ${place.padEnd(10)} ${sizes.padEnd(16)} ${(ms / 1000).toFixed(1)} s   peak memory ${peak}`);
  if ((peakMb ?? 0) > BAR_MB) process.exitCode = 1;
}
