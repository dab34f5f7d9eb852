import { join } from 'node:path';
import type { Part } from './bench.ts';
import { runGorod } from './gorod.ts';
import { writeOrders } from './orders-file.ts';
import { inTurn, peakMb, seconds, timesAsFast } from './rounds.ts';
import { csvPass } from './rows.ts';

/** Every row answered by the local engine, beside a bare CSV pass over the same file. */
export const localPart: Part = {
  title: 'local engine, all columns written',
  async measure({ folder, rows, rounds }) {
    const orders = join(folder, `orders-${rows}.csv`);
    await writeOrders(orders, rows);
    const gorod = (threads: 1 | 2) => () =>
      runGorod(orders, join(folder, `local-${threads}.csv`), ['--detector', 'local'], threads);
    const { one, pass, two } = await inTurn(rounds, {
      one: gorod(1),
      pass: () => csvPass(folder, orders),
      two: gorod(2),
    });
    return [
      { name: 'gorod run --detector local', value: seconds(one), unit: 's' },
      { name: 'csv-parse | csv-stringify', value: seconds(pass), unit: 's' },
      { name: 'as fast as the bare pass', value: timesAsFast(one, pass), unit: '×', bar: { atLeast: 1.3 } },
      { name: 'peak memory', value: peakMb(one), unit: 'MB' },
      { name: 'two threads, as fast as one', value: timesAsFast(two, one), unit: '×', bar: { atLeast: 1.3 } },
    ];
  },
};
