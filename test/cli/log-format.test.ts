import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { startScriptedUpstream } from '../support/scripted-upstream.ts';

const KEY = 'secret-key-4711';
const STREET = 'Sadovaya-Kudrinskaya';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

interface Line {
  readonly time: string;
  readonly level: string;
  readonly event: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

function linesOf(stderr: string): readonly Line[] {
  return stderr
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

function writeOrders(rows: number): void {
  const lines = Array.from({ length: rows }, (_, row) => `${row},675000,"${STREET} ${row}, Blagoveschensk",0`);
  writeFileSync(folder.file('orders.csv'), ['id,postcode,address,cod', ...lines, ''].join('\n'));
}

describe('--log-format json', () => {
  it('makes every line on stderr one object, without address or key', async () => {
    writeOrders(3);
    await using upstream = await startScriptedUpstream();
    upstream.script({ kind: 'reset' });
    const api = ['--endpoint', upstream.url, '--cache', 'c.sqlite', '--retries', '0', '--concurrency', '1'];
    const given = ['orders.csv', ...api, '--log-format', 'json', '--progress', 'plain', '--fail-on', 'any'];
    const env = { CDEK_DEVELOPER_KEY: KEY };
    const result = await gorod(['run', ...given], { cwd: folder.path, env });
    expect(result.code).toBe(3);
    const lines = linesOf(result.stderr);
    expect(lines.map(({ event }) => event)).toEqual([
      'detector',
      'columns',
      'progress',
      'summary',
      'deferred',
      'next',
      'threshold',
    ]);
    for (const { time, level, message } of lines) {
      expect(new Date(time).toISOString()).toBe(time);
      expect(['info', 'warn', 'error']).toContain(level);
      expect(message).not.toBe('');
    }
    expect(lines[2]).toMatchObject({ rows: 3, requests: 3, deferred: 1 });
    expect(lines[3]).toMatchObject({ rowsIn: 3, verdicts: { accept: 2, retry: 1 } });
    expect(lines[5]).toMatchObject({ kind: 'retry', rows: 1, files: ['orders.gorod.csv'] });
    expect(result.stderr).not.toContain(KEY);
    expect(result.stderr).not.toContain(STREET);
  });

  it('holds for what a retry tells', async () => {
    writeOrders(1);
    await gorod(['run', 'orders.csv'], { cwd: folder.path });
    const result = await gorod(['retry', 'orders.gorod.csv', '--log-format=json'], { cwd: folder.path });
    expect(linesOf(result.stderr).map(({ event }) => event)).toEqual(['detector', 'columns', 'summary']);
  });

  it.each([
    [['run', 'missing.csv'], 1, 'INPUT_UNREADABLE'],
    [['run', 'orders.csv', '--lang', 'xx'], 2, 'BAD_OPTION'],
    [['run', 'orders.csv', '--no-such-option'], 2, 'BAD_OPTION'],
  ])('holds for the error of %j', async (args, exitCode, code) => {
    writeOrders(1);
    const result = await gorod([...args, '--log-format', 'json'], { cwd: folder.path });
    expect(result.code).toBe(exitCode);
    expect(linesOf(result.stderr).at(-1)).toMatchObject({ level: 'error', event: 'error', code, exitCode });
  });

  it('comes from the environment too, and is checked', async () => {
    writeOrders(1);
    const env = { GOROD_LOG_FORMAT: 'json' };
    expect(linesOf((await gorod(['check', 'orders.csv'], { cwd: folder.path, env })).stderr)).not.toHaveLength(0);
    const wrong = await gorod(['check', 'orders.csv', '--log-format', 'xml'], { cwd: folder.path });
    expect(wrong).toMatchObject({ code: 2, stderr: 'gorod: --log-format: must be one of text, json.\n' });
  });

  it('tells that a damaged cache was set aside', async () => {
    writeOrders(1);
    writeFileSync(folder.file('c.sqlite'), 'no database at all'.repeat(100));
    await using upstream = await startScriptedUpstream();
    const api = ['--endpoint', upstream.url, '--cache', 'c.sqlite', '--log-format', 'json'];
    const result = await gorod(['check', 'orders.csv', ...api], { cwd: folder.path, env: { CDEK_DEVELOPER_KEY: KEY } });
    const line = linesOf(result.stderr).find(({ event }) => event === 'cache_set_aside');
    expect(line).toMatchObject({ level: 'warn', message: expect.stringContaining('was set aside as') });
  });

  it('tells when an endpoint is left alone, and when it answers again', { timeout: 60_000 }, async () => {
    writeOrders(80);
    const upAt = performance.now() + 7000;
    await using upstream = await startScriptedUpstream({
      reply: () => (performance.now() < upAt ? { kind: 'http', status: 503 } : { kind: 'answer' }),
    });
    const pace = ['--rate', '40', '--retries', '2', '--concurrency', '16'];
    const api = ['--endpoint', upstream.url, '--no-cache', ...pace, '--log-format', 'json'];
    const result = await gorod(['check', 'orders.csv', ...api], { cwd: folder.path, env: { CDEK_DEVELOPER_KEY: KEY } });
    const health = linesOf(result.stderr).filter(({ event }) => event.startsWith('upstream_'));
    expect(health.map(({ event }) => event)).toEqual(['upstream_down', 'upstream_up']);
    expect(health[0]).toMatchObject({ level: 'warn', origin: upstream.origin, reason: 'HTTP 503' });
  });
});

describe('--progress', () => {
  it('of plain tells the end also of a short run; auto and none do not', async () => {
    writeOrders(5);
    const told = async (how: string) =>
      (await gorod(['check', 'orders.csv', '--progress', how], { cwd: folder.path })).stderr.includes('rows 5 (');
    expect([await told('plain'), await told('auto'), await told('none')]).toEqual([true, false, false]);
  });
});

describe('stderr', () => {
  it.each([
    ['en', '5 rows to correct before shipping'],
    ['zh', '5 行须更正后才能发货'],
    ['ru', 'исправить до отправки (строк: 5)'],
  ])('speaks %s', async (lang, text) => {
    writeOrders(5);
    writeFileSync(
      folder.file('orders.csv'),
      readFileSync(folder.file('orders.csv'), 'utf8').replaceAll('675000', '67500'),
    );
    const { stderr } = await gorod(['run', 'orders.csv', '--lang', lang], { cwd: folder.path });
    expect(stderr).toContain(text);
  });
});
