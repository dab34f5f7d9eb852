import { mkdirSync, writeFileSync } from 'node:fs';
import { benchCacheHits } from './bench/cache-hits.ts';
import { measureBuiltin } from './bench/engine.ts';
import { benchStartup } from './bench/startup.ts';

const FOLDER = '.bench';
const rows = Number(process.env.BENCH_ROWS ?? 1_000_000);
const runs = Number(process.env.BENCH_RUNS ?? 5);

mkdirSync(FOLDER, { recursive: true });

const startup = await benchStartup(Math.max(runs, 5));
console.log(`start to finish, times \`node -e 0\` (${Math.round(startup.nodeMs)} ms)`);
line('open gazetteer, first answer', startup.firstAnswer.toFixed(1), 'bar: 4');
line('gorod detect', startup.detect.toFixed(1));
line('gorod --version', startup.version.toFixed(1), 'bar of the Speed issue: 2.5');

const engine = measureBuiltin();
console.log(
  `\nthe matcher, ${engine.addresses} addresses, ${Math.round(engine.candidates)} candidates each where compared`,
);
line('gorod', `${engine.gorod.toFixed(1)} µs`);
line('gorod, whole subjects', `${engine.gorodAround.toFixed(1)} µs`);
line('fuzzball token_set_ratio, the same', `${engine.fuzzballAround.toFixed(1)} µs`);
line('times as fast', engine.timesFaster.toFixed(1), 'bar: 10');

const cacheHits = await benchCacheHits(FOLDER, rows, runs);
console.log(`\nall rows cache hits, ${rows} rows, medians of ${runs}`);
line('gorod run', seconds(cacheHits.gorodMs));
line('csv-parse | csv-stringify', seconds(cacheHits.csvPassMs));
line('speed ratio', cacheHits.ratio.toFixed(2), 'bar: 0.3');
line(
  'peak memory',
  cacheHits.peakMb === undefined ? 'not known here' : `${Math.round(cacheHits.peakMb)} MB`,
  'bar: 200 MB',
);
line(
  'peak with 10 × the rows',
  cacheHits.memoryGrowth?.toFixed(2) ?? 'not measured',
  'bar: 1.1; BENCH_LARGE=1 measures it',
);

writeFileSync(`${FOLDER}/bench.json`, `${JSON.stringify({ startup, engine, cacheHits }, null, 2)}\n`);

function line(name: string, figure: string, bar?: string): void {
  console.log(`  ${name.padEnd(36)}${figure.padStart(10)}${bar === undefined ? '' : `   (${bar})`}`);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
