import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { temporaryFolder } from './support/cli.ts';
import { startScriptedUpstream } from './support/scripted-upstream.ts';

const FOLDER = 'fixtures/examples';

function start(example: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  return spawn(process.execPath, [`${FOLDER}/${example}`, ...args], { env: { PATH: process.env.PATH ?? '', ...env } });
}

async function outcome(child: ChildProcess, stdin = '') {
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  }
  child.stdin?.end(stdin);
  const [code] = await once(child, 'close');
  return { ...said, code };
}

test('there are three examples, each run here', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(['one-question.mjs', 'own-server.mjs', 'rows-through-the-api.mjs']);
});

test('one-question.mjs answers an address offline', async () => {
  const run = await outcome(start('one-question.mjs', ['675000', 'Lenina 21, 2 Blagoveschensk', '4500']));
  expect(run.stderr).toBe('');
  expect(run.stdout).toContain('CDEK 286 Благовещенск, FIAS 8f41253d-6e3b-48a9-842a-25ba894bd093');
  for (const args of [[], ['675000']]) {
    expect(await outcome(start('one-question.mjs', args))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('usage: node one-question.mjs POSTCODE ADDRESS [COD]'),
    });
  }
  const bad = await outcome(start('one-question.mjs', ['6750', 'Lenina 21']));
  expect(bad.stdout).toContain('reject ERR_BAD_POSTCODE');
  expect(bad.code).toBe(0);
});

test('rows-through-the-api.mjs asks each question once, in order, and a second time nothing', async () => {
  await using upstream = await startScriptedUpstream();
  using folder = temporaryFolder();
  const env = { DETECT_CITY_URL: upstream.url, CDEK_DEVELOPER_KEY: 'example-key' };
  const orders = ['A-1\t675000\tBlagoveschensk\t100', 'A-2\tx\tNowhere\t', 'A-3\t675000\tBlagoveschensk\t100', ''];
  const run = () => outcome(start('rows-through-the-api.mjs', [folder.file('a.sqlite')], env), orders.join('\n'));
  const first = await run();
  const rows = first.stdout.trimEnd().split('\n');
  expect(rows.map((row) => row.split('\t')[0])).toEqual(['A-1', 'A-2', 'A-3']);
  expect(rows[0]).toMatch(/^A-1\taccept\tOK\t\d+\tapi$/);
  expect(rows[1]).toBe('A-2\treject\tERR_BAD_POSTCODE\t\t');
  expect(first.stderr).toBe('1 requests\n');
  const second = await run();
  // In the first run the last row may have come when the answer was there already.
  expect(second.stdout).toBe(first.stdout.replaceAll('\tapi', '\tcache'));
  expect(second.stderr).toBe('0 requests\n');
  expect(upstream.requests).toHaveLength(1);
});

test('rows-through-the-api.mjs says what stops it, and ends with that exit code', async () => {
  const run = await outcome(start('rows-through-the-api.mjs'));
  expect(run.stderr).toMatch(/^BAD_KEY: /);
  expect(run.code).toBe(2);
});

test('own-server.mjs answers as detect-city would', async () => {
  const child = start('own-server.mjs', [], { PORT: '0' });
  const ended = once(child, 'exit');
  const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const ask = async (cod: string) => {
    const query = new URLSearchParams({ postcode: '675000', address: 'Lenina 21, Blagoveschensk', cod });
    return (await fetch(`${url}?${query}`, { headers: { connection: 'close' } })).json();
  };
  expect(await ask('30000')).toMatchObject({ status_code: 'OK', detected_cdek_city: { cityCode: '286' } });
  expect(await ask('30000.01')).toMatchObject({
    status_code: 'COD_LIMIT_EXCEEDED',
    status_msg: '代收货款金额超过限额',
  });
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});
