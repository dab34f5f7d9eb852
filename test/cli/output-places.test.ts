import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { startScriptedUpstream } from '../support/scripted-upstream.ts';

const BAD_KEY = { status_code: 'ERR_BAD_DEVKEY', status_msg: 'x' };
const ORDERS = 'id,postcode,address\n1,675000,"Lenina 21, 2 Blagoveschensk"\n';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
  writeFileSync(folder.file('a.csv'), ORDERS);
});
afterEach(() => folder[Symbol.dispose]());

const run = (...args: readonly string[]) =>
  gorod(['run', 'a.csv', '--detector', 'local', ...args], { cwd: folder.path });

describe('an output that would take the place of', () => {
  it('a folder is refused', async () => {
    mkdirSync(folder.file('out.csv'));
    expect(await run('-o', 'out.csv')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('out.csv is a folder; name a file in it'),
    });
    expect(readdirSync(folder.path).sort()).toEqual(['a.csv', 'out.csv']);
  });

  it('a link is refused, and what it leads to stays as it is', async () => {
    writeFileSync(folder.file('elsewhere.csv'), 'mine');
    symlinkSync('elsewhere.csv', folder.file('out.csv'));
    const result = await run('-o', 'out.csv');
    expect(result).toMatchObject({ code: 2, stderr: expect.stringMatching(/out\.csv is a link to .*elsewhere\.csv/) });
    expect(lstatSync(folder.file('out.csv')).isSymbolicLink()).toBe(true);
    expect(readFileSync(folder.file('elsewhere.csv'), 'utf8')).toBe('mine');
  });

  it.each([
    ['a pipe', () => execFileSync('mkfifo', [folder.file('out.csv')])],
    ['a link that leads nowhere', () => symlinkSync('nowhere.csv', folder.file('out.csv'))],
    ['a link to a device', () => symlinkSync('/dev/null', folder.file('out.csv'))],
  ])('%s is refused, and stays', async (_, make) => {
    make();
    const before = lstatSync(folder.file('out.csv'));
    expect(await run('-o', 'out.csv')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('out.csv is no regular file'),
    });
    expect(lstatSync(folder.file('out.csv')).mode).toBe(before.mode);
    expect(readdirSync(folder.path).sort()).toEqual(['a.csv', 'out.csv']);
  });
});

it('gorod retry does not take the place of a link either', async () => {
  await run('-o', 'real.csv');
  symlinkSync('real.csv', folder.file('link.csv'));
  const result = await gorod(['retry', 'link.csv', '--detector', 'local'], { cwd: folder.path });
  expect(result).toMatchObject({ code: 2, stderr: expect.stringContaining('link.csv is a link to') });
});

it('a run whose key is refused leaves nothing behind', async () => {
  await using upstream = await startScriptedUpstream({ reply: () => ({ kind: 'answer', body: BAD_KEY }) });
  const result = await gorod(['run', 'a.csv', '-o', 'out.csv', '--endpoint', upstream.url, '--no-cache'], {
    cwd: folder.path,
    env: { CDEK_DEVELOPER_KEY: 'refused-key' },
  });
  expect(result.code).toBe(2);
  expect(readdirSync(folder.path)).toEqual(['a.csv']);
});
