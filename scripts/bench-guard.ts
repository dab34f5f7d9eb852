import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runGorod } from './bench/gorod.ts';
import { type GuardedFigures, judgeFigures, renderVerdict, TOLERANCE } from './bench/guard.ts';
import { writeOrders } from './bench/orders-file.ts';
import { inTurn, timesAsFast, timesAsThrifty } from './bench/rounds.ts';
import { csvPass } from './bench/rows.ts';
import { warmCache } from './bench/warm-cache.ts';

const BASELINE = 'scripts/bench/baseline.json';
const folder = '.bench';
const rows = Number(process.env.BENCH_ROWS ?? 1_000_000);
const rounds = Number(process.env.BENCH_RUNS ?? 5);
const isUpdate = process.argv.includes('--update');

mkdirSync(folder, { recursive: true });
const orders = join(folder, `orders-${rows}.csv`);
await writeOrders(orders, rows);
const { options } = await warmCache(folder);
const { pass, hits, local } = await inTurn(rounds, {
  pass: () => csvPass(folder, orders),
  hits: () => runGorod(orders, join(folder, 'guard.csv'), options),
  local: () => runGorod(orders, join(folder, 'guard.csv'), ['--detector', 'local']),
});
// Processor time where the system tells it: what else the machine does changes it least.
const ratio = (measured: typeof hits) => timesAsThrifty(measured, pass) ?? timesAsFast(measured, pass);
const measured = { 'cache hits, times the bare pass': ratio(hits), 'local engine, times the bare pass': ratio(local) };

if (isUpdate) {
  writeFileSync(BASELINE, `${JSON.stringify(measured, (_, value) => rounded(value), 2)}\n`);
  console.log(`${BASELINE} is now ${JSON.stringify(measured)}`);
} else {
  const baseline: GuardedFigures = JSON.parse(readFileSync(BASELINE, 'utf8'));
  const verdicts = judgeFigures(baseline, measured);
  console.log(`${rows} rows, medians of ${rounds} rounds, baseline → measured`);
  for (const verdict of verdicts) console.log(renderVerdict(verdict));
  if (verdicts.some(({ isRegression }) => isRegression)) {
    console.log(
      `slower than the baseline by more than ${TOLERANCE * 100} %: mend it, or say why and run with --update`,
    );
    process.exitCode = 1;
  }
}

function rounded(value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 1000) / 1000 : value;
}
