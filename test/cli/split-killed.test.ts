import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { seededRandom } from '../support/scripted-upstream.ts';

const ROWS = 12_000;
const KILLS = 12;
const PARTS = ['accept', 'review', 'reject', 'retry'] as const;

let folder: TemporaryFolder;

beforeEach(() => {
  folder = temporaryFolder();
  writeOrders('');
});
afterEach(() => folder[Symbol.dispose]());

const KINDS = ['614000;"Perm, Mira', '692000;"Ussuriysk or Nakhodka, Mira', '6140;"Perm, Mira', '614000;"Nowhere'];

function writeOrders(note: string): void {
  const rows = Array.from({ length: ROWS }, (_, row) => `${row};${KINDS[row % KINDS.length]} ${row}";${note}`);
  writeFileSync(folder.file('orders.csv'), ['id;postcode;address;note', ...rows, ''].join('\n'));
}

function run(whileRunning: (child: ChildProcess) => void = () => {}) {
  const args = ['run', 'orders.csv', '--split', '--detector', 'local', '--cache', 'cache.sqlite', '-q'];
  return gorod(args, { cwd: folder.path, whileRunning });
}

/** Kills a child a while after it has written to a file, unless it has ended by then. */
async function killAfter(child: ChildProcess, file: string, ms: number): Promise<void> {
  const written = () => statSync(folder.file(file), { throwIfNoEntry: false })?.mtimeMs;
  const before = written();
  while (child.exitCode === null && (written() ?? before) === before) await delay(1);
  await delay(ms);
  child.kill('SIGKILL');
}

const read = (name: string) => readFileSync(folder.file(name), 'utf8');
const rowsOf = (name: string) => read(name).trimEnd().split('\n').slice(1);

it('loses no row and nothing that was filled in, whenever a run with --split is killed', {
  timeout: 180_000,
}, async () => {
  const random = seededRandom(7);
  await run();
  const filled: string[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const part = kill % 2 === 0 ? 'review' : 'reject';
    const name = `orders.gorod.${part}.csv`;
    // The run before may have been killed before it wrote this part.
    if (existsSync(folder.file(name))) {
      const mark = `filled ${kill}, Mira ${kill}`;
      const text = read(name);
      const at = text.indexOf(';;;\n');
      if (at !== -1) {
        writeFileSync(folder.file(name), `${text.slice(0, at)};;${mark};${text.slice(at + 3)}`);
        filled.push(mark);
      }
    }
    // Now and then the orders are others, so that the run begins anew.
    if (kill % 3 === 0) writeOrders(`note ${kill}`);
    const begun = ['orders.gorod.csv.partial', 'orders.gorod.accept.csv.partial'][kill % 2] ?? '';
    await run((child) => void killAfter(child, begun, random() * (kill % 2 === 0 ? 400 : 60)));
  }
  expect(filled.length).toBeGreaterThan(0);
  expect((await run()).code).toBe(0);

  const whole = rowsOf('orders.gorod.csv');
  expect(whole).toHaveLength(ROWS);
  const parts = PARTS.flatMap((part) => {
    const isFilledIn = part === 'review' || part === 'reject';
    return rowsOf(`orders.gorod.${part}.csv`).map((row) => (isFilledIn ? row.replace(/;;;$/, '') : row));
  });
  expect(parts.sort()).toEqual([...whole].sort());

  const all = readdirSync(folder.path)
    .filter((name) => name.endsWith('.csv'))
    .map(read);
  for (const mark of filled)
    expect(
      all.some((text) => text.includes(mark)),
      mark,
    ).toBe(true);
  expect(readdirSync(folder.path).filter((name) => name.includes('partial'))).toEqual([]);
});
