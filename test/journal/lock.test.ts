import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../support/cli.ts';

const PROCESS = new URL('./lock-process.ts', import.meta.url).pathname;

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

/** What three processes print that want the same at one time. */
async function rivals(mode: 'each' | 'inTurn'): Promise<readonly string[]> {
  const children = [1, 2, 3].map(() =>
    spawn(process.execPath, ['--import', 'tsx', PROCESS, folder.path, mode], { stdio: ['pipe', 'pipe', 'inherit'] }),
  );
  const ends = children.map((child) => once(child, 'close'));
  const printed = children.map(({ stdout }) => createInterface({ input: stdout })[Symbol.asyncIterator]());
  /** What each prints up to a line, or to its end. */
  const until = async (last: string) => {
    const lines: string[] = [];
    for (const output of printed) {
      for (let next = await output.next(); !next.done && next.value !== last; next = await output.next())
        lines.push(next.value);
    }
    return lines;
  };
  await until('ready');
  const start = Date.now() + 200;
  for (const { stdin } of children) stdin.write(`${start}\n`);
  const had = await until('tried');
  for (const { stdin } of children) stdin.end();
  for (const end of ends) expect((await end)[0]).toBe(0);
  return had;
}

describe('the lock of a journal, of several processes that want it at one time,', () => {
  it('is had by exactly one', async () => {
    expect((await rivals('each')).toSorted()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
  });

  it('is had by one after the other, also where each removes the journal', async () => {
    const had = await rivals('inTurn');
    expect(had.length).toBeGreaterThan(100);
    expect(readdirSync(folder.path)).toEqual([]);
  });
});
