import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { type Reply, type ScriptedUpstream, startScriptedUpstream } from '../support/scripted-upstream.ts';

const SLOW = { timeout: 90_000 };
const DOWN: Reply = { kind: 'http', status: 503 };
const UP: Reply = { kind: 'answer' };

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

function writeOrders(questions: number): void {
  const lines = Array.from({ length: questions }, (_, row) => `${row},675000,"Lenina ${row}, Blagoveschensk",0`);
  writeFileSync(folder.file('orders.csv'), ['id,postcode,address,cod', ...lines, ''].join('\n'));
}

function run(upstream: ScriptedUpstream, ...args: string[]) {
  const fixed = ['run', 'orders.csv', '--endpoint', upstream.url, '--cache', 'cache.sqlite', '--concurrency', '16'];
  return gorod([...fixed, ...args], { cwd: folder.path, env: { CDEK_DEVELOPER_KEY: 'key' } });
}

function statuses(name: string): Record<string, number> {
  const rows = parse(readFileSync(folder.file(name)), { columns: true, bom: true }) as Record<string, string>[];
  const counts: Record<string, number> = {};
  for (const { cdek_status = '' } of rows) counts[cdek_status] = (counts[cdek_status] ?? 0) + 1;
  return counts;
}

/** The most requests that arrived in any half-open second. */
function busiest(requests: ScriptedUpstream['requests']): number {
  let most = 0;
  let from = 0;
  for (const [to, { startedAt }] of requests.entries()) {
    while (startedAt - (requests[from]?.startedAt ?? 0) >= 1000) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
}

describe('an upstream that is down', () => {
  it('for the first seconds is waited for: every row is answered', SLOW, async () => {
    writeOrders(80);
    const upAt = performance.now() + 7000;
    await using upstream = await startScriptedUpstream({ reply: () => (performance.now() < upAt ? DOWN : UP) });
    const { code } = await run(upstream, '-o', 'out.csv', '--rate', '40', '--retries', '2');
    expect(code).toBe(0);
    expect(statuses('out.csv')).toEqual({ OK: 80 });
  });

  it('for ever is given up together after --max-wait, with few requests', SLOW, async () => {
    writeOrders(2000);
    await using dead = await startScriptedUpstream({ reply: () => DOWN });
    const given = ['-o', 'out.csv', '--rate', '30', '--retries', '4', '--max-wait', '3'];
    const { code, stderr } = await run(dead, ...given);
    expect(code).toBe(3);
    expect(statuses('out.csv')).toEqual({ DEFERRED: 2000 });
    expect(stderr).toContain('2000 rows to ask again: gorod retry out.csv');
    expect(dead.requests.length).toBeLessThan(400);
    expect(readFileSync(folder.file('out.csv'), 'utf8')).toContain('HTTP 503');
  });

  it('from half of the file on leaves the answers it gave, and the rest deferred', SLOW, async () => {
    writeOrders(400);
    await using upstream = await startScriptedUpstream({ reply: (index) => (index < 200 ? UP : DOWN) });
    const { code } = await run(upstream, '-o', 'out.csv', '--rate', '100', '--max-wait', '2');
    expect(code).toBe(3);
    expect(statuses('out.csv')).toEqual({ OK: 200, DEFERRED: 200 });
  });

  it('and a file too small for the breaker ends with its retries', SLOW, async () => {
    writeOrders(3);
    await using dead = await startScriptedUpstream({ reply: () => DOWN });
    expect((await run(dead, '-o', 'out.csv', '--retries', '2')).code).toBe(3);
    expect(dead.requests).toHaveLength(9);
  });
});

describe('the first of two endpoints', () => {
  it('rests while it is down, and takes its place again when it is back', SLOW, async () => {
    writeOrders(300);
    let upAt: number | undefined;
    const reply = () => {
      upAt ??= performance.now() + 3000;
      return performance.now() < upAt ? DOWN : UP;
    };
    await using first = await startScriptedUpstream({ reply });
    await using second = await startScriptedUpstream();
    const given = ['-o', 'out.csv', '--endpoint', second.url, '--rate', '30', '--retries', '0'];
    const { code } = await run(first, ...given);
    expect(code).toBe(0);
    expect(statuses('out.csv')).toEqual({ OK: 300 });
    const answered = first.requests.filter(({ reply }) => reply === 'answer').length;
    expect(second.requests.length + answered).toBe(300);
    // All rows wait for their turn at the first: only those whose turn had come (--concurrency 16) fail there.
    expect(first.requests.length - answered).toBeLessThan(2 * 16);
    expect(second.requests.length).toBeGreaterThan(50);
    expect(answered).toBeGreaterThan(50);
  });
});

describe('--rate auto', () => {
  it('finds the limit, says it, and begins there the next time', SLOW, async () => {
    const LIMIT = 9;
    const accepted: number[] = [];
    const limited = () => {
      const now = performance.now();
      if (accepted.filter((at) => at > now - 1000).length >= LIMIT) return { kind: 'http', status: 429 } as const;
      accepted.push(now);
      return UP;
    };
    await using upstream = await startScriptedUpstream({ reply: limited });
    writeOrders(80);
    const first = await run(upstream, '-o', 'out.csv', '--rate', 'auto', '--summary', 'summary.json');
    expect(first.code).toBe(0);
    const { settings } = JSON.parse(readFileSync(folder.file('summary.json'), 'utf8'));
    expect(settings.rate).toBe('auto');
    expect(settings.foundRate).toBeGreaterThan(0.7 * LIMIT);
    expect(settings.foundRate).toBeLessThan(1.3 * LIMIT);
    expect(first.stderr).toContain(`--rate auto found ${settings.foundRate} requests a second`);
    expect(upstream.requests.length - accepted.length).toBeLessThan(0.1 * upstream.requests.length);
    writeFileSync(folder.file('orders.csv'), 'postcode,address\n300000,Tula\n');
    expect((await run(upstream, '-o', 'next.csv', '--rate', 'auto')).stderr).toContain(`found ${settings.foundRate} `);
  });

  it('is a word of its own: no other is a rate', async () => {
    writeOrders(1);
    await using upstream = await startScriptedUpstream();
    expect((await run(upstream, '--rate', 'fast')).code).toBe(2);
  });
});

describe('runs on one cache file at one time', () => {
  it.each([2, 4])('%d of them ask each question once, and no faster than the rate together', SLOW, async (number) => {
    writeOrders(120);
    await using upstream = await startScriptedUpstream({ latencyMs: 30 });
    const runs = Array.from({ length: number }, (_, i) => run(upstream, '-o', `out${i}.csv`, '--rate', '50'));
    for (const [i, { code, stderr }] of (await Promise.all(runs)).entries()) {
      expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
      expect(statuses(`out${i}.csv`)).toEqual({ OK: 120 });
    }
    expect(upstream.requests).toHaveLength(120);
    // Starts are held to the rate where they are made (test/cache/shared-rate.test.ts). Here they arrive, bunched by
    // whatever else the machine does; runs that did not share would bring 100 and more.
    expect(busiest(upstream.requests)).toBeLessThan(75);
  });

  it('the lower of two rates holds while both run', SLOW, async () => {
    writeOrders(50);
    const others = readFileSync(folder.file('orders.csv'), 'utf8').replaceAll('Lenina', 'Mira');
    writeFileSync(folder.file('others.csv'), others);
    await using upstream = await startScriptedUpstream();
    let slowEnded = 0;
    const slow = run(upstream, '-o', 'a.csv', '--rate', '12').then(({ code }) => {
      slowEnded = performance.now();
      return code;
    });
    while (upstream.requests.length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    const begun = performance.now();
    const fast = ['run', 'others.csv', '-o', 'b.csv', '--endpoint', upstream.url, '--cache', 'cache.sqlite'];
    const { code } = await gorod([...fast, '--rate', '500'], { cwd: folder.path, env: { CDEK_DEVELOPER_KEY: 'key' } });
    expect([code, await slow]).toEqual([0, 0]);
    expect(upstream.requests).toHaveLength(100);
    const together = upstream.requests.filter(({ startedAt }) => startedAt > begun && startedAt < slowEnded - 200);
    expect(busiest(together)).toBeLessThan(24);
    expect(together.some(({ body }) => JSON.stringify(body).includes('Mira'))).toBe(true);
  });

  it('one that is killed keeps the other from nothing', SLOW, async () => {
    writeOrders(120);
    await using upstream = await startScriptedUpstream({ latencyMs: 50 });
    const args = ['run', 'orders.csv', '--endpoint', upstream.url, '--cache', 'cache.sqlite', '--rate', '60'];
    const killed = gorod([...args, '-o', 'a.csv'], {
      cwd: folder.path,
      env: { CDEK_DEVELOPER_KEY: 'key' },
      whileRunning: (child) => {
        const poll = setInterval(() => {
          if (upstream.requests.length < 40) return;
          clearInterval(poll);
          child.kill('SIGKILL');
        }, 5);
      },
    });
    const other = await run(upstream, '-o', 'b.csv', '--rate', '60');
    expect((await killed).code).toBeNull();
    expect(other.code).toBe(0);
    expect(statuses('b.csv')).toEqual({ OK: 120 });
    // Only what the killed one had in flight is asked twice.
    expect(upstream.requests.length).toBeLessThanOrEqual(120 + 8);
  });
});
