import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = temporaryFolder();
  mkdirSync(folder.file('inbox'));
  writeFileSync(folder.file('inbox/a.csv'), 'id,postcode,address\n1,6140,"Perm, Mira 1"\n2,614000,Nowhere 2\n');
  writeFileSync(folder.file('inbox/b.csv'), 'id,postcode,address\n3,614000,"Perm, Mira 3"\n');
  expect(await run()).toMatchObject({ code: 0 });
});
afterEach(() => folder[Symbol.dispose]());

const call = (...args: string[]) =>
  gorod([...args, '--detector', 'local', '--cache', 'cache.sqlite'], { cwd: folder.path });
const run = (...args: string[]) => call('run', 'inbox', '--output-dir', 'outbox', ...args);

async function learn(row: string, ...args: string[]): Promise<void> {
  writeFileSync(folder.file('review.csv'), `postcode,address,fix_postcode,fix_city_code\n${row}\n`);
  expect(await call('learn', 'review.csv', ...args)).toMatchObject({ code: 0 });
}

function told(name: string): string[] {
  const rows = parse(readFileSync(folder.file(`outbox/${name}.gorod.csv`)), { columns: true }) as Record<
    string,
    string
  >[];
  return rows.map((row) => [row.id, row.cdek_verdict, row.cdek_source].join(' '));
}

describe('a folder whose files are done', () => {
  it('has those done again, once, about whose rows something was learnt, also where the postcode was none', async () => {
    expect(told('a')).toEqual(['1 reject ', '2 review local']);
    await learn('6140,"Perm, Mira 1",614000,');
    const dry = await run('--dry-run');
    expect(dry.stdout).toContain('a.csv');
    expect(dry.stdout).not.toContain('b.csv');
    expect(dry.stdout).not.toContain('ERR_BAD_POSTCODE');
    expect(dry.stdout).toContain('2 distinct');
    const again = await run();
    expect(again.stderr).toContain('inbox/a.csv →');
    expect(again.stderr).not.toContain('inbox/b.csv →');
    expect(again.stderr).toContain('inbox: done again for what was learnt about their rows, files: 1');
    expect(told('a')).toEqual(['1 accept override', '2 review local']);
    expect((await run()).stderr).toContain('nothing new, files done before: 2');
  });

  it('has them done again for what was changed and what was removed, not for who or why', async () => {
    await learn('614000,Nowhere 2,,44');
    expect((await run('--dry-run')).stdout).toContain('0 distinct');
    await run();
    expect(told('a')[1]).toBe('2 accept override');
    await learn('614000,Nowhere 2,,44', '--why', 'asked again', '--by', 'ivan');
    expect((await run()).stderr).toContain('nothing new');
    await learn('614000,Nowhere 2,,137');
    expect((await run()).stderr).toContain('a.csv →');
    expect((await run()).stderr).toContain('nothing new');
    expect(await call('learn', '--remove', '1')).toMatchObject({ code: 0 });
    expect((await run('--lang', 'ru')).stderr).toContain('a.csv →');
    expect(told('a')[1]).toBe('2 review local');
  });

  it('is left alone by what was learnt about other rows', async () => {
    await learn('614000,Elsewhere 9,,44');
    const again = await run();
    expect(again.stderr).toContain('nothing new, files done before: 2');
    expect(again.stderr).not.toContain('learnt');
  });
});
