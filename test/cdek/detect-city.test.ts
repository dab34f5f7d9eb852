import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AddressQuery } from '../../src/address/query.ts';
import { detectCityUpstream } from '../../src/cdek/detect-city.ts';
import { UpstreamFailure } from '../../src/detector/upstream.ts';
import { GorodError } from '../../src/errors.ts';
import { type Reply, type ScriptedUpstream, startScriptedUpstream } from '../support/scripted-upstream.ts';
import { SEED_CDEK_CITY, SEED_FIAS_CITY } from '../support/seed-example.ts';

const KEY = 'key-0123456789abcdef';
const QUERY: AddressQuery = {
  postcode: '675000',
  address: 'Lenina 21, 2 Blagoveschensk',
  codRub: 0,
  countryCode: 'ru',
  fiasOnly: false,
};

let server: ScriptedUpstream;
beforeEach(async () => {
  server = await startScriptedUpstream({ developerKey: KEY });
});
afterEach(() => server.close());

function client(timeoutMs = 5000, developerKey = KEY) {
  return detectCityUpstream({ url: server.url, developerKey, timeoutMs });
}

/** The error that asking ends with. */
async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => expect.fail(`resolved with ${inspect(value)}`),
    (error: unknown) => error,
  );
}

describe('a question', () => {
  test('is posted as the seed shows it, with the key in its header', async () => {
    await client().ask({ ...QUERY, codRub: 1200.5 });
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]?.body).toEqual({
      address: 'Lenina 21, 2 Blagoveschensk',
      postcode: '675000',
      cod_rub: 1200.5,
      fias_only: false,
      country_code: 'ru',
    });
    expect(server.requests[0]?.headers).toMatchObject({
      'cdek-developer-key': KEY,
      'content-type': 'application/json',
    });
  });

  test('is answered with the object of the seed, without the echo', async () => {
    expect(await client().ask(QUERY)).toEqual({
      status_code: 'OK',
      status_msg: 'CDEK城市识别成功',
      detected_cdek_city: SEED_CDEK_CITY,
      detected_fias_city: SEED_FIAS_CITY,
      possible_cities: ['Благовещенск'],
    });
  });

  test('that finds no city is answered too', async () => {
    expect(await client().ask({ ...QUERY, address: 'Lenina 21, 2 Badcityname' })).toEqual({
      status_code: 'ERR_NOT_DETECT_CITY_IN_ADDRESS',
      status_msg: '地址字段没有邮编对应的城市名',
      possible_cities: ['Благовещенск'],
    });
  });

  test('goes over the connection of the one before', async () => {
    const upstream = client();
    for (let i = 0; i < 3; i++) await upstream.ask(QUERY);
    expect(server.requests.map((request) => request.headers.connection)).toEqual(Array(3).fill('keep-alive'));
    expect(server.connections()).toBe(1);
  });

  test('knows its origin without path, query or password', () => {
    const options = { developerKey: KEY, timeoutMs: 1 };
    expect(
      detectCityUpstream({ ...options, url: 'https://a:b@int.cdek-express.cn/api/v2/detect-city?x=1' }).origin,
    ).toBe('https://int.cdek-express.cn');
  });
});

describe('any JSON object with a string status_code is an answer, whatever its HTTP status', () => {
  test.each([200, 201, 400, 401, 404, 409, 413, 422, 500, 501])('HTTP %i', async (status) => {
    server.script({ kind: 'answer', status, body: { status_code: 'ERR_NOT_YET_HEARD_OF' } });
    expect(await client().ask(QUERY)).toEqual({ status_code: 'ERR_NOT_YET_HEARD_OF' });
  });

  test('a body that begins with a byte order mark is read', async () => {
    server.script({ kind: 'http', status: 200, body: '\ufeff{"status_code":"OK"}' });
    expect(await client().ask(QUERY)).toEqual({ status_code: 'OK' });
  });
});

const FAILURES: readonly (readonly [string, Reply])[] = [
  ['HTTP 429', { kind: 'http', status: 429 }],
  ['HTTP 502', { kind: 'http', status: 502 }],
  ['HTTP 503', { kind: 'http', status: 503 }],
  ['HTTP 504', { kind: 'http', status: 504 }],
  ['HTTP 429', { kind: 'answer', status: 429 }],
  ['HTTP 502', { kind: 'answer', status: 502 }],
  ['HTTP 503', { kind: 'answer', status: 503, body: { status_code: 'ERR_BAD_DEVKEY' } }],
  ['HTTP 504', { kind: 'answer', status: 504 }],
  ['ERR_INTERNAL', { kind: 'internal' }],
  ['ERR_INTERNAL', { kind: 'answer', status: 500, body: { status_code: 'ERR_INTERNAL' } }],
  ['HTTP 500', { kind: 'alerts' }],
  ['HTTP 500', { kind: 'http', status: 500, body: '' }],
  ['HTTP 403', { kind: 'http', status: 403, body: '<html>' }],
  ['HTTP 307', { kind: 'redirect', to: 'http://127.0.0.1:9/elsewhere' }],
  ['HTTP 101', { kind: 'upgrade' }],
  ['connection reset', { kind: 'reset' }],
  ['timed out after 0.2 s', { kind: 'hang' }],
  ['timed out after 0.2 s', { kind: 'drip' }],
  ['body is too large', { kind: 'huge' }],
  ['body is empty', { kind: 'empty' }],
  ['connection reset', { kind: 'truncated' }],
  ['body is not JSON', { kind: 'bad-json' }],
  ['body is not JSON', { kind: 'html' }],
  ['body is not a JSON object', { kind: 'http', status: 200, body: '["OK"]' }],
  ['body is not a JSON object', { kind: 'http', status: 200, body: 'null' }],
  ['body has no status_code', { kind: 'http', status: 200, body: '{"status":"OK"}' }],
  ['body has no status_code', { kind: 'http', status: 200, body: '{"status_code":200}' }],
];

describe('a failure says why in a few words', () => {
  test.each(FAILURES)('%s: %j', async (reason, reply) => {
    server.script(reply);
    const short = reply.kind === 'hang' || reply.kind === 'drip';
    const error = await failureOf(client(short ? 200 : 5000).ask(QUERY));
    expect(error).toBeInstanceOf(UpstreamFailure);
    expect((error as UpstreamFailure).message).toBe(reason);
    expect(server.requests).toHaveLength(1);
  });

  test.each(FAILURES)('and holds neither key nor address: %s: %j', async (_, reply) => {
    server.script(reply);
    const error = await failureOf(client(300).ask(QUERY));
    const all = inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true });
    expect(all).not.toContain(KEY);
    expect(all).not.toContain('Blagoveschensk');
  });

  test('connection refused', async () => {
    const upstream = client();
    await server.close();
    expect(await failureOf(upstream.ask(QUERY))).toMatchObject({ message: 'connection refused' });
  });

  test('a small body that unpacks to a huge one is given up', async () => {
    const bomb = createServer((_, response) => {
      const packed = gzipSync(Buffer.alloc(64 * 1024 * 1024));
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': packed.length }).end(packed);
    });
    await new Promise<void>((resolve) => bomb.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(bomb.address() as AddressInfo).port}/`;
    const upstream = detectCityUpstream({ url, developerKey: KEY, timeoutMs: 5000 });
    expect(await failureOf(upstream.ask(QUERY))).toMatchObject({ message: 'body is too large' });
    bomb.closeAllConnections();
    bomb.close();
  });

  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['identity', (body: Buffer) => body],
  ] as const)('a body packed with %s is read', async (encoding, pack) => {
    await using packed = await startServer(encoding, pack(Buffer.from('{"status_code":"OK"}')));
    const upstream = detectCityUpstream({ url: packed.url, developerKey: KEY, timeoutMs: 5000 });
    expect(await upstream.ask(QUERY)).toEqual({ status_code: 'OK' });
  });

  test.each([
    ['cut short', gzipSync('{"status_code":"OK"}').subarray(0, 20), 'body is truncated'],
    ['that is none', Buffer.from('{"status_code":"OK"}'), 'body is damaged'],
  ])('a packed body %s is no answer', async (_, body, message) => {
    await using packed = await startServer('gzip', body);
    const upstream = detectCityUpstream({ url: packed.url, developerKey: KEY, timeoutMs: 5000 });
    expect(await failureOf(upstream.ask(QUERY))).toMatchObject({ message });
  });

  test('the key does not follow a redirect', async () => {
    await using elsewhere = await startScriptedUpstream();
    server.script({ kind: 'redirect', to: elsewhere.url });
    await failureOf(client().ask(QUERY));
    expect(elsewhere.requests).toHaveLength(0);
  });
});

describe('Retry-After', () => {
  async function retryAfterMs(reply: Reply): Promise<number | undefined> {
    server.script(reply);
    return ((await failureOf(client().ask(QUERY))) as UpstreamFailure).retryAfterMs;
  }

  test('in seconds', async () => {
    expect(await retryAfterMs({ kind: 'http', status: 429, retryAfter: '7' })).toBe(7000);
  });

  test('as a date', async () => {
    const date = new Date(Date.now() + 60_000).toUTCString();
    const ms = await retryAfterMs({ kind: 'http', status: 503, retryAfter: date });
    expect(ms).toBeGreaterThan(30_000);
    expect(ms).toBeLessThanOrEqual(60_000);
  });

  test('missing or senseless', async () => {
    expect(await retryAfterMs({ kind: 'http', status: 503 })).toBeUndefined();
    expect(await retryAfterMs({ kind: 'http', status: 503, retryAfter: 'soon' })).toBeUndefined();
  });
});

describe('a key', () => {
  test.each([
    ['that is not registered', 'another', 'ERR_BAD_DEVKEY'],
    ['that never arrived', KEY, 'ERR_NO_DEVKEY'],
  ])('%s ends the run, naming where it comes from and where it went', async (_, key, code) => {
    server.script({ kind: 'answer', status: 403, body: { status_code: code, echoed: key } });
    const error = await failureOf(client(5000, key).ask(QUERY));
    expect(error).toBeInstanceOf(GorodError);
    expect(error).toMatchObject({ code: 'BAD_KEY', exitCode: 2 });
    expect((error as Error).message).toContain('CDEK_DEVELOPER_KEY');
    expect((error as Error).message).toContain('--developer-key-file');
    expect((error as Error).message).toContain(server.origin);
    expect(inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true })).not.toContain(key);
  });

  test.each([
    ['as it is', (key: string) => JSON.stringify(key)],
    ['with an escaped slash', (key: string) => JSON.stringify(key).replaceAll('/', '\\/')],
    ['letter by letter', (key: string) => `"${[...key].map(escaped).join('')}"`],
  ])('that the server repeats %s gets into no answer', async (_, written) => {
    const key = 'se/cret"key\\4711';
    server.script({ kind: 'http', status: 200, body: `{"status_code":"ERR_ODD","status_msg":${written(key)}}` });
    expect(await client(5000, key).ask(QUERY)).toEqual({ status_code: 'ERR_ODD', status_msg: '***' });
  });

  test.each(['', 'two\nlines', 'ключ', 'a b'])('that no header can carry is refused at once: %j', (developerKey) => {
    const open = () => detectCityUpstream({ url: server.url, developerKey, timeoutMs: 1 });
    expect(open).toThrow(GorodError);
    expect(open).toThrow(/CDEK_DEVELOPER_KEY/);
  });
});

describe('an abort', () => {
  test('ends a request that is under way, with its own reason', async () => {
    server.script({ kind: 'hang' });
    const abort = new AbortController();
    const asking = client().ask(QUERY, abort.signal);
    const reason = new GorodError('INTERRUPTED', 'Interrupted');
    while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    abort.abort(reason);
    expect(await failureOf(asking)).toBe(reason);
  });

  test('before the start sends nothing', async () => {
    expect(await failureOf(client().ask(QUERY, AbortSignal.abort('over')))).toBe('over');
    expect(server.requests).toHaveLength(0);
  });
});

function escaped(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A server that answers everything with this body. */
async function startServer(encoding: string, body: Buffer): Promise<AsyncDisposable & { readonly url: string }> {
  const packed = createServer((_, response) => {
    response.writeHead(200, { 'content-encoding': encoding, 'content-length': body.length }).end(body);
  });
  await new Promise<void>((resolve) => packed.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(packed.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      packed.closeAllConnections();
      packed.close();
    },
  };
}
