import { join } from 'node:path';
import type { Part } from './bench.ts';
import { runGorod } from './gorod.ts';
import { measureNode, median } from './measure.ts';
import { writeOrders } from './orders-file.ts';
import { inTurn, timesAsFast } from './rounds.ts';

const ROWS = 100;
/** Short runs vary most. */
const ROUNDS_PER_ROUND = 4;
const QUESTION = ['--postcode', '675000', '--address', 'Lenina 21, 2 Blagoveschensk'];

/** Short runs of whole processes, beside the shortest there is. */
export const startPart: Part = {
  title: 'start to finish, beside `node -e 0`',
  async measure({ folder, rounds }) {
    const orders = join(folder, `orders-${ROWS}.csv`);
    await writeOrders(orders, ROWS);
    const { node, ...commands } = await inTurn(rounds * ROUNDS_PER_ROUND, {
      node: () => measureNode(['-e', '0']),
      version: () => measureNode(['dist/cli.js', '--version']),
      run: () => runGorod(orders, join(folder, 'short.csv'), ['--detector', 'local']),
      detect: () => measureNode(['dist/cli.js', 'detect', '--detector', 'local', ...QUESTION]),
      firstAnswer: () => measureNode(['scripts/bench/peers/first-answer.mjs']),
    });
    const times = (name: keyof typeof commands) => timesAsFast(node, commands[name]);
    return [
      { name: 'node -e 0', value: median(node.map(({ ms }) => ms)), unit: 'ms' },
      { name: 'gorod --version', value: times('version'), unit: '×', bar: { atMost: 2.5 } },
      { name: `gorod run, ${ROWS} rows, local engine`, value: times('run'), unit: '×', bar: { atMost: 6 } },
      { name: 'gorod detect --detector local', value: times('detect'), unit: '×' },
      { name: 'library: open gazetteer, first answer', value: times('firstAnswer'), unit: '×', bar: { atMost: 4 } },
    ];
  },
};
