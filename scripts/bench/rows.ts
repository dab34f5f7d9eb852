import { join } from 'node:path';
import type { Part } from './bench.ts';
import type { Figure } from './figures.ts';
import { assertAllKnown, runGorod } from './gorod.ts';
import { type Measured, measure, measureNode } from './measure.ts';
import { writeOrders } from './orders-file.ts';
import { findPython, NO_PYTHON } from './python.ts';
import { inTurn, peakMb, perSecond, type Rounds, seconds, timesAsFast, timesAsThrifty } from './rounds.ts';
import { type WarmCache, warmCache } from './warm-cache.ts';

/** Every row a cache hit, beside a bare CSV pass and a plain Python script over the same file. */
export const rowsPart: Part = {
  title: 'all rows cache hits, all columns written',
  async measure({ folder, rows, rounds }) {
    const orders = join(folder, `orders-${rows}.csv`);
    await writeOrders(orders, rows);
    const cache = await warmCache(folder);
    const gorod = (threads: 1 | 2) => async () => {
      const summary = join(folder, 'summary.json');
      const output = join(folder, `out-${threads}.csv`);
      const measured = await runGorod(orders, output, [...cache.options, '--summary', summary], threads);
      assertAllKnown(summary, rows);
      return measured;
    };
    const measured = await inTurn(rounds, {
      gorod: gorod(1),
      pass: () => csvPass(folder, orders),
      passes: () => twoPasses(folder, orders),
      two: gorod(2),
      python: await pythonPeer(folder, orders, cache),
    });
    return figures(measured, rows);
  },
};

/** The bare pass of csv-parse into csv-stringify over a file. */
export function csvPass(folder: string, file: string, output = 'pass.csv'): Promise<Measured> {
  return measureNode(['scripts/bench/peers/csv-pass.mjs', file, join(folder, output)]);
}

/** Two such passes at one time, each in a process of its own; the one that took longer. */
async function twoPasses(folder: string, file: string): Promise<Measured> {
  const [one, other] = await Promise.all([csvPass(folder, file), csvPass(folder, file, 'pass-2.csv')]);
  return one.ms > other.ms ? one : other;
}

async function pythonPeer(folder: string, orders: string, { enriched }: WarmCache) {
  const python = findPython('sqlite3');
  if (python === undefined) return undefined;
  const database = join(folder, 'peer.sqlite');
  await measure(python, ['scripts/bench/peers/load_answers.py', enriched, database]);
  return () => measure(python, ['scripts/bench/peers/enrich.py', orders, join(folder, 'python.csv'), database]);
}

function figures(
  { gorod, pass, passes, two, python }: Rounds<'gorod' | 'pass' | 'passes' | 'two' | 'python'>,
  rows: number,
): readonly Figure[] {
  const time = (name: string, measured: readonly Measured[], missing = ''): Figure => {
    const rate = perSecond(rows, measured);
    const note = rate === undefined ? missing : `${Math.round(rate / 1000)} k rows/s`;
    return { name, value: seconds(measured), unit: 's', note };
  };
  return [
    time('gorod run', gorod),
    time('csv-parse | csv-stringify', pass),
    time('Python csv + sqlite3', python, NO_PYTHON),
    { name: 'as fast as the bare pass', value: timesAsFast(gorod, pass), unit: '×', bar: { atLeast: 1.2 } },
    { name: 'the same, of processor time', value: timesAsThrifty(gorod, pass), unit: '×' },
    { name: 'as fast as Python', value: timesAsFast(gorod, python), unit: '×', bar: { atLeast: 1.5 } },
    { name: 'peak memory', value: peakMb(gorod), unit: 'MB', bar: { atMost: 200 } },
    time('gorod run, two threads', two),
    { name: 'two threads, as fast as one', value: timesAsFast(two, gorod), unit: '×', bar: { atLeast: 1.5 } },
    // What a second thread can bring at the most on this machine, whose cores may slow each other down.
    { name: 'two bare passes at one time, as fast as one by one', value: twice(timesAsFast(passes, pass)), unit: '×' },
    { name: 'two threads, peak memory', value: peakMb(two), unit: 'MB', bar: { atMost: 300 } },
  ];
}

function twice(times: number | undefined): number | undefined {
  return times === undefined ? undefined : 2 * times;
}
