import { mkdirSync, writeFileSync } from 'node:fs';
import { benchCacheHits } from './bench/cache-hits.ts';

const FOLDER = '.bench';
const rows = Number(process.env.BENCH_ROWS ?? 1_000_000);
const runs = Number(process.env.BENCH_RUNS ?? 5);

mkdirSync(FOLDER, { recursive: true });
const cacheHits = await benchCacheHits(FOLDER, rows, runs);
console.log(`all rows cache hits, ${rows} rows, medians of ${runs}`);
console.log(
  `  gorod run                   ${seconds(cacheHits.gorodMs)}  peak ${Math.round(cacheHits.peakMb ?? 0)} MB`,
);
console.log(`  csv-parse | csv-stringify   ${seconds(cacheHits.csvPassMs)}`);
console.log(`  speed ratio                 ${cacheHits.ratio.toFixed(2)}  (bar: 0.3)`);
console.log(`  memory, 10 × the rows       ${cacheHits.memoryGrowth?.toFixed(2) ?? 'not known here'}  (bar: 1.1)`);
writeFileSync(`${FOLDER}/bench.json`, `${JSON.stringify({ cacheHits }, null, 2)}\n`);

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`.padStart(8);
}
