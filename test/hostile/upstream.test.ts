import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CliResult, gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { type Reply, startScriptedUpstream } from '../support/scripted-upstream.ts';
import { type ListeningServer, listening } from './secure-server.ts';

const KEY = 'secret-key-4711';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
  writeFileSync(folder.file('orders.csv'), 'postcode,address\n675000,"Lenina 21, Blagoveschensk"\n');
});
afterEach(() => folder[Symbol.dispose]());

function run(url: string, ...args: string[]): Promise<CliResult> {
  const fixed = ['run', 'orders.csv', '-o', 'out.csv', '--endpoint', url, '--cache', 'cache.sqlite', '--retries', '0'];
  return gorod([...fixed, '--timeout', '2', '--summary', 'summary.json', ...args], {
    cwd: folder.path,
    env: { CDEK_DEVELOPER_KEY: KEY },
  });
}

function onlyRow(): Record<string, string> | undefined {
  const rows: Record<string, string>[] = parse(readFileSync(folder.file('out.csv')), { columns: true });
  expect(rows).toHaveLength(1);
  return rows[0];
}

function server(answer: (response: ServerResponse) => void): Promise<ListeningServer> {
  return listening(createServer((request, response) => request.resume().once('end', () => answer(response))));
}

function json(body: string): Reply {
  return { kind: 'http', status: 200, body };
}

const NESTED = 100_000;

describe('an upstream that brings no answer defers the row, and nothing is stored', () => {
  it.each<[string, Reply, string]>([
    ['a body without end', { kind: 'huge' }, 'body is too large'],
    ['a body that comes too slowly', { kind: 'drip' }, 'timed out after 2 s'],
    ['deep arrays', json('['.repeat(NESTED) + ']'.repeat(NESTED)), 'body is not a JSON object'],
    ['deep arrays that are never closed', json('['.repeat(NESTED)), 'body is not JSON'],
    ['a redirect', { kind: 'redirect', to: 'http://127.0.0.1:1/' }, 'HTTP 307'],
    ['a status code inherited from __proto__', json('{"__proto__":{"status_code":"OK"}}'), 'body has no status_code'],
    [
      'a status code of two hundred thousand letters',
      json(`{"status_code":"${'A'.repeat(200_000)}"}`),
      'body has no status_code',
    ],
  ])('%s', async (_, reply, reason) => {
    await using upstream = await startScriptedUpstream({ reply: () => reply });
    const result = await run(upstream.url);
    expect(result.code).toBe(3);
    expect(onlyRow()).toMatchObject({ cdek_status: 'DEFERRED', cdek_message: expect.stringContaining(reason) });
    const again = await startScriptedUpstream();
    expect((await run(again.url, '--restart')).code).toBe(0);
    await again.close();
  });

  it.each([
    ['gzip', gzipSync(Buffer.alloc(64 << 20))],
    ['br', brotliCompressSync(Buffer.alloc(64 << 20))],
  ])('a small body that unpacks to a huge one: %s', async (encoding, packed) => {
    await using bomb = await server((response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(packed),
    );
    expect((await run(`http://127.0.0.1:${bomb.port}/`)).code).toBe(3);
    expect(onlyRow()?.cdek_message).toContain('body is too large');
  });

  it('headers without end', async () => {
    await using endless = await listening(
      createServer().on('connection', (socket) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        const more = setInterval(() => socket.write(`x: ${'y'.repeat(4096)}\r\n`), 1);
        socket.once('close', () => clearInterval(more));
      }),
    );
    expect((await run(`http://127.0.0.1:${endless.port}/`)).code).toBe(3);
    expect(onlyRow()?.cdek_status).toBe('DEFERRED');
  });
});

describe('of an answer only known fields of the right type are taken', () => {
  const HOSTILE = `{
    "status_code": "OK", "status_msg": "=1+1", "__proto__": {"polluted": true}, "constructor": {"prototype": 1},
    "deep": ${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)},
    "detected_cdek_city": {
      "__proto__": {"cityUuid": "inherited"}, "cityCode": "286", "cityName": "=cmd|' /C calc'!A0\\r\\n\\u001b[2J\\u0000",
      "region": ["not a text"], "latitude": "1e999", "longitude": 1000, "paymentLimit": -5, "fiasGuid": {"toString": 1}
    },
    "possible_cities": ["+a", {"toString": null}, "\\tb"]
  }`;

  it('whatever else it carries', async () => {
    await using upstream = await startScriptedUpstream({ reply: () => json(HOSTILE) });
    const result = await run(upstream.url);
    expect(result.code).toBe(0);
    expect(onlyRow()).toMatchObject({
      cdek_status: 'OK',
      cdek_city_code: '286',
      cdek_city_name: "'=cmd|' /C calc'!A0 [2J ",
      cdek_city_uuid: '',
      cdek_region: '',
      cdek_latitude: '',
      cdek_longitude: '',
      cdek_payment_limit: '',
      cdek_fias_guid: '',
      cdek_possible_cities: "'+a|\tb".replace('\t', ' '),
    });
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'and %s is a code like any unknown one',
    async (code) => {
      await using upstream = await startScriptedUpstream({ reply: () => json(`{"status_code":"${code}"}`) });
      const result = await run(upstream.url);
      expect(result.code).toBe(0);
      expect(onlyRow()).toMatchObject({ cdek_status: code, cdek_verdict: 'review' });
      const { statuses } = JSON.parse(readFileSync(folder.file('summary.json'), 'utf8'));
      expect(Object.entries(statuses)).toEqual([[code, 1]]);
    },
  );

  it('and control characters do not reach the terminal', async () => {
    const body = JSON.stringify({ status_code: 'X\u001b]0;title\u0007\u009b2J\u202e', status_msg: '\u001b[2J' });
    await using upstream = await startScriptedUpstream({ reply: () => json(body) });
    const { code, stderr } = await run(upstream.url);
    expect(code).toBe(0);
    expect(stderr).toContain('X\ufffd]0;title');
    expect(stderr).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
  });
});

it('the key follows no redirect, wherever it leads', async () => {
  await using elsewhere = await startScriptedUpstream();
  for (const status of [301, 302, 303, 307, 308]) {
    await using upstream = await server((response) => response.writeHead(status, { location: elsewhere.url }).end());
    expect((await run(`http://127.0.0.1:${upstream.port}/`, '--restart')).code).toBe(3);
  }
  expect(elsewhere.requests).toHaveLength(0);
});
