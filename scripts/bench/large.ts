import { join } from 'node:path';
import type { Part } from './bench.ts';
import { assertAllKnown, runGorod } from './gorod.ts';
import { countInstructions, NO_PERF } from './instructions.ts';
import type { Measured } from './measure.ts';
import { writeOrders } from './orders-file.ts';
import { warmCache } from './warm-cache.ts';

const TIMES = 10;

/** Ten times the rows: memory must not grow, nor what a row costs. */
export const largePart: Part = {
  title: `${TIMES} × the rows, all cache hits`,
  async measure({ folder, rows }) {
    const [small, large] = [rows, rows * TIMES] as const;
    const file = (count: number) => join(folder, `orders-${count}.csv`);
    for (const count of [small, large]) await writeOrders(file(count), count);
    const cache = await warmCache(folder);
    const summary = join(folder, 'summary.json');
    const output = join(folder, 'large.csv');
    const options = [...cache.options, '--summary', summary];
    const run = async (count: number): Promise<Measured> => {
      const measured = await runGorod(file(count), output, options);
      assertAllKnown(summary, count);
      return measured;
    };
    const [one, ten] = [await run(small), await run(large)];
    const command = (count: number) => ['dist/cli.js', 'run', file(count), '-o', output, '--restart', '-q', ...options];
    const perRow = (count: number) => countInstructions(command(count), count, { CDEK_DEVELOPER_KEY: 'bench-key' });
    const instructions = perRow(small);
    const growth = (a: number | undefined, b: number | undefined) => (a && b ? b / a : undefined);
    return [
      { name: 'peak memory', value: ten.peakMb, unit: 'MB' },
      {
        name: 'peak memory, times that of 1 ×',
        value: growth(one.peakMb, ten.peakMb),
        unit: '×',
        bar: { atMost: 1.1 },
      },
      { name: 'processor time a row, times', value: growth(one.cpuMs, ten.cpuMs && ten.cpuMs / TIMES), unit: '×' },
      {
        name: 'instructions a row, times',
        value: instructions && growth(instructions, perRow(large)),
        unit: '×',
        bar: { atMost: 1.05 },
        ...(instructions === undefined ? { note: NO_PERF } : {}),
      },
    ];
  },
};
