import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashKey } from '../../src/server/keys.ts';
import { gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { startScriptedUpstream } from '../support/scripted-upstream.ts';
import { type CliServer, gorodServe } from './support/cli-server.ts';

const QUESTION = { postcode: '675000', address: 'Lenina 21, 2 Blagoveschensk' };
const UPSTREAM_KEY = 'upstream-key-4711';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

function proxyTo(url: string, args: readonly string[] = []): Promise<CliServer> {
  const given = ['--detector', 'api', '--endpoint', url, '--cache', folder.file('cache.sqlite'), '--rate', '1000'];
  return gorodServe([...given, ...args], { env: { CDEK_DEVELOPER_KEY: UPSTREAM_KEY } });
}

interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly connection: string | undefined;
}

/** Asks one question; rejects when the connection breaks before the whole answer is there. */
async function ask(server: CliServer, question: object, agent: Agent | false = false): Promise<Reply> {
  const headers = { 'content-type': 'application/json', 'cdek-developer-key': 'mine' };
  const request = httpRequest(server.url, { method: 'POST', headers, agent });
  request.end(JSON.stringify(question));
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  let text = '';
  for await (const piece of response.setEncoding('utf8')) text += piece;
  return { status: response.statusCode ?? 0, body: JSON.parse(text), connection: response.headers.connection };
}

const question = (number: number) => ({ ...QUESTION, address: `Lenina ${number}, Blagoveschensk` });

describe('gorod serve', () => {
  test('without keys is for its own machine, and says so', async () => {
    await using server = await gorodServe(['--detector', 'local']);
    expect(server.startLine).toMatch(
      /^gorod: http:\/\/127\.0\.0\.1:\d+, local detector .*any developer key is accepted/,
    );
    expect((await ask(server, QUESTION)).body).toMatchObject({ ...QUESTION, status_msg: 'CDEK城市识别成功' });
    server.child.kill('SIGTERM');
    expect(await server.ended()).toBe(0);
    for (const line of server.stderr().trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('level');
    expect(server.stderr()).not.toContain('Blagoveschensk');
  });

  test.each([
    [['--host', '0.0.0.0'], '--keys'],
    [['--keys', '/nonexistent/keys'], '--keys: cannot read /nonexistent/keys (ENOENT)'],
    [['--port', '70000'], '--port'],
    [['--host', '192.0.2.1', '--keys', 'KEYS'], '--host: 192.0.2.1 cannot be listened on'],
    [['--gazetteer', '/nonexistent.sqlite', '--detector', 'local'], '/nonexistent.sqlite'],
  ])('%j ends before it begins', async (args, message) => {
    writeFileSync(folder.file('keys'), `x sha256:${hashKey('x')}\n`);
    const given = args.map((arg) => (arg === 'KEYS' ? folder.file('keys') : arg));
    const { code, stderr, stdout } = await gorod(['serve', '--port', '0', ...given]);
    expect(stderr).toContain(message);
    expect({ code, stdout }).toEqual({ code: args.includes('--gazetteer') ? 1 : 2, stdout: '' });
  });

  test('says which port is taken', async () => {
    await using server = await gorodServe(['--detector', 'local']);
    const { port } = new URL(server.origin);
    const { code, stderr } = await gorod(['serve', '--port', port, '--detector', 'local']);
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`--port: another program listens on ${port} already; give another --port`),
    });
  });

  test('with a key that gorod auth new-key makes while it runs', async () => {
    const keys = folder.file('keys.txt');
    const made = await gorod(['auth', 'new-key', 'erp', '--keys', keys]);
    expect(made.code).toBe(0);
    await using server = await gorodServe(['--detector', 'local', '--keys', keys, '--host', '0.0.0.0']);
    const local: CliServer = { ...server, url: server.url.replace('0.0.0.0', '127.0.0.1') };
    const statusWith = async (key: string) => {
      const headers = { 'content-type': 'application/json', 'cdek-developer-key': key };
      return (await fetch(local.url, { method: 'POST', headers, body: JSON.stringify(QUESTION) })).status;
    };
    expect([await statusWith(made.stdout.trim()), await statusWith('other')]).toEqual([200, 403]);
    const second = (await gorod(['auth', 'new-key', 'shop', '--keys', keys])).stdout.trim();
    while ((await statusWith(second)) !== 200) await delay(50);
  });
});

describe('a caching proxy', () => {
  test('asks each question once, with its own key, and never tells it', async () => {
    await using upstream = await startScriptedUpstream();
    await using server = await proxyTo(upstream.url);
    const replies = await Promise.all(Array.from({ length: 20 }, () => ask(server, QUESTION)));
    expect(replies.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(replies[0]?.body).toMatchObject({ status_code: 'OK', detected_cdek_city: { cityCode: '286' } });
    expect(upstream.requests).toHaveLength(1);
    expect(upstream.requests[0]?.headers['cdek-developer-key']).toBe(UPSTREAM_KEY);
    const metrics = await (await fetch(`${server.origin}/metrics`)).text();
    expect(metrics).toContain('gorod_upstream_requests_total 1\n');
    expect(metrics + JSON.stringify(replies) + server.stderr()).not.toContain(UPSTREAM_KEY);
  });

  test('an upstream that refuses the key is our own trouble', async () => {
    await using upstream = await startScriptedUpstream({ developerKey: 'another' });
    await using server = await proxyTo(upstream.url);
    expect(await ask(server, QUESTION)).toMatchObject({ status: 500, body: { status_code: 'ERR_INTERNAL' } });
    while (!server.stderr().includes('a request failed')) await delay(5);
    expect(server.stderr()).toContain('BAD_KEY');
    expect(server.stderr()).not.toContain(UPSTREAM_KEY);
  });

  test('a client that leaves ends only its own wait: the other gets the answer of the one request', async () => {
    await using upstream = await startScriptedUpstream({ latencyMs: 400 });
    await using server = await proxyTo(upstream.url);
    const headers = { 'content-type': 'application/json', 'cdek-developer-key': 'mine' };
    const leaving = httpRequest(server.url, { method: 'POST', headers, agent: false });
    leaving.on('error', () => {});
    leaving.end(JSON.stringify(QUESTION));
    while (upstream.requests.length === 0) await delay(5);
    const staying = ask(server, QUESTION);
    await delay(50);
    leaving.destroy();
    expect(await staying).toMatchObject({ status: 200, body: { status_code: 'OK' } });
    expect(upstream.requests).toHaveLength(1);
  });

  test('a question that everybody left is answered for the next', async () => {
    await using upstream = await startScriptedUpstream({ latencyMs: 200 });
    await using server = await proxyTo(upstream.url, ['--answer-within', '0.05']);
    expect(await ask(server, QUESTION)).toMatchObject({ status: 503, body: { status_code: 'ERR_UNAVAILABLE' } });
    let reply = await ask(server, QUESTION);
    while (reply.status !== 200) reply = await ask(server, QUESTION);
    expect(upstream.requests).toHaveLength(1);
  });
});

describe('told to end, a server', () => {
  test('answers all that is under way, and ends with 0', async () => {
    await using upstream = await startScriptedUpstream({ latencyMs: 700 });
    await using server = await proxyTo(upstream.url, ['--concurrency', '50']);
    const asked = Array.from({ length: 50 }, (_, number) => ask(server, question(number)));
    while (upstream.requests.length < 50) await delay(5);
    server.child.kill('SIGTERM');
    const replies = await Promise.all(asked);
    expect(replies.map(({ status, body }) => [status, body.status_code])).toEqual(Array(50).fill([200, 'OK']));
    expect(replies.every(({ connection }) => connection === 'close')).toBe(true);
    expect(await server.ended()).toBe(0);
  });

  test('takes no new connection, and says ERR_UNAVAILABLE on those that are there', async () => {
    await using upstream = await startScriptedUpstream({ latencyMs: 1000 });
    await using server = await proxyTo(upstream.url);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    expect((await ask(server, { postcode: '' }, agent)).status).toBe(400);
    const slow = ask(server, QUESTION);
    while (upstream.requests.length === 0) await delay(5);
    server.child.kill('SIGTERM');
    while (!server.stderr().includes('stopping')) await delay(5);
    const late = await ask(server, QUESTION, agent);
    expect(late).toMatchObject({ status: 503, connection: 'close', body: { status_code: 'ERR_UNAVAILABLE' } });
    await expect(ask(server, QUESTION)).rejects.toThrow('ECONNREFUSED');
    expect((await slow).status).toBe(200);
    expect(await server.ended()).toBe(0);
    agent.destroy();
  });

  test('cuts off what is not done in --drain seconds, but says so', async () => {
    await using upstream = await startScriptedUpstream({ reply: () => ({ kind: 'hang' }) });
    await using server = await proxyTo(upstream.url, ['--drain', '0.2']);
    const waiting = ask(server, QUESTION);
    while (upstream.requests.length === 0) await delay(5);
    server.child.kill('SIGINT');
    expect(await waiting).toMatchObject({ status: 503, body: { status_code: 'ERR_UNAVAILABLE' } });
    expect(await server.ended()).toBe(1);
    expect(server.stderr()).toContain('cut off');
  });

  test('ends a batch that it cannot finish so that nobody takes it for whole', async () => {
    await using upstream = await startScriptedUpstream({ reply: () => ({ kind: 'hang' }) });
    await using server = await proxyTo(upstream.url, ['--drain', '0.2']);
    const headers = { 'content-type': 'application/x-ndjson', 'cdek-developer-key': 'mine' };
    const body = `{"postcode":""}\n${JSON.stringify(QUESTION)}\n`;
    const response = await fetch(`${server.url}/batch`, { method: 'POST', headers, body });
    const text = response.text();
    while (upstream.requests.length === 0) await delay(5);
    server.child.kill('SIGTERM');
    await expect(text).rejects.toThrow();
    expect(await server.ended()).toBe(1);
  });
});
