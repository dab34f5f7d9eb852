import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { type ScriptedUpstream, startScriptedUpstream } from '../support/scripted-upstream.ts';

let folder: TemporaryFolder;
let upstream: ScriptedUpstream;
beforeEach(async () => {
  folder = temporaryFolder();
  upstream = await startScriptedUpstream();
});
afterEach(async () => {
  folder[Symbol.dispose]();
  await upstream[Symbol.asyncDispose]();
});

const TOWNS = [
  ['675000', 'Blagoveshchensk'],
  ['614000', 'g. Perm'],
  ['630000', '"Novosibirsk"'],
  ['101000', 'Moskva'],
] as const;

/** A file of some 2 MB, enough for other threads to be started: rows that repeat, broken cells, line breaks in cells. */
function writeOrders(
  name: string,
  { questions, odd = '' }: { readonly questions: number; readonly odd?: string },
): void {
  const lines = Array.from({ length: 12_000 }, (_, row) => {
    const [postcode, town] = TOWNS[(row * 7) % TOWNS.length] ?? TOWNS[0];
    const address = `"ul. Lenina ${(row * 31) % questions}, ${town.replaceAll('"', '""')}${row % 50 === 0 ? ',\nkv. 1' : ''}"`;
    const cod = row % 97 === 0 ? 'much' : row % 3 === 0 ? '' : String((row * 37) % 9000);
    return `${row},${row % 211 === 0 ? 'none' : postcode},${address},${cod},${'x'.repeat(80)}`;
  });
  lines.splice(10_000, 0, odd);
  writeFileSync(folder.file(name), ['id,postcode,address,COD,note', ...lines, ''].join('\n'));
}

/** What a run leaves behind with so many threads: output, report and counts. */
async function run(threads: number, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const out = `out-${threads}.csv`;
  const report = `report-${threads}.json`;
  const summary = `summary-${threads}.json`;
  const files = [
    'run',
    'orders.csv',
    '-o',
    out,
    '--report',
    report,
    '--summary',
    summary,
    '--threads',
    String(threads),
  ];
  const { code, stderr } = await gorod([...files, ...args], { cwd: folder.path, env });
  const json = (file: string) => JSON.parse(readFileSync(folder.file(file), 'utf8'));
  const { statuses, verdicts, sources, rowsOut, requests } = json(summary);
  const { reasons, contradictions, destinations } = json(report);
  const output = readFileSync(folder.file(out), 'utf8');
  return {
    code,
    stderr,
    output,
    told: { statuses, verdicts, sources, rowsOut, reasons, contradictions, destinations },
    requests,
  };
}

describe('gorod run --threads', () => {
  it('writes, counts and reports what one thread does', async () => {
    writeOrders('orders.csv', { questions: 900 });
    const one = await run(1, ['--detector', 'local']);
    const three = await run(3, ['--detector', 'local']);
    expect(three.stderr).not.toContain('rror');
    expect(one.output.split('\n').length).toBeGreaterThan(12_000);
    expect(three.output === one.output).toBe(true);
    expect(three.told).toEqual(one.told);
    expect([one.code, three.code]).toEqual([0, 0]);
  });

  it('asks what only an API knows as one thread does, and nothing twice', async () => {
    writeOrders('orders.csv', { questions: 60 });
    const key = { CDEK_DEVELOPER_KEY: 'k' };
    const api = ['--endpoint', upstream.url, '--rate', '5000', '--concurrency', '32'];
    // Half of the questions are in the cache; the others come up all along the file.
    const beginning = readFileSync(folder.file('orders.csv'), 'utf8').split('\n').slice(0, 40).join('\n');
    writeFileSync(folder.file('beginning.csv'), beginning);
    await gorod(['run', 'beginning.csv', ...api, '--cache', 'half.sqlite'], { cwd: folder.path, env: key });
    copyFileSync(folder.file('half.sqlite'), folder.file('1.sqlite'));
    copyFileSync(folder.file('half.sqlite'), folder.file('2.sqlite'));
    const one = await run(1, [...api, '--cache', '1.sqlite'], key);
    const two = await run(2, [...api, '--cache', '2.sqlite'], key);
    expect(one.requests).toBeGreaterThan(20);
    expect(two.requests).toBe(one.requests);
    expect(two.output === one.output).toBe(true);
    expect(two.told).toEqual(one.told);
    const again = await run(2, [...api, '--cache', '2.sqlite'], key);
    expect(again.requests).toBe(0);
    expect(again.output === one.output.replaceAll(',api,', ',cache,')).toBe(true);
  });

  it('goes on in one thread behind a row that is not plain', async () => {
    writeOrders('orders.csv', { questions: 900, odd: '1,675000,"Lenina" 5,0,x' });
    const one = await run(1, ['--detector', 'local', '--bad-rows', 'keep']);
    const two = await run(2, ['--detector', 'local', '--bad-rows', 'keep']);
    expect(one.told.statuses.ERR_BAD_ROW).toBe(1);
    expect(two.output === one.output).toBe(true);
    expect(two.told).toEqual(one.told);
    const stopped = await gorod(['run', 'orders.csv', '-o', 'stopped.csv', '--detector', 'local', '--threads', '2'], {
      cwd: folder.path,
    });
    expect(stopped.code).toBe(1);
    expect(stopped.stderr).toContain('line 10');
  });

  it('sets a cache aside once where its damage shows only while it is used', async () => {
    writeOrders('orders.csv', { questions: 900 });
    const key = { CDEK_DEVELOPER_KEY: 'k' };
    const api = ['--endpoint', upstream.url, '--rate', '5000', '--concurrency', '32', '--cache', 'answers.sqlite'];
    const whole = await run(1, api, key);
    const cache = readFileSync(folder.file('answers.sqlite'));
    // The pages at the beginning, which are looked at when the file is opened, stay as they are.
    cache.fill(0xff, 25 * 4096);
    writeFileSync(folder.file('answers.sqlite'), cache);
    const mended = await run(2, api, key);
    expect([mended.code, mended.told.rowsOut]).toEqual([0, whole.told.rowsOut]);
    expect(readdirSync(folder.path).filter((name) => /damaged-[\dT-]+Z$/.test(name))).toHaveLength(1);
    const again = await run(2, api, key);
    expect(again.requests).toBe(0);
    expect(again.output).toBe(whole.output.replaceAll(',api,', ',cache,'));
  });

  it('can be broken off and gone on with', async () => {
    writeOrders('orders.csv', { questions: 900 });
    const whole = await run(1, ['--detector', 'local']);
    const args = ['run', 'orders.csv', '-o', 'killed.csv', '--detector', 'local', '--threads', '2', '--quiet'];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const { code } = await gorod(args, {
        cwd: folder.path,
        whileRunning: (child) => setTimeout(() => child.kill('SIGKILL'), 700 + 200 * attempt),
      });
      if (code === 0) break;
    }
    const last = await gorod(args, { cwd: folder.path });
    expect(last.code).toBe(0);
    expect(readFileSync(folder.file('killed.csv'), 'utf8') === whole.output).toBe(true);
  });
});
