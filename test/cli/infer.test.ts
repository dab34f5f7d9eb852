import type { ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gorodServe } from '../server/support/cli-server.ts';
import { type CliOptions, type CliResult, gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { type ScriptedUpstream, startScriptedUpstream } from '../support/scripted-upstream.ts';

const FIELDS = 'status,verdict,city_code,fias_guid,source,confidence,runner_up';
const LIE = { status_code: 'OK', detected_cdek_city: { cityCode: '1', cityName: 'Тула' }, possible_cities: ['Тула'] };

let folder: TemporaryFolder;
let upstream: ScriptedUpstream;

beforeEach(async () => {
  folder = temporaryFolder();
  upstream = await startScriptedUpstream();
});
afterEach(async () => {
  folder[Symbol.dispose]();
  await upstream.close();
});

type Row = readonly [postcode: string, address: string, cod?: string];

function write(name: string, rows: readonly Row[]): void {
  const lines = rows.map(([postcode, address, cod = '']) => `${postcode},"${address}",${cod}`);
  writeFileSync(folder.file(name), ['postcode,address,cod', ...lines, ''].join('\n'));
}

function read(name: string): Record<string, string>[] {
  return parse(readFileSync(folder.file(name)), { columns: true, bom: true });
}

function cli(command: readonly string[], options?: CliOptions): Promise<CliResult> {
  const fixed = ['--detector', 'api', '--endpoint', upstream.url, '--cache', 'cache.sqlite', '--rate', '5000'];
  return gorod([...command, ...fixed], { cwd: folder.path, env: { CDEK_DEVELOPER_KEY: 'key' }, ...options });
}

/** Runs one file, which becomes `name.gorod.csv`; gives the number of requests with the result. */
async function run(name: string, args: readonly string[] = [], options?: CliOptions) {
  const before = upstream.requests.length;
  const result = await cli(['run', name, '--fields', FIELDS, ...args], options);
  return { ...result, requests: upstream.requests.length - before };
}

const KNOWN: readonly Row[] = [
  ['675000', 'Lenina 21, 2 Blagoveschensk'],
  ['300000', 'Tula ul Mira 5'],
];

const NEW: readonly Row[] = [
  ['675000', 'Gorkogo 3, Blagoveshchensk', '100'],
  ['675000', 'BLAGOWESCHENSC; Mukhina 5'],
  ['675000', 'Благовещенск, ул. Горького, 12'],
  ['300000', 'Tula, Lenina 5', '10'],
];

describe('a run with --infer', () => {
  it('answers new spellings of known cities without a request', async () => {
    write('known.csv', KNOWN);
    write('new.csv', NEW);
    expect((await run('known.csv')).requests).toBe(2);
    const result = await run('new.csv', ['--infer', '--audit', '0%', '--summary', 'summary.json']);
    expect(result).toMatchObject({ code: 0, requests: 0 });
    expect(result.stderr).toContain('rows inferred without a request: 4');
    const guid = '8f41253d-6e3b-48a9-842a-25ba894bd093';
    const inferred = { cdek_status: 'OK', cdek_verdict: 'accept', cdek_city_code: '286', cdek_fias_guid: guid };
    const rows = read('new.gorod.csv');
    expect(rows.slice(0, 3)).toMatchObject([inferred, inferred, inferred]);
    expect(rows[3]).toMatchObject({ cdek_status: 'COD_LIMIT_EXCEEDED', cdek_verdict: 'reject', cdek_city_code: '150' });
    for (const row of rows) {
      expect(row.cdek_source).toBe('inferred');
      expect(Number(row.cdek_confidence)).toBeGreaterThan(0.86);
    }
    const summary = JSON.parse(readFileSync(folder.file('summary.json'), 'utf8'));
    expect(summary).toMatchObject({
      requests: 0,
      sources: { inferred: 4 },
      audit: { asked: 0, agreed: 0, switchedOff: false },
    });
  });

  it('asks them without it, and learns nothing from what was inferred', async () => {
    write('known.csv', KNOWN);
    write('new.csv', NEW);
    await run('known.csv');
    await run('new.csv', ['--infer', '--audit', '0%', '-o', 'inferred.csv']);
    expect((await run('new.csv', ['-o', 'asked.csv'])).requests).toBe(4);
    const codes = (name: string) => read(name).map(({ cdek_status, cdek_city_code }) => [cdek_status, cdek_city_code]);
    expect(codes('inferred.csv')).toEqual(codes('asked.csv'));
  });

  it('asks the API for the sample and compares', async () => {
    write('known.csv', KNOWN);
    write('new.csv', NEW);
    await run('known.csv');
    const result = await run('new.csv', ['--infer', '--audit', '100%', '--lang', 'zh', '--summary', 'summary.json']);
    expect(result).toMatchObject({ code: 0, requests: 4 });
    expect(result.stderr).toContain('抽查的行数：4，其中一致：4');
    expect(read('new.gorod.csv').map(({ cdek_source }) => cdek_source)).toEqual(['api', 'api', 'api', 'api']);
    const summary = JSON.parse(readFileSync(folder.file('summary.json'), 'utf8'));
    expect(summary.audit).toEqual({ asked: 4, agreed: 4, switchedOff: false });
  });

  it('stops inferring when the API says something else, in the files that follow too', async () => {
    write('known.csv', KNOWN);
    write('a.csv', [NEW[0] as Row, ...Array.from({ length: 30 }, (_, n): Row => ['300000', `Tula, Mira ${n}-7`])]);
    write('b.csv', [['675000', 'Mukhina 5, Blagoveshchensk']]);
    await run('known.csv');
    upstream.script(...Array.from({ length: 60 }, () => ({ kind: 'answer', body: LIE }) as const));
    const result = await cli(['run', 'a.csv', 'b.csv', '--infer', '--audit', '30%', '--summary', 'summary.json']);
    expect(result.stderr).toContain('nothing more is inferred in this run');
    const rows = read('a.gorod.csv');
    const last = rows.findLastIndex(({ cdek_source }) => cdek_source === 'inferred');
    expect(last).toBeLessThan(25);
    expect(rows.slice(last + 1).every(({ cdek_source }) => cdek_source === 'api')).toBe(true);
    expect(read('b.gorod.csv')).toMatchObject([{ cdek_source: 'api' }]);
    const { audit } = JSON.parse(readFileSync(folder.file('summary.json'), 'utf8'));
    expect(audit).toEqual({ asked: 1, agreed: 0, switchedOff: true });
  });

  it('that is killed and gone on with writes what an undisturbed one writes', { timeout: 60_000 }, async () => {
    const cities = [
      ['675000', 'Blagoveshchensk'],
      ['300000', 'Tula'],
      ['692000', 'Nakhodka'],
      ['692000', 'Ussuriysk'],
      ['420000', 'Kazan'],
      ['614000', 'Badcityname'],
    ] as const;
    const rows = Array.from({ length: 1500 }, (_, row): Row => {
      const [postcode, city] = cities[(row * 7) % cities.length] ?? cities[0];
      return [postcode, row % 5 === 0 ? `${city} Lenina-${row}` : `Lenina ${row % 400}, ${city}`, String(row % 9)];
    });
    write('known.csv', KNOWN);
    write('orders.csv', rows);
    await upstream.close();
    upstream = await startScriptedUpstream({ latencyMs: 4 });
    const args = ['--infer', '--audit', '0%', '-o'];
    await run('known.csv');
    const known = readFileSync(folder.file('cache.sqlite'));
    await run('orders.csv', [...args, 'whole.csv']);
    writeFileSync(folder.file('cache.sqlite'), known);
    for (const asked of [30, 60]) {
      const killed = await run('orders.csv', [...args, 'out.csv'], { whileRunning: killAfter(upstream, asked) });
      expect(killed.code).toBeNull();
    }
    expect((await run('orders.csv', [...args, 'out.csv'])).code).toBe(0);
    expect(read('out.csv').filter(({ cdek_source }) => cdek_source === 'inferred').length).toBeGreaterThan(300);
    expect(readFileSync(folder.file('out.csv'), 'utf8')).toBe(readFileSync(folder.file('whole.csv'), 'utf8'));
  });
});

it('a run that had stopped inferring does not begin again when it is gone on with', { timeout: 60_000 }, async () => {
  await upstream.close();
  const reply = (index: number) => ({ kind: 'answer', ...(index < KNOWN.length ? {} : { body: LIE }) }) as const;
  upstream = await startScriptedUpstream({ latencyMs: 5, reply });
  write('known.csv', KNOWN);
  const rows = Array.from({ length: 2500 }, (_, n): Row => ['300000', `Tula, Mira ${n}-7`]);
  write('orders.csv', rows);
  await run('known.csv');
  const args = ['--infer', '--audit', '30%', '-o', 'out.csv'];
  const killed = await run('orders.csv', args, { whileRunning: killAfter(upstream, 1800) });
  expect(killed.stderr).toContain('nothing more is inferred in this run');
  const resumed = await run('orders.csv', args);
  expect(resumed.stderr).toContain('going on with out.csv after row');
  expect(resumed.stderr).not.toContain('nothing more is inferred in this run');
  const last = read('out.csv').findLastIndex(({ cdek_source }) => cdek_source === 'inferred');
  expect(last).toBeLessThan(25);
});

describe('inferring elsewhere', () => {
  it('check tells what is inferred, retry infers what was deferred, detect answers one question', async () => {
    write('known.csv', KNOWN);
    write('new.csv', NEW);
    upstream.script(...Array.from({ length: 4 }, () => ({ kind: 'http', status: 400 }) as const));
    expect((await run('new.csv', ['--retries', '0', '-o', 'new.gorod.csv'])).code).toBe(3);
    await run('known.csv');
    const asked = upstream.requests.length;
    const checked = await cli(['check', 'new.csv', '--infer', '--audit', '0%']);
    expect(checked.stderr).toContain('rows inferred without a request: 4');
    const retried = await cli(['retry', 'new.gorod.csv', '--infer', '--audit', '0%']);
    expect(retried.code).toBe(0);
    expect(read('new.gorod.csv').map(({ cdek_source }) => cdek_source)).toEqual(NEW.map(() => 'inferred'));
    const question = ['detect', '--postcode', '675000', '--address', 'Blagoveshchensk, Mira 1'];
    const detected = await cli([...question, '--infer', '--audit', '0%']);
    expect(JSON.parse(detected.stdout)).toMatchObject({ status_code: 'OK', detected_cdek_city: { cityCode: '286' } });
    expect(upstream.requests).toHaveLength(asked);
  });

  it('a server learns from every answer at once', async () => {
    const fixed = ['--detector', 'api', '--endpoint', upstream.url, '--cache', folder.file('cache.sqlite')];
    const options = { env: { CDEK_DEVELOPER_KEY: 'key' } };
    await using server = await gorodServe([...fixed, '--infer', '--audit', '0%'], options);
    const ask = async (address: string) => {
      const body = JSON.stringify({ postcode: '675000', address });
      const headers = { 'content-type': 'application/json', 'cdek-developer-key': 'mine' };
      return (await fetch(server.url, { method: 'POST', headers, body })).json();
    };
    const found = { status_code: 'OK', detected_cdek_city: { cityCode: '286' } };
    for (const address of ['Lenina 21, 2 Blagoveschensk', 'Mira 1, Blagoveshchensk', 'Blagoveshchensk, Mira 2']) {
      expect(await ask(address)).toMatchObject(found);
    }
    expect(upstream.requests).toHaveLength(1);
  });

  it('a dry run tells the requests that are left, and makes none', async () => {
    write('known.csv', KNOWN);
    write('new.csv', [...NEW, ['675000', 'Mira 77']]);
    await run('known.csv');
    const { stdout } = await cli(['run', 'new.csv', '--dry-run', '--infer', '--audit', '0%']);
    expect(stdout).toContain('5 distinct, 4 answered without a request');
    expect(upstream.requests).toHaveLength(2);
  });

  it.each([
    ['--audit', ['--audit', '1%']],
    ['--audit-min', ['--audit-min', '99%']],
    ['--infer', ['--infer', '--no-cache']],
    ['--infer', ['--infer', '--detector', 'local']],
    ['--audit', ['--infer', '--audit', '1']],
    ['--audit-min', ['--infer', '--audit-min', '101%']],
  ])('names %s where %j makes no sense', async (flag, args) => {
    write('new.csv', NEW);
    const env = { CDEK_DEVELOPER_KEY: 'key' };
    const result = await gorod(['run', 'new.csv', '--endpoint', upstream.url, ...args], { cwd: folder.path, env });
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(`${flag}`);
    expect(upstream.requests).toHaveLength(0);
  });

  it.each([
    ['en', 'drop it, or set a developer key'],
    ['zh', '请去掉它，或设置开发者识别码'],
    ['ru', 'уберите его или задайте ключ разработчика'],
  ])('says in %s that it needs a developer key', async (lang, told) => {
    write('new.csv', NEW);
    const result = await gorod(['run', 'new.csv', '--infer', '--lang', lang], { cwd: folder.path });
    expect(result).toMatchObject({ code: 2, stderr: expect.stringContaining(told) });
  });

  it('takes its options from the environment', async () => {
    write('known.csv', KNOWN);
    write('new.csv', NEW);
    await run('known.csv');
    const env = { CDEK_DEVELOPER_KEY: 'key', GOROD_INFER: '1', GOROD_AUDIT: '0%', GOROD_AUDIT_MIN: '99%' };
    expect(await run('new.csv', [], { env })).toMatchObject({ code: 0, requests: 0 });
  });
});

function killAfter(server: ScriptedUpstream, requests: number): (child: ChildProcess) => void {
  const wanted = server.requests.length + requests;
  return (child) => {
    const poll = setInterval(() => {
      if (server.requests.length < wanted && child.exitCode === null) return;
      clearInterval(poll);
      child.kill('SIGKILL');
    }, 1);
    child.once('exit', () => clearInterval(poll));
  };
}
