import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CliResult, gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { type ScriptedUpstream, seededRandom, startScriptedUpstream } from '../support/scripted-upstream.ts';

const ROWS = 4000;
const DISTINCT = 700;
const CONCURRENCY = 16;

let folder: TemporaryFolder;

beforeEach(() => {
  folder = temporaryFolder();
  const lines = Array.from({ length: ROWS }, (_, row) => {
    const question = (row * 7919) % DISTINCT;
    const [postcode, city] = question % 3 === 0 ? ['300000', 'Tula'] : ['675000', 'Blagoveschensk'];
    return `${row},${postcode},"Lenina ${question}, ${city}",${question % 900}`;
  });
  writeFileSync(folder.file('orders.csv'), ['id,postcode,address,cod', ...lines, ''].join('\n'));
});
afterEach(() => folder[Symbol.dispose]());

type Stop = { readonly signal: NodeJS.Signals; readonly when: () => boolean };

function run(upstream: ScriptedUpstream, args: readonly string[], stop?: Stop): Promise<CliResult> {
  const fixed = ['run', 'orders.csv', '--detector', 'api', '--endpoint', upstream.url, '--rate', '5000'];
  return gorod([...fixed, '--concurrency', String(CONCURRENCY), ...args], {
    cwd: folder.path,
    env: { CDEK_DEVELOPER_KEY: 'key' },
    whileRunning: (child) => {
      if (stop === undefined) return;
      const poll = setInterval(() => {
        if (!stop.when() && child.exitCode === null) return;
        clearInterval(poll);
        child.kill(stop.signal);
      }, 1);
      child.once('exit', () => clearInterval(poll));
    },
  });
}

function askedSince(upstream: ScriptedUpstream, number: number): () => boolean {
  const before = upstream.requests.length;
  return () => upstream.requests.length >= before + number;
}

async function undisturbed(): Promise<string> {
  await using upstream = await startScriptedUpstream();
  expect((await run(upstream, ['-o', 'undisturbed.csv', '--no-cache'])).code).toBe(0);
  return readFileSync(folder.file('undisturbed.csv'), 'utf8');
}

describe('a run that is killed', () => {
  it.each([
    ['with a cache', ['--cache', 'cache.sqlite']],
    ['without a cache', ['--no-cache']],
  ])(
    'goes on where it was, %s: same bytes, nothing asked twice but what was in flight',
    { timeout: 60_000 },
    async (_, args) => {
      const expected = await undisturbed();
      await using upstream = await startScriptedUpstream({ latencyMs: 5 });
      const random = seededRandom(11);
      let kills = 0;
      for (; kills < 3; kills += 1) {
        const when = askedSince(upstream, 20 + Math.floor(random() * 150));
        expect((await run(upstream, ['-o', 'out.csv', ...args], { signal: 'SIGKILL', when })).code).toBeNull();
        expect(existsSync(folder.file('out.csv'))).toBe(false);
      }
      const last = await run(upstream, ['-o', 'out.csv', ...args]);
      expect(last.code).toBe(0);
      expect(readFileSync(folder.file('out.csv'), 'utf8')).toBe(expected);
      expect(upstream.requests.length).toBeLessThanOrEqual(DISTINCT + kills * CONCURRENCY);
      for (const rest of [
        'partial',
        'partial.journal',
        'partial.journal.holder',
        'partial.journal.lock',
        'partial.answers',
      ]) {
        expect(existsSync(folder.file(`out.csv.${rest}`))).toBe(false);
      }
    },
  );

  it('asks everything again without a cache where its journal is gone, e.g. with the next retry of the old output', async () => {
    await using upstream = await startScriptedUpstream({ latencyMs: 5 });
    const args = ['-o', 'out.csv', '--no-cache'];
    await run(upstream, args, { signal: 'SIGKILL', when: askedSince(upstream, 100) });
    expect(existsSync(folder.file('out.csv.partial.answers'))).toBe(true);
    for (const gone of ['partial', 'partial.journal']) rmSync(folder.file(`out.csv.${gone}`));
    const before = upstream.requests.length;
    expect((await run(upstream, args)).code).toBe(0);
    expect(upstream.requests.length - before).toBe(DISTINCT);
  });

  it('starts over when the input has changed, and says so', async () => {
    await using upstream = await startScriptedUpstream({ latencyMs: 5 });
    const args = ['-o', 'out.csv', '--cache', 'cache.sqlite'];
    await run(upstream, args, { signal: 'SIGKILL', when: askedSince(upstream, 50) });
    const text = readFileSync(folder.file('orders.csv'), 'utf8').split('\n').slice(0, 101).join('\n');
    writeFileSync(folder.file('orders.csv'), `${text}\n`);
    const result = await run(upstream, args);
    expect(result.stderr).toContain('starting out.csv over: the input has changed');
    expect(readFileSync(folder.file('out.csv'), 'utf8').trimEnd().split('\n')).toHaveLength(101);
  });

  it('starts over with --restart and with other options', async () => {
    await using upstream = await startScriptedUpstream({ latencyMs: 5 });
    const args = ['-o', 'out.csv', '--cache', 'cache.sqlite'];
    await run(upstream, args, { signal: 'SIGKILL', when: askedSince(upstream, 50) });
    const other = await run(upstream, [...args, '--lang', 'zh'], { signal: 'SIGKILL', when: askedSince(upstream, 50) });
    expect(other.stderr).toContain('重新开始 out.csv：选项已变化');
    const restarted = await run(upstream, [...args, '--lang', 'zh', '--restart']);
    expect(restarted.stderr).toContain('--restart 要求如此');
    expect(restarted.code).toBe(0);
  });
});

describe('a run that is interrupted', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s stops with 130, lets answers in flight arrive, and goes on',
    { timeout: 60_000 },
    async (signal) => {
      const expected = await undisturbed();
      await using upstream = await startScriptedUpstream({ latencyMs: 50 });
      const args = ['-o', 'out.csv', '--cache', 'cache.sqlite'];
      const first = await run(upstream, args, { signal, when: askedSince(upstream, 100) });
      expect(first.code).toBe(130);
      expect(first.stderr).toContain('run the same command again');
      const asked = upstream.requests.length;
      expect((await run(upstream, args)).code).toBe(0);
      expect(upstream.requests.length).toBe(DISTINCT);
      expect(asked).toBeLessThan(DISTINCT);
      expect(readFileSync(folder.file('out.csv'), 'utf8')).toBe(expected);
    },
  );
});

describe('two runs on one output', () => {
  it('the second ends with 1 and names the process of the first', async () => {
    await using upstream = await startScriptedUpstream({ latencyMs: 20 });
    const args = ['-o', 'out.csv', '--cache', 'cache.sqlite'];
    let second: Promise<CliResult> | undefined;
    const first = await gorod(
      ['run', 'orders.csv', '--endpoint', upstream.url, '--rate', '5000', '--concurrency', '16', ...args],
      {
        cwd: folder.path,
        env: { CDEK_DEVELOPER_KEY: 'key' },
        whileRunning: (child) => {
          const poll = setInterval(() => {
            if (upstream.requests.length < 20) return;
            clearInterval(poll);
            second = run(upstream, args).then((result) => {
              expect(result.stderr).toContain(`process ${child.pid}`);
              return result;
            });
          }, 5);
        },
      },
    );
    expect(first.code).toBe(0);
    expect((await second)?.code).toBe(1);
    expect(statSync(folder.file('out.csv')).size).toBeGreaterThan(0);
  });
});
