import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { questionKey } from '../../src/address/key.ts';
import { openSqliteCache } from '../../src/cache/sqlite-cache.ts';
import { SEED_CDEK_CITY, SEED_FIAS_CITY } from '../../test/support/seed-example.ts';
import { type Measured, measureNode, median } from './measure.ts';
import { syntheticQuery, writeOrders } from './orders-file.ts';

const ENDPOINT = 'http://127.0.0.1:9/api/v2/detect-city';
const DISTINCT = 100_000;
/** So many cities answer the distinct questions. */
const CITIES = 5_000;

/** What the comparison of a cached run with a bare CSV pass says. */
export interface CacheHitFigures {
  readonly rows: number;
  readonly gorodMs: number;
  readonly csvPassMs: number;
  /** How many times as fast as the bare pass. */
  readonly ratio: number;
  readonly peakMb: number | undefined;
  /** Peak memory with ten times the rows, over that with these. */
  readonly memoryGrowth: number | undefined;
}

/** Every row a cache hit, beside a bare `csv-parse | csv-stringify` pass over the same file, in turn, medians of `runs`. */
export async function benchCacheHits(folder: string, rows: number, runs: number): Promise<CacheHitFigures> {
  const file = join(folder, `orders-${rows}.csv`);
  const cache = join(folder, 'answers.sqlite');
  if (!existsSync(file)) await writeOrders(file, { rows, distinct: DISTINCT });
  await warmCache(cache);
  const gorodRuns: Measured[] = [];
  const passes: Measured[] = [];
  for (let run = 0; run < runs; run += 1) {
    gorodRuns.push(await runGorod(file, cache, join(folder, 'out.csv')));
    passes.push(await measureNode(['scripts/bench/csv-pass.mjs', file, join(folder, 'pass.csv')]));
  }
  const gorodMs = median(gorodRuns.map((run) => run.ms));
  const csvPassMs = median(passes.map((run) => run.ms));
  const peakMb = peak(gorodRuns);
  const largePeakMb = process.env.BENCH_LARGE === undefined ? undefined : await peakOfLarge(folder, cache, rows * 10);
  return {
    rows,
    gorodMs,
    csvPassMs,
    ratio: csvPassMs / gorodMs,
    peakMb,
    memoryGrowth: peakMb === undefined || largePeakMb === undefined ? undefined : largePeakMb / peakMb,
  };
}

async function peakOfLarge(folder: string, cache: string, rows: number): Promise<number | undefined> {
  const file = join(folder, `orders-${rows}.csv`);
  if (!existsSync(file)) await writeOrders(file, { rows, distinct: DISTINCT });
  return peak([await runGorod(file, cache, join(folder, 'out.csv'))]);
}

function runGorod(input: string, cache: string, output: string): Promise<Measured> {
  const args = ['run', input, '-o', output, '--detector', 'api', '--endpoint', ENDPOINT, '--cache', cache, '--quiet'];
  return measureNode(['dist/cli.js', ...args], { CDEK_DEVELOPER_KEY: 'bench' });
}

async function warmCache(file: string): Promise<void> {
  const { cache } = openSqliteCache(file, {});
  const asked = { detectorId: 'api', origin: new URL(ENDPOINT).origin };
  for (let index = 0; index < DISTINCT; index += 1) {
    const query = syntheticQuery(index);
    cache.set(questionKey(asked, query), {
      detection: syntheticDetection(index % CITIES),
      okUpTo: 0,
      fetchedAt: Date.now() - 60_000,
    });
  }
  cache.close();
}

function syntheticDetection(index: number) {
  const cityName = `Образцово-${index}`;
  return {
    status_code: 'OK',
    status_msg: 'CDEK城市识别成功',
    detected_cdek_city: { ...SEED_CDEK_CITY, cityCode: String(1000 + index), cityName },
    detected_fias_city: { ...SEED_FIAS_CITY, formal_name: cityName, official_name: cityName },
    possible_cities: [cityName],
  };
}

function peak(runs: readonly Measured[]): number | undefined {
  const peaks = runs.flatMap((run) => (run.peakMb === undefined ? [] : [run.peakMb]));
  return peaks.length === 0 ? undefined : Math.max(...peaks);
}
