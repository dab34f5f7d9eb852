import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import got from 'got';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gorod, temporaryFolder } from '../support/cli.ts';
import { answerTo, asking, builtin, KEY, startApp, type TestServer } from './support/app.ts';

const CSV = { 'content-type': 'text/csv' };
const ORDERS = readFileSync('fixtures/orders.csv', 'utf8');

let server: TestServer;
beforeAll(async () => {
  server = await startApp();
});
afterAll(() => server[Symbol.asyncDispose]());

describe('a CSV comes out as `gorod run -` writes it', () => {
  test.each<[string, string, readonly string[]]>([
    ['as it is', '?lang=en', []],
    ['in Russian', '?lang=ru', ['--lang', 'ru']],
    [
      'with some columns',
      '?lang=en&fields=status,city_code&prefix=x_',
      ['--fields', 'status,city_code', '--prefix', 'x_'],
    ],
    ['its first rows', '?lang=en&limit=5', ['--limit', '5']],
    ['for the FIAS places', '?lang=en&fias-only', ['--fias-only']],
    ['with named columns', '?lang=en&columns=address%3DComment', ['--columns', 'address=Comment']],
  ])('%s', async (_, search, args) => {
    const response = await server.post(`/csv${search}`, { headers: CSV, body: ORDERS });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const { stdout } = await gorod(['run', '-', '--detector', 'local', ...args], { stdin: ORDERS });
    expect(await response.text()).toBe(stdout);
  });

  test('without an end in sight, as it goes', async () => {
    const request = httpRequest(`${server.origin}/csv`, { method: 'POST', headers: { ...KEY, ...CSV } });
    let isAnswered = false;
    const response = once(request, 'response').then(([answer]) => {
      isAnswered = true;
      return answer as IncomingMessage;
    });
    const rows = 500;
    const some = '1,675000,"Lenina 21, 2 Blagoveschensk"\n'.repeat(rows);
    request.write('id,postcode,address\n');
    let sent = 0;
    // The beginning of a file is looked at before the first row is answered.
    for (; !isAnswered; sent += rows) {
      if (!request.write(some)) await once(request, 'drain');
      await delay(1);
    }
    request.end(some);
    let lines = 0;
    for await (const piece of await response) lines += String(piece).split('\n').length - 1;
    expect(lines).toBe(1 + sent + rows);
  });
});

describe('an error before the first byte is told as one', () => {
  test.each<[string, string, string, string, RegExp]>([
    ['an empty file', '', 'text/csv', '', /empty/],
    ['no postcode column', '', 'text/csv', 'id,name\n1,x\n', /postcode/],
    ['a broken row', '', 'text/csv', 'postcode,address\n675000,x\n1\n', /line 3/],
    ['an unknown parameter', '?feilds=status', 'text/csv', ORDERS, /feilds/],
    ['a parameter that cannot be read', '?limit=many', 'text/csv', ORDERS, /limit.*whole number/],
    ['a column that is none', '?fields=stat', 'text/csv', ORDERS, /stat/],
    ['a parameter twice', '?limit=1&limit=2', 'text/csv', ORDERS, /limit/],
    ['another type', '', 'application/json', '{}', /Content-Type/],
    ['a language that is none', '?lang=de', 'text/csv', ORDERS, /lang/],
  ])('%s', async (_, search, type, body, message) => {
    const headers = { 'content-type': type, 'accept-language': 'en' };
    const response = await server.post(`/csv${search}`, { headers, body });
    const told = (await response.json()) as { status_code: string; status_msg: string };
    expect({ http: response.status, code: told.status_code }).toEqual({ http: 400, code: 'ERR_BAD_REQUEST' });
    expect(told.status_msg).toMatch(message);
  });

  const CJK = /\p{Script=Han}/u;
  const CYRILLIC = /\p{Script=Cyrillic}{4}/u;
  test.each<[string, string, string]>([
    ['an empty file', '', ''],
    ['no postcode column', '', 'id,name\n1,x\n'],
    ['a broken row', '', 'postcode,address\n675000,x\n1\n'],
    ['an open quotation mark', '', 'postcode,address\n675000,"x\n'],
    ['a row that is too long', '?max-row-bytes=1024', `postcode,address\n675000,${'x'.repeat(2000)}\n`],
    ['an archive', '', 'PK\u0003\u0004'],
    ['an unknown parameter', '?feilds=status', ORDERS],
    ['a parameter that cannot be read', '?limit=many', ORDERS],
    ['a number out of bounds', '?max-row-bytes=1', ORDERS],
    ['a word that is none', '?bad-rows=drop', ORDERS],
    ['a switch that is none', '?fias-only=perhaps', ORDERS],
    ['a delimiter that is none', '?delimiter=%22', ORDERS],
    ['an encoding that is none', '?encoding=latin1', ORDERS],
    ['a choice of columns that is none', '?columns=zip', ORDERS],
    ['a header that is not there', '?columns=postcode%3Dzip', ORDERS],
    ['a column that is none', '?fields=stat', ORDERS],
    ['a parameter twice', '?limit=1&limit=2', ORDERS],
  ])("%s is told in the client's language and the terms of the URL", async (_, search, body) => {
    for (const [language, letters] of [
      ['en', /[a-z]{4}/],
      ['zh', CJK],
      ['ru', CYRILLIC],
    ] as const) {
      const response = await server.post(`/csv${search}`, { headers: { ...CSV, 'accept-language': language }, body });
      const { status_msg } = (await response.json()) as { status_msg: string };
      expect(response.status).toBe(400);
      const [, detail = ''] = /[:：] ?(.*)$/s.exec(status_msg) ?? [];
      expect(detail, status_msg).toMatch(letters);
      expect(status_msg).not.toMatch(/--|stdin/);
      if (language !== 'en')
        expect(detail.replace(/"[^"]*"|“[^”]*”|«[^»]*»/g, '')).not.toMatch(/[a-z]{2,} [a-z]{3,} [a-z]{2,}/);
    }
  });

  test('what may be done about a broken row is a parameter', async () => {
    const headers = { ...CSV, 'accept-language': 'en' };
    const response = await server.post('/csv', { headers, body: 'postcode,address\n1\n' });
    expect(((await response.json()) as { status_msg: string }).status_msg).toBe(
      'The file cannot be enriched: the body, line 2: 1 cell where the header has 2. ' +
        'Repair the line, or pass bad-rows=keep to write it through as ERR_BAD_ROW.',
    );
  });

  test('even where the file is much larger than what is read of it', async () => {
    const body = `id,name\n${'1,x\n'.repeat(2_000_000)}`;
    const response = await server.post('/csv', { headers: CSV, body });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ status_code: 'ERR_BAD_REQUEST' });
  });

  test('our own fault is 500', async () => {
    const detector = { ...builtin(), recall: () => expect.fail('the gazetteer is gone') };
    await using broken = await startApp({ detector });
    const response = await broken.post('/csv', { headers: CSV, body: ORDERS });
    expect({ http: response.status, body: await response.json() }).toEqual({
      http: 500,
      body: { status_code: 'ERR_INTERNAL', status_msg: '接口内部错误' },
    });
  });
});

describe('a failure after the first byte cannot be taken for success', () => {
  // More rows than are held back, and then one that is broken.
  const failing = `postcode,address\n${'675000,Blagoveschensk\n'.repeat(5000)}675000\n`;

  test('by fetch', async () => {
    const response = await server.post('/csv', { headers: CSV, body: failing });
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
    const told = server.log.filter((line) => line.includes('a CSV was cut off'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('line 5002');
    expect(told[0]).not.toContain('Blagoveschensk');
  });

  test('by got', async () => {
    const headers = { ...KEY, ...CSV };
    const asked = got.post(`${server.origin}/csv`, { headers, body: failing, retry: { limit: 0 } });
    await expect(asked.text()).rejects.toThrow();
  });

  const curlSkips = { skip: spawnSync('curl', ['--version']).status !== 0 };
  test.each(['--http1.1', '--http1.0'])('by curl %s', curlSkips, async (version) => {
    using folder = temporaryFolder();
    writeFileSync(folder.file('orders.csv'), failing);
    const args = [
      '-sS',
      version,
      `${server.origin}/csv`,
      '-H',
      'CDEK-Developer-Key: x',
      '-H',
      'Content-Type: text/csv',
    ];
    const { spawn } = await import('node:child_process');
    const curl = spawn('curl', [...args, '--data-binary', `@${folder.file('orders.csv')}`], { stdio: 'ignore' });
    const [code] = await once(curl, 'close');
    expect(code).not.toBe(0);
  });
});

test('others are answered while a large file is under way', async () => {
  const large = `postcode,address\n${Array.from({ length: 20_000 }, (_, i) => `675000,"Lenina ${i}, Blagoveshensk"\n`).join('')}`;
  let isDone = false;
  const csv = server.post('/csv', { headers: CSV, body: large }).then(async (response) => {
    const text = await response.text();
    isDone = true;
    return text;
  });
  let answered = 0;
  while (!isDone) {
    await (await fetch(`${server.origin}/healthz`)).text();
    answered += 1;
  }
  expect((await csv).trimEnd().split('\n')).toHaveLength(20_001);
  expect(answered).toBeGreaterThan(20);
});

test('a client that leaves ends the job', async () => {
  let aborted = 0;
  const detector = asking(
    (query, signal) =>
      new Promise((resolve, reject) => {
        if (query.address === 'quick') resolve(answerTo(query));
        signal?.addEventListener('abort', () => {
          aborted += 1;
          reject(signal.reason);
        });
      }),
  );
  await using slow = await startApp({ detector, settings: { maxStreams: 1 } });
  const request = httpRequest(`${slow.origin}/csv`, { method: 'POST', headers: { ...KEY, ...CSV } });
  request.on('error', () => {});
  request.end('postcode,address\n675000,never\n');
  while (slow.traffic.open() === 0) await delay(1);
  await delay(20);
  request.destroy();
  while (slow.traffic.open() > 0 || aborted === 0) await delay(1);
  const next = await slow.post('/csv', { headers: CSV, body: 'postcode,address\n675000,quick\n' });
  expect(await next.text()).toContain('OK');
});
