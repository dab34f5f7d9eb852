import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CliOptions, gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { mixedFaults, type ScriptedUpstream, startScriptedUpstream } from '../support/scripted-upstream.ts';

const KEY = 'secret-key-4711';
const CITIES = [
  ['675000', 'Blagoveschensk'],
  ['300000', 'Tula'],
  ['420000', 'Kazan'],
  ['614000', 'Perm'],
  ['630000', 'Badcityname'],
] as const;

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

function runApi(args: readonly string[], url = upstream.url, options: CliOptions = {}) {
  const given = [
    'run',
    'orders.csv',
    '--detector',
    'api',
    '--endpoint',
    url,
    '--cache',
    'cache.sqlite',
    '--rate',
    '5000',
  ];
  return gorod([...given, ...args], { cwd: folder.path, ...options, env: { CDEK_DEVELOPER_KEY: KEY, ...options.env } });
}

/** Rows that ask `distinct` different questions, in scattered order. */
function writeOrders(rows: number, distinct: number): void {
  const lines = Array.from({ length: rows }, (_, row) => {
    const question = (row * 7919) % distinct;
    const [postcode, city] = CITIES[question % CITIES.length] ?? CITIES[0];
    return `${row},${postcode},"Lenina ${question}, ${city}",${row % 3 === 0 ? 2000 : 0}`;
  });
  writeFileSync(folder.file('orders.csv'), ['id,postcode,address,cod', ...lines, ''].join('\n'));
}

function readRows(name: string): Record<string, string>[] {
  return parse(readFileSync(folder.file(name)), { columns: true, bom: true });
}

describe('gorod run with the api detector', () => {
  it('writes what detect-city answers beside every row', async () => {
    writeFileSync(
      folder.file('orders.csv'),
      'id,postcode,address,cod\r\n1,675000,"Lenina 21, 2 Blagoveschensk",\r\n2,300000,Tula ul Mira 5,500\r\n3,675000,Badcityname,\r\n',
    );
    const result = await runApi(['-o', 'out.csv']);
    expect(result).toMatchObject({ code: 0, stdout: '' });
    const text = readFileSync(folder.file('out.csv'), 'utf8');
    expect(text.split('\r\n')[1]).toMatch(
      /^1,675000,"Lenina 21, 2 Blagoveschensk",,OK,CDEK city detected,accept,,,-1,286,/,
    );
    expect(readRows('out.csv')).toMatchObject([
      {
        id: '1',
        cdek_city_name: 'Благовещенск',
        cdek_fias_guid: '8f41253d-6e3b-48a9-842a-25ba894bd093',
        cdek_source: 'api',
      },
      { id: '2', cdek_status: 'COD_LIMIT_EXCEEDED', cdek_cod_flag: 'COD_LIMIT_EXCEEDED', cdek_verdict: 'reject' },
      {
        id: '3',
        cdek_status: 'ERR_NOT_DETECT_CITY_IN_ADDRESS',
        cdek_possible_cities: 'Благовещенск',
        cdek_city_code: '',
      },
    ]);
    expect(existsSync(folder.file('out.csv.partial'))).toBe(false);
  });

  it('asks each distinct question once, and none in a second run', async () => {
    writeOrders(3000, 900);
    expect((await runApi(['-o', 'first.csv', '--concurrency', '32'])).code).toBe(0);
    expect(upstream.requests).toHaveLength(900);
    expect((await runApi(['-o', 'second.csv', '--summary', 'summary.json'])).code).toBe(0);
    expect(upstream.requests).toHaveLength(900);
    const summary = JSON.parse(readFileSync(folder.file('summary.json'), 'utf8'));
    expect(summary).toMatchObject({
      rowsIn: 3000,
      rowsOut: 3000,
      requests: 0,
      cacheHits: 3000,
      sources: { cache: 3000 },
    });
    const asApi = readFileSync(folder.file('second.csv'), 'utf8').replaceAll(',cache,', ',api,');
    expect(asApi).toBe(readFileSync(folder.file('first.csv'), 'utf8'));
  });

  it('gives the same file through 30 % of mixed faults', { timeout: 60_000 }, async () => {
    writeOrders(600, 200);
    await runApi(['-o', 'calm.csv', '--no-cache']);
    await using faulty = await startScriptedUpstream({ reply: mixedFaults(0.3, 7) });
    const args = ['-o', 'stormy.csv', '--no-cache', '--retries', '12', '--timeout', '1', '--concurrency', '32'];
    const result = await runApi(args, faulty.url);
    expect(result.code).toBe(0);
    expect(readFileSync(folder.file('stormy.csv'), 'utf8')).toBe(readFileSync(folder.file('calm.csv'), 'utf8'));
  });

  it('never has more requests open than --concurrency', async () => {
    writeOrders(200, 200);
    await runApi(['--concurrency', '5']);
    expect(upstream.maxInFlight()).toBeLessThanOrEqual(5);
  });

  it('goes on with the next endpoint when the first is down', async () => {
    writeOrders(10, 10);
    await using dead = await startScriptedUpstream({ reply: () => ({ kind: 'http', status: 503 }) });
    const result = await runApi(['-o', 'out.csv', '--endpoint', upstream.url, '--retries', '0'], dead.url);
    expect(result.code).toBe(0);
    expect(upstream.requests).toHaveLength(10);
  });

  it('ends with 3 and DEFERRED rows when nobody answers, and stores nothing', async () => {
    writeOrders(4, 4);
    await using dead = await startScriptedUpstream({ reply: () => ({ kind: 'reset' }) });
    const result = await runApi(['-o', 'out.csv', '--retries', '0'], dead.url);
    expect(result.code).toBe(3);
    expect(readRows('out.csv').map((row) => [row.cdek_status, row.cdek_verdict])).toEqual(
      Array(4).fill(['DEFERRED', 'retry']),
    );
    expect((await runApi(['-o', 'out.csv'])).code).toBe(0);
    expect(upstream.requests).toHaveLength(4);
  });

  it.each(['ERR_BAD_DEVKEY', 'ERR_NO_DEVKEY'])('ends with 2 and no output on %s', async (status_code) => {
    writeOrders(50, 50);
    upstream.script({ kind: 'answer', status: 403, body: { status_code, status_msg: KEY } });
    const result = await runApi(['-o', 'out.csv', '--concurrency', '1']);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('CDEK_DEVELOPER_KEY');
    expect(result.stderr).not.toContain(KEY);
    expect(existsSync(folder.file('out.csv'))).toBe(false);
    expect(existsSync(folder.file('out.csv.partial'))).toBe(false);
  });

  it('keeps the key out of everything it writes', async () => {
    writeOrders(20, 20);
    const result = await runApi(['-o', 'out.csv', '--summary', 'summary.json']);
    const written = ['out.csv', 'summary.json', 'cache.sqlite'].map((name) =>
      readFileSync(folder.file(name), 'latin1'),
    );
    for (const text of [result.stdout, result.stderr, ...written]) expect(text).not.toContain(KEY);
    expect(upstream.requests[0]?.headers['cdek-developer-key']).toBe(KEY);
  });

  it('reads the key from a file', async () => {
    writeOrders(1, 1);
    writeFileSync(folder.file('key.txt'), 'from-file\n');
    await runApi(['--developer-key-file', 'key.txt']);
    expect(upstream.requests[0]?.headers['cdek-developer-key']).toBe('from-file');
  });

  it('stops before any request when a column is missing', async () => {
    writeFileSync(folder.file('orders.csv'), 'id,address\n1,Moskva\n');
    const result = await runApi([]);
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(/no postcode column.*"id", "address".*--columns postcode=HEADER/);
    expect(upstream.requests).toHaveLength(0);
  });

  it('leaves no output behind when it is interrupted', async () => {
    writeOrders(200, 200);
    await using slow = await startScriptedUpstream({ latencyMs: 200 });
    const result = await runApi(['-o', 'out.csv', '--concurrency', '2'], slow.url, {
      whileRunning: (child) => {
        const poll = setInterval(() => {
          if (slow.requests.length === 0) return;
          clearInterval(poll);
          child.kill('SIGINT');
        }, 10);
      },
    });
    expect(result.code).toBe(130);
    expect(existsSync(folder.file('out.csv'))).toBe(false);
  });
});
