import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CliOptions, gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { startScriptedUpstream } from '../support/scripted-upstream.ts';

const ORDERS = `id,postcode,address,cod
1,675000,"Lenina 21, Blagoveschensk",
2,67500,"Lenina 22, Blagoveschensk",
3,675000,"Lenina 23, Blagoveschensk",1.200
4,,"Lenina, Blagoveschensk",
`;

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
  writeFileSync(folder.file('orders.csv'), ORDERS);
});
afterEach(() => folder[Symbol.dispose]());

function check(args: readonly string[], options: CliOptions = {}) {
  return gorod(['check', ...args], { cwd: folder.path, ...options });
}

describe('gorod check', () => {
  it('tells how the rows would fare, what an order would meet and what to do, and writes nothing', async () => {
    const result = await check(['orders.csv']);
    expect(result).toMatchObject({ code: 0, stdout: '' });
    expect(result.stderr).toContain('4 rows in, 4 out');
    expect(result.stderr).toContain('foretold   1 ERR_RECCITYPOSTCODE\n           1 ERR_NOT_FOUND_RECCITY\n');
    expect(result.stderr).toContain('3 rows to correct before shipping: gorod run says beside each row what to do');
    expect(readdirSync(folder.path)).toEqual(['orders.csv']);
  });

  it('counts what a run counts', async () => {
    await check(['orders.csv', '--summary', 'check.json']);
    await gorod(['run', 'orders.csv', '--summary', 'run.json'], { cwd: folder.path });
    const read = (name: string) => JSON.parse(readFileSync(folder.file(name), 'utf8'));
    const { rowsIn, rowsOut, statuses, verdicts, sources } = read('run.json');
    expect(read('check.json')).toMatchObject({ rowsIn, rowsOut, statuses, verdicts, sources });
  });

  it('checks a file that gorod wrote, for what it was before', async () => {
    await gorod(['run', 'orders.csv', '-o', 'out.csv'], { cwd: folder.path });
    const result = await check(['out.csv', '--fail-on', 'reject>3']);
    expect(result.code).toBe(0);
    expect(result.stderr).toContain('postcode "postcode"');
  });

  it('reads stdin', async () => {
    expect((await check(['-', '--fail-on', 'reject>2'], { stdin: ORDERS })).code).toBe(4);
  });

  it('counts broken rows, however long, and goes on; stops where that is asked for', async () => {
    const long = `5,675000,"${'x'.repeat(300_000)}",\n`;
    writeFileSync(folder.file('broken.csv'), `${ORDERS}${long}6,675000,"a"b",\n7,675000,"Lenina 1, Blagoveschensk",\n`);
    const result = await check(['broken.csv', '--max-row-bytes', '100000', '--summary', 's.json']);
    expect(result.code).toBe(1);
    const { rowsIn, statuses } = JSON.parse(readFileSync(folder.file('s.json'), 'utf8'));
    expect(rowsIn).toBe(7);
    expect(statuses.ERR_BAD_ROW).toBe(2);
    expect((await check(['broken.csv', '--bad-rows', 'stop'])).code).toBe(1);
  });

  it('names the lines of broken rows, at which a run stops, and ends with 1 as a run does', async () => {
    writeFileSync(
      folder.file('broken.csv'),
      `${ORDERS}6,675000,"a"b",\n7,675000\n8,675000,"Lenina 1, Blagoveschensk",\n`,
    );
    const told = await check(['broken.csv', '--report', 'report.json']);
    expect(told.code).toBe(1);
    expect(told.stderr).toContain(
      'gorod: broken.csv: 2 broken rows, on line 6, 7. Repair the file: gorod run stops at the first, unless --bad-rows keep is given.\n',
    );
    const { reasons } = JSON.parse(readFileSync(folder.file('report.json'), 'utf8'));
    const broken = reasons.filter(({ status }: { status: string }) => status === 'ERR_BAD_ROW');
    expect(broken.map(({ examples: [one] }: { examples: { line: number }[] }) => one?.line)).toEqual([6, 7]);
    expect(broken[0].advice).toContain('gorod run stops at it, unless --bad-rows keep is given');
    const run = await gorod(['run', 'broken.csv'], { cwd: folder.path });
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('broken.csv, line 6');
  });

  it('checks for a run that keeps broken rows, and then ends as that does', async () => {
    writeFileSync(folder.file('broken.csv'), `${ORDERS}7,675000\n`);
    const told = await check(['broken.csv', '--bad-rows', 'keep', '--report', 'report.json']);
    expect(told.code).toBe(0);
    expect(told.stderr).toContain('gorod run --bad-rows keep writes them through as ERR_BAD_ROW');
    expect(readFileSync(folder.file('report.json'), 'utf8')).toContain('Correct the row in the input, and run again');
    expect((await gorod(['run', 'broken.csv', '--bad-rows', 'keep'], { cwd: folder.path })).code).toBe(0);
    const env = { GOROD_BAD_ROWS: 'keep' };
    expect((await check(['broken.csv', '--fail-on', 'ERR_BAD_ROW'], { env })).code).toBe(4);
  });

  it('puts broken rows before a threshold, and a file whose columns are not there before both', async () => {
    writeFileSync(folder.file('broken.csv'), `${ORDERS}7,675000\n`);
    writeFileSync(folder.file('other.csv'), 'a,b\n1,2\n');
    expect((await check(['broken.csv', '--fail-on', 'any'])).code).toBe(1);
    expect((await check(['broken.csv', 'other.csv', '--fail-on', 'any'])).code).toBe(2);
  });

  it('fills the cache, so that a run asks nothing again, and tells which rows are to be asked again', async () => {
    await using upstream = await startScriptedUpstream();
    const env = { CDEK_DEVELOPER_KEY: 'key' };
    const api = ['--endpoint', upstream.url, '--cache', 'c.sqlite', '--retries', '0'];
    expect((await check(['orders.csv', ...api], { env })).code).toBe(0);
    expect(upstream.requests).toHaveLength(1);
    await gorod(['run', 'orders.csv', ...api], { cwd: folder.path, env });
    expect(upstream.requests).toHaveLength(1);
    upstream.script({ kind: 'reset' });
    const deferred = await check(['orders.csv', ...api, '--no-cache', '--fail-on', 'any'], { env });
    expect(deferred.code).toBe(3);
    expect(deferred.stderr).toContain('1 row to ask again\n');
  });

  it('writes the report that is asked for', async () => {
    expect((await check(['orders.csv', '--report', 'report.json'])).code).toBe(0);
    const report = JSON.parse(readFileSync(folder.file('report.json'), 'utf8'));
    expect(JSON.stringify(report)).toContain('orders.csv');
    const own = await check(['orders.csv', '--report', 'orders.json/../orders.csv.html']);
    expect(own.code).not.toBe(0);
    expect(existsSync(folder.file('orders.csv.html'))).toBe(false);
  });

  it('needs a file', async () => {
    expect(await check([])).toMatchObject({ code: 2 });
    expect(await check(['missing.csv'])).toMatchObject({ code: 1 });
  });
});

describe('--fail-on', () => {
  it('ends with 4 and names the thresholds that were passed, with the figures', async () => {
    const result = await check(['orders.csv', '--fail-on', 'reject>2', '--fail-on', 'reject>80%', '--fail-on', 'cod']);
    expect(result.code).toBe(4);
    expect(result.stderr).toContain('gorod: --fail-on reject>2 is passed: 3 of 4 rows\n');
    expect(result.stderr).not.toContain('80%');
    expect(result.stderr).not.toContain('cod is passed');
  });

  it('counts over all files', async () => {
    writeFileSync(folder.file('more.csv'), ORDERS);
    expect((await check(['orders.csv', '--fail-on', 'ERR_BAD_COD>1'])).code).toBe(0);
    expect((await check(['orders.csv', 'more.csv', '--fail-on', 'ERR_BAD_COD>1'])).code).toBe(4);
  });

  it('holds for a run, whose output is written all the same, and is told though --quiet', async () => {
    const args = ['run', 'orders.csv', '-q', '--fail-on', 'reject>50%'];
    const result = await gorod(args, { cwd: folder.path });
    expect(result).toMatchObject({ code: 4, stderr: 'gorod: --fail-on reject>50% is passed: 3 of 4 rows (75 %)\n' });
    expect(existsSync(folder.file('orders.gorod.csv'))).toBe(true);
  });

  it('speaks the language of --lang', async () => {
    const result = await check(['orders.csv', '-q', '--fail-on', 'any', '--lang', 'ru']);
    expect(result.stderr).toBe('gorod: превышен порог --fail-on any: строк 3 из 4\n');
  });

  it('is refused where it says nothing, before anything is read', async () => {
    const result = await check(['missing.csv', '--fail-on', 'reviews>2%']);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('--fail-on: "reviews" is none of any, cod, accept, review');
  });

  it('comes after a file that failed', async () => {
    const result = await check(['orders.csv', 'missing.csv', '--fail-on', 'any']);
    expect(result.code).toBe(1);
    expect(result.stderr).toContain('--fail-on any is passed');
  });
});
