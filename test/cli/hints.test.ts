import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';

const ORDERS = [
  'id,ship zip,address',
  '1,614000,"Perm, Mira 1"',
  '2,692000,"Ussuriysk or Nakhodka, Mira 2"',
  '3,6140,"Perm, Mira 3"',
  '',
].join('\n');
const DECIDING = [
  '--detector',
  'local',
  '--cache',
  'my cache.sqlite',
  '--columns',
  'postcode=ship zip,address=address',
];

let folder: TemporaryFolder;

beforeEach(() => {
  folder = temporaryFolder();
  writeFileSync(folder.file('orders.csv'), ORDERS);
});
afterEach(() => folder[Symbol.dispose]());

const call = (...args: string[]) => gorod(args, { cwd: folder.path });

/** The arguments of a command line of gorod, as a shell takes them apart. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '').slice(1);
}

describe('the last lines of a run with --split and --report', () => {
  it('name the part to fill in, and a command that learns it as it stands there', async () => {
    const run = ['run', 'orders.csv', '--split', ...DECIDING];
    const { stderr } = await call(...run, '--report', 'report.html');
    expect(stderr).toContain(
      'gorod: 1 row to review: fill in the fix columns of orders.gorod.review.csv, then gorod learn',
    );
    expect(stderr).toContain('gorod: the report: report.html\n');
    const [, command = ''] = /review: .* then (gorod learn .*)\n/.exec(stderr) ?? [];
    expect(await call(...wordsOf(command))).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('without a fix 1'),
    });
    expect(command).toContain('"my cache.sqlite"');
  });

  it.each([
    ['zh', '请填写 orders.gorod.review.csv 的 fix 列，然后 gorod learn orders.gorod.review.csv', '报告：report.html'],
    ['ru', 'заполните столбцы fix в orders.gorod.review.csv, затем gorod learn orders', 'отчёт: report.html'],
  ])('speak %s', async (lang, step, report) => {
    const args = ['--split', '--report', 'report.html', '--lang', lang, ...DECIDING];
    const { stderr } = await call('run', 'orders.csv', ...args);
    expect(stderr).toContain(step);
    expect(stderr).toContain(report);
    expect(stderr).toContain(`--lang ${lang}`);
  });

  it.each([
    ['en', '1 row lacks only a payment limit, not a fix: run again with --cod-limits FILE.csv', 'fill in'],
    ['zh', '1 行只缺代收货款限额，无需修正：请加上 --cod-limits 文件.csv', '请填写'],
    ['ru', 'платежа, не исправления (строк: 1): запустите снова с --cod-limits ФАЙЛ.csv', 'заполните'],
  ])('say in %s what settles a limit that is not known, and no more once it does', async (lang, told, filling) => {
    writeFileSync(folder.file('orders.csv'), 'id,postcode,address,cod\n1,101000,"Moskva, Myasnitskaya 10",900\n');
    writeFileSync(folder.file('limits.csv'), 'city_code,payment_limit\n44,1000\n');
    const run = ['run', 'orders.csv', '--split', '--detector', 'local', '--lang', lang];
    const unsettled = await call(...run);
    expect(unsettled.stderr).toContain(told);
    expect(unsettled.stderr).not.toContain(filling);
    const { stderr } = await call(...run, '--cod-limits', 'limits.csv');
    expect(stderr).not.toContain('--cod-limits');
    expect(stderr).toContain('1 accept');
  });

  it('are said by retry, and the report by check, too', async () => {
    await call('run', 'orders.csv', ...DECIDING);
    const retried = await call('retry', 'orders.gorod.csv', '--only', 'review', '--split', ...DECIDING);
    expect(retried.stderr).toContain('fill in the fix columns of orders.gorod.review.csv');
    const checked = await call('check', 'orders.csv', '--report', 'report.json', ...DECIDING);
    expect(checked.stderr).toContain('gorod: the report: report.json\n');
  });
});
