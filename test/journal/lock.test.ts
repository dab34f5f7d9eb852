import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { text } from 'node:stream/consumers';
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
  const start = Date.now() + 1500;
  const printed = [1, 2, 3].map(async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', PROCESS, folder.path, `${start}`, mode], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
    expect(code).toBe(0);
    return output.split('\n').filter((line) => line !== '');
  });
  return (await Promise.all(printed)).flat();
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
