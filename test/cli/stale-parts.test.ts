import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { inShell } from '../support/shell.ts';

const ORDERS = ['id,postcode,address', '1,614000,"Perm, Mira 1"', '2,6140,"Perm, Mira 2"', ''].join('\n');
const PARTS = ['accept', 'review', 'reject', 'retry'].map((verdict) => `orders.gorod.${verdict}.csv`).join(', ');

let folder: TemporaryFolder;

beforeEach(() => {
  folder = temporaryFolder();
  writeFileSync(folder.file('orders.csv'), ORDERS);
});
afterEach(() => folder[Symbol.dispose]());

const call = (...args: string[]) =>
  gorod([...args, '--detector', 'local', '--cache', 'cache.sqlite'], { cwd: folder.path, env: { USER: 'olga' } });
const read = (name: string) => readFileSync(folder.file(name), 'utf8');

describe('parts of an earlier run with --split', () => {
  it.each([
    ['en', 'do not ship from them: '],
    ['zh', '请勿据此发货：'],
    ['ru', 'по ним не отправляйте: '],
  ])('are told in %s by a run without it, also with --quiet, and stay as they are', async (lang, words) => {
    await call('run', 'orders.csv', '--split');
    const before = read('orders.gorod.accept.csv');
    writeFileSync(folder.file('orders.csv'), ORDERS.replace('Mira 1', 'Mira 11'));
    const { stderr, code } = await call('run', 'orders.csv', '--lang', lang, '--quiet');
    expect(code).toBe(0);
    expect(stderr).toContain(words + PARTS);
    expect(stderr).toContain('--split');
    expect(read('orders.gorod.accept.csv')).toBe(before);
    expect((await call('run', 'orders.csv', '--split', '--lang', lang)).stderr).not.toContain(words);
    expect(read('orders.gorod.accept.csv')).toContain('Mira 11');
  });

  it('are told by retry, and by the log for programs', async () => {
    await call('run', 'orders.csv', '--split');
    const { stderr } = await call('retry', 'orders.gorod.csv', '--only', 'review', '--log-format', 'json');
    const lines = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'warn', event: 'parts_stale', files: PARTS.split(', ') }),
    );
  });

  it('are none where there are none, or where they are files of the run itself', async () => {
    expect((await call('run', 'orders.csv')).stderr).not.toContain('earlier run');
    writeFileSync(folder.file('orders.gorod.accept.csv'), ORDERS);
    expect((await call('run', 'orders.csv', 'orders.gorod.accept.csv')).stderr).not.toContain('earlier run');
  });
});

describe('what gorod learn says is next', () => {
  it('is a command that has the rows accepted, and writes the parts anew', async () => {
    await call('run', 'orders.csv', '--split');
    const filled = read('orders.gorod.reject.csv').replace(/^(2,.*),,,$/m, '$1,614000,,');
    writeFileSync(folder.file('orders.gorod.reject.csv'), filled);
    const { stderr } = await call('learn', 'orders.gorod.reject.csv', '--lang', 'ru');
    const [, command = ''] = /override: (gorod run .*)\n/.exec(stderr) ?? [];
    expect(command).toBe('gorod run orders.csv --detector local --cache cache.sqlite --lang ru --split');
    expect(await inShell(command, { cwd: folder.path })).toMatchObject({ code: 0 });
    expect(read('orders.gorod.accept.csv').trimEnd().split('\n')).toHaveLength(3);
  });

  it('names no file where the orders cannot be told by the name of the part', async () => {
    await call('run', 'orders.csv', '--split', '-o', 'out.csv');
    const filled = read('out.reject.csv').replace(/^(2,.*),,,$/m, '$1,614000,,');
    writeFileSync(folder.file('out.reject.csv'), filled);
    const { stderr } = await call('learn', 'out.reject.csv');
    expect(stderr).toContain('next: run the orders again with gorod run; these rows then have the source override\n');
  });
});
