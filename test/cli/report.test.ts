import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { schemaErrors } from '../report/schema.ts';
import { type CliResult, gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { type ScriptedUpstream, startScriptedUpstream } from '../support/scripted-upstream.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

const ORDERS = [
  'id,recipient,postcode,address,cod',
  '1,Secretov Ivan,300000,"Privatnaya 21, Tula",100',
  '2,Secretov Ivan,101000,"Privatnaya 22, Sankt-Peterburg",',
  '3,Secretov Ivan,3000,"Privatnaya 23, Tula",',
  '',
].join('\n');

function local(args: readonly string[]): Promise<CliResult> {
  return gorod(['run', 'orders.csv', '--detector', 'local', ...args], { cwd: folder.path });
}

function json(name = 'report.json'): Report {
  return JSON.parse(readFileSync(folder.file(name), 'utf8')) as Report;
}

describe('gorod run --report', () => {
  it('writes a report that keeps to its schema and holds no address and no recipient', async () => {
    writeFileSync(folder.file('orders.csv'), ORDERS);
    expect((await local(['--report', 'report.json'])).code).toBe(0);
    const report = json();
    expect(schemaErrors(report)).toEqual([]);
    expect(report.inputs).toEqual([{ name: 'orders.csv', rows: 3 }]);
    expect(report.contradictions.listed).toMatchObject([{ line: 3, namedPlace: 'Санкт-Петербург' }]);
    expect((await local(['--report', 'report.html'])).code).toBe(0);
    for (const name of ['report.json', 'report.html']) {
      expect(readFileSync(folder.file(name), 'utf8')).not.toMatch(/Privatnaya|Secretov/);
    }
    expect(readdirSync(folder.path).sort()).toEqual(['orders.csv', 'orders.gorod.csv', 'report.html', 'report.json']);
  });

  it('covers all inputs of a run', async () => {
    writeFileSync(folder.file('orders.csv'), ORDERS);
    writeFileSync(folder.file('more.csv'), ORDERS);
    expect((await local(['more.csv', '--report', 'report.json'])).code).toBe(0);
    expect(json().inputs.map(({ name }) => name)).toEqual(['orders.csv', 'more.csv']);
    expect(json().contradictions.listed.map(({ file }) => file)).toEqual(['orders.csv', 'more.csv']);
  });

  it('names the inputs that are not in it, without a word of theirs', async () => {
    writeFileSync(folder.file('orders.csv'), ORDERS);
    writeFileSync(folder.file('data.csv'), 'Privatnaya 1,101000\nPrivatnaya 2,101000\nPrivatnaya 3,101000\n');
    const told = await local(['data.csv', 'gone.csv', '--report', 'report.json', '--lang', 'ru']);
    expect(told.code).toBe(2);
    const report = json();
    expect(schemaErrors(report)).toEqual([]);
    expect(report.inputs.map(({ name }) => name)).toEqual(['orders.csv']);
    expect(report.failedInputs).toEqual([
      { name: 'data.csv', code: 'BAD_COLUMNS', meaning: 'столбцы не распознаны' },
      { name: 'gone.csv', code: 'INPUT_UNREADABLE', meaning: 'не удалось прочитать' },
    ]);
    await local(['data.csv', 'gone.csv', '--report', 'report.html', '--restart']);
    const page = readFileSync(folder.file('report.html'), 'utf8');
    expect(page).toContain('<strong>gone.csv</strong>: it could not be read');
    expect(page).not.toContain('Privatnaya');
  });

  it('counts unpaid balances of which nobody says that they are collected', async () => {
    const shopify = readFileSync('fixtures/presets/shopify.csv', 'utf8');
    writeFileSync(folder.file('orders.csv'), shopify);
    await local(['--preset', 'shopify', '--summary', 's.json', '--report', 'report.json']);
    expect(json().unpaid).toBe(2);
  });

  it('compares with the report that it replaces, where that is on the same file', async () => {
    writeFileSync(folder.file('orders.csv'), ORDERS);
    await local(['--report', 'report.html']);
    writeFileSync(folder.file('orders.csv'), ORDERS.replace(',3000,', ',300000,'));
    await local(['--report', 'report.html']);
    const page = readFileSync(folder.file('report.html'), 'utf8');
    const data = /<script type="application\/json" id="gorod-report">(.*)<\/script>/.exec(page)?.[1] ?? '';
    expect(JSON.parse(data) as Report).toMatchObject({
      verdicts: { reject: 0 },
      earlier: { verdicts: { reject: 1 }, rowsOut: 3 },
    });
  });

  it('loses no output when it cannot be written: exit 1 naming --report', async () => {
    writeFileSync(folder.file('orders.csv'), ORDERS);
    mkdirSync(folder.file('taken.html'));
    for (const [report, reason] of [
      ['no/such/folder/report.html', 'cannot write'],
      ['taken.html', 'taken.html is a folder'],
    ] as const) {
      const result = await local(['-o', `${report.length}.csv`, '--report', report]);
      expect(result.code).toBe(1);
      expect(result.stderr).toContain(`--report: ${reason}`);
      expect(
        readFileSync(folder.file(`${report.length}.csv`), 'utf8')
          .trimEnd()
          .split('\n'),
      ).toHaveLength(4);
    }
    expect(existsSync(folder.file('taken.html.partial'))).toBe(false);
  });

  it.each([
    ['report.txt', 'must be named .html or .json'],
    ['orders.csv', 'must be named .html or .json'],
  ])('refuses %s', async (name, message) => {
    writeFileSync(folder.file('orders.csv'), ORDERS);
    const result = await local(['--report', name]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(`--report: ${message}`);
    expect(readdirSync(folder.path)).toEqual(['orders.csv']);
  });

  it('refuses to take the place of an input', async () => {
    writeFileSync(folder.file('orders.json'), ORDERS);
    const result = await gorod(['run', 'orders.json', '-o', 'out.csv', '--report', './orders.json'], {
      cwd: folder.path,
    });
    expect(result.code).toBe(2);
    expect(readFileSync(folder.file('orders.json'), 'utf8')).toBe(ORDERS);
  });
});

describe('the report of a run that was killed', { timeout: 120_000 }, () => {
  const ROWS = 1600;
  const DISTINCT = 800;
  const CONCURRENCY = 16;
  /** With this latency and concurrency the first checkpoint, after a second, comes before that many questions. */
  const LATENCY_MS = 40;
  const PAST_CHECKPOINT = 550;

  beforeEach(() => {
    const lines = Array.from({ length: ROWS }, (_, row) => {
      if (row % 50 === 7) return `${row},30,"Lenina ${row}, Tula",`;
      return `${row},${row % 3 === 0 ? '300000' : '675000'},"Lenina ${row % DISTINCT}",${row * 40}`;
    });
    writeFileSync(folder.file('orders.csv'), ['id,postcode,address,cod', ...lines, ''].join('\n'));
  });

  function run(upstream: ScriptedUpstream, args: readonly string[], killAfter?: number): Promise<CliResult> {
    const fixed = [
      'run',
      'orders.csv',
      '--endpoint',
      upstream.url,
      '--rate',
      '5000',
      '--concurrency',
      `${CONCURRENCY}`,
    ];
    return gorod([...fixed, ...args], {
      cwd: folder.path,
      env: { CDEK_DEVELOPER_KEY: 'key' },
      whileRunning: (child) => {
        if (killAfter === undefined) return;
        const poll = setInterval(() => {
          if (upstream.requests.length < killAfter && child.exitCode === null) return;
          clearInterval(poll);
          child.kill('SIGKILL');
        }, 1);
        child.once('exit', () => clearInterval(poll));
      },
    });
  }

  /** Without what differs between any two runs. */
  function timeless(report: Report): unknown {
    const changing = ['startedAt', 'finishedAt', 'elapsedMs', 'requests', 'requestsPerSecond', 'earlier'];
    return Object.fromEntries(Object.entries(report).filter(([name]) => !changing.includes(name)));
  }

  it('is that of an undisturbed one', async () => {
    const report = ['--report', 'report.json'];
    let expected: Report;
    {
      await using upstream = await startScriptedUpstream();
      expect((await run(upstream, ['-o', 'out.csv', '--no-cache', ...report])).code).toBe(0);
      expected = json();
    }
    await using upstream = await startScriptedUpstream({ latencyMs: LATENCY_MS });
    const args = ['-o', 'killed.csv', '--cache', 'cache.sqlite', ...report];
    expect((await run(upstream, args, PAST_CHECKPOINT)).code).toBeNull();
    expect(existsSync(folder.file('killed.csv'))).toBe(false);
    const last = await run(upstream, args);
    expect(last.code).toBe(0);
    expect(last.stderr).toContain('going on with killed.csv after row');
    expect(timeless(json())).toEqual(timeless(expected));
    expect(json().earlier?.finishedAt).toBe(expected.finishedAt);
  });

  it('is begun anew where the first attempt was to make none', async () => {
    await using upstream = await startScriptedUpstream({ latencyMs: LATENCY_MS });
    const args = ['-o', 'out.csv', '--cache', 'cache.sqlite'];
    await run(upstream, args, PAST_CHECKPOINT);
    const last = await run(upstream, [...args, '--report', 'report.json']);
    expect(last.stderr).toContain('the options have changed');
    expect(json().rowsOut).toBe(ROWS);
  });
});
