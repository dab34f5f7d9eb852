import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliResult, gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { hostileFiles } from './hostile-files.ts';

let folder: TemporaryFolder;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => folder[Symbol.dispose]());

function run(...args: readonly string[]): Promise<CliResult> {
  rmSync(folder.file('out.csv'), { force: true });
  const fixed = ['run', 'orders.csv', '-o', 'out.csv', '--detector', 'local', '--summary', 'summary.json'];
  return gorod([...fixed, ...args], { cwd: folder.path });
}

function output(): string[][] {
  const text = readFileSync(folder.file('out.csv'), 'utf8');
  const [eol = '\n'] = /\r\n|\n|\r/.exec(text) ?? [];
  return parse(text, { bom: true, record_delimiter: eol });
}

const CASES = hostileFiles({ longest: 6_000_000, wide: 20 }).flatMap((file) => [
  { ...file, mode: 'stop', expected: file.stop },
  { ...file, mode: 'keep', expected: file.keep },
]);

describe('gorod run', { timeout: 60_000 }, () => {
  it.each(CASES)('meets $name with --bad-rows $mode', async ({ write, mode, expected }) => {
    write(folder.file('orders.csv'));
    const result = await run('--bad-rows', mode);
    expect(result).toMatchObject({ code: expected.code, stdout: '' });
    if (expected.code !== 0) {
      expect(result.stderr).toMatch(expected.says);
      expect(result.stderr.length).toBeLessThan(2000);
      expect(existsSync(folder.file('out.csv'))).toBe(false);
      return;
    }
    const { rowsIn, rowsOut, statuses } = JSON.parse(readFileSync(folder.file('summary.json'), 'utf8'));
    expect({ rowsIn, rowsOut, bad: statuses.ERR_BAD_ROW ?? 0 }).toEqual({
      rowsIn: expected.rows,
      rowsOut: expected.rows,
      bad: expected.bad,
    });
    const records = output();
    expect(records).toHaveLength(1 + expected.rows);
    expect(new Set(records.map((record) => record.length)).size).toBe(1);
  });
});

describe('a row that is too long', () => {
  const LINE = `675000,"Lenina ""1""", ${'ы,"'.repeat(300_000)}`;

  it('is written through whole, as its first cell', async () => {
    writeFileSync(
      folder.file('orders.csv'),
      `id,postcode,address\r\n1,675000,Lenina 1\r\n${LINE}\r\n2,675000,Mira\r\n`,
    );
    expect((await run('--bad-rows', 'keep', '--fields', 'status,message,verdict')).code).toBe(0);
    const [, first, second, third] = output();
    expect(first?.slice(0, 3)).toEqual(['1', '675000', 'Lenina 1']);
    // Not `toEqual`: a difference would print megabytes.
    expect(second?.[0] === LINE).toBe(true);
    expect(second?.slice(1)).toEqual([
      '',
      '',
      'ERR_BAD_ROW',
      expect.stringContaining('The row is broken: it is longer than --max-row-bytes'),
      'reject',
    ]);
    expect(third?.slice(0, 3)).toEqual(['2', '675000', 'Mira']);
  });

  it('is a row like any other where --max-row-bytes allows it', async () => {
    writeFileSync(folder.file('orders.csv'), `postcode,address\n675000,"Blagoveschensk ${'a '.repeat(1_000_000)}"\n`);
    expect((await run('--max-row-bytes', '3000000')).code).toBe(0);
    expect(output()[1]?.[2]).not.toBe('ERR_BAD_ROW');
  });

  it('stops gorod retry, and the file stays as it was', async () => {
    const text = `postcode,address,cdek_verdict\n675000,Mira 1,retry\n${LINE}\n`;
    writeFileSync(folder.file('done.csv'), text);
    const result = await gorod(['retry', 'done.csv', '--detector', 'local'], { cwd: folder.path });
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(/done\.csv, line 3: longer than 1048576 bytes\. Raise --max-row-bytes\.$/m);
    expect(readFileSync(folder.file('done.csv'), 'utf8')).toBe(text);
  });

  it.each(['1023', '1e6', '268435457'])('is not what --max-row-bytes %s says', async (bytes) => {
    const result = await run('--max-row-bytes', bytes);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('--max-row-bytes: must be');
  });
});
