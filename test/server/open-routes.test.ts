import { describe, expect, test } from 'vitest';
import { GorodError } from '../../src/errors.ts';
import { createKeyring, hashKey } from '../../src/server/keys.ts';
import { answerTo, asking, builtin, startApp, type TestServer } from './support/app.ts';

const QUESTION = { postcode: '675000', address: 'Lenina 21, 2 Blagoveschensk' };

async function get(server: TestServer, path: string) {
  const response = await fetch(server.origin + path);
  return { status: response.status, text: await response.text() };
}

describe('health', () => {
  test('needs no key', async () => {
    await using server = await startApp({ keys: createKeyring([]) });
    for (const path of ['/healthz', '/readyz']) {
      expect(await get(server, path)).toEqual({ status: 200, text: '{"status_code":"OK","status_msg":"OK"}' });
    }
  });

  test('a server that is being stopped is alive, but not ready', async () => {
    await using server = await startApp();
    server.traffic.drain();
    expect((await get(server, '/healthz')).status).toBe(200);
    const { status, text } = await get(server, '/readyz?lang=en');
    expect({ status, body: JSON.parse(text) }).toEqual({
      status: 503,
      body: { status_code: 'ERR_UNAVAILABLE', status_msg: 'The server is stopping' },
    });
  });

  test('nor is one whose gazetteer or cache cannot be read', async () => {
    const detector = {
      ...builtin(),
      recall: () => {
        throw new GorodError('GAZETTEER_UNUSABLE', 'the gazetteer is damaged');
      },
    };
    await using server = await startApp({ detector });
    expect((await get(server, '/healthz')).status).toBe(200);
    expect((await get(server, '/readyz')).status).toBe(503);
    expect(server.log.join('')).toContain('the gazetteer is damaged');
  });
});

describe('metrics', () => {
  /** The value of a series; 0 for one that is not there. */
  async function value(server: TestServer, series: string): Promise<number> {
    const { text } = await get(server, '/metrics');
    const line = text.split('\n').find((one) => one.startsWith(`${series} `));
    return Number(line?.slice(series.length) ?? 0);
  }

  test('count requests by route, HTTP status and status_code, and how long they took', async () => {
    await using server = await startApp();
    await server.ask(QUESTION);
    await server.ask(QUESTION);
    await server.ask({ postcode: 5 });
    await get(server, '/nowhere/secret-path');
    const requests = (labels: string) => value(server, `gorod_http_requests_total{${labels}}`);
    const route = 'route="/api/v2/detect-city"';
    expect(await requests(`${route},http_status="200",status_code="OK"`)).toBe(2);
    expect(await requests(`${route},http_status="400",status_code="ERR_BAD_REQUEST"`)).toBe(1);
    expect(await requests('route="other",http_status="404",status_code="ERR_BAD_REQUEST"')).toBe(1);
    expect(await value(server, `gorod_http_request_duration_seconds_count{${route}}`)).toBe(3);
    expect((await get(server, '/metrics')).text).not.toContain('secret-path');
  });

  test('count answers by source, remembered ones and rows of a CSV included, but not the probes of health', async () => {
    await using server = await startApp({ isUnchanging: true });
    await server.ask(QUESTION);
    await server.ask(QUESTION);
    await get(server, '/readyz');
    const body = 'postcode,address\n675000,Blagoveschensk\n675000,Blagoveschensk\n';
    await (await server.post('/csv', { headers: { 'content-type': 'text/csv' }, body })).text();
    expect(await value(server, 'gorod_answers_total{source="local"}')).toBe(4);
    const sources = ['cache', 'api', 'cache'] as const;
    let next = 0;
    const detector = asking(async (query) => answerTo(query, { source: sources[next++] ?? 'api' }));
    await using proxy = await startApp({ detector });
    for (const _ of sources) await proxy.ask(QUESTION);
    expect(await value(proxy, 'gorod_answers_total{source="cache"}')).toBe(2);
    expect(await value(proxy, 'gorod_answers_total{source="api"}')).toBe(1);
  });

  test('tell what was asked over the network', async () => {
    const { createMetrics } = await import('../../src/server/metrics.ts');
    const counts = { requests: 5, retries: 2, failures: 1, waitedMs: 1500 };
    await using server = await startApp({ metrics: createMetrics(counts, () => 0) });
    const names = ['upstream_requests_total', 'upstream_retries_total', 'upstream_failures_total'];
    expect(await Promise.all(names.map((name) => value(server, `gorod_${name}`)))).toEqual([5, 2, 1]);
    expect(await value(server, 'gorod_rate_wait_seconds_total')).toBe(1.5);
    counts.requests = 9;
    expect(await value(server, 'gorod_upstream_requests_total')).toBe(9);
  });
});

test('/openapi.json documents every route, with the schema that validates the question', async () => {
  await using server = await startApp();
  const document = JSON.parse((await get(server, '/openapi.json')).text);
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths).sort()).toEqual([
    '/api/v2/detect-city',
    '/api/v2/detect-city/batch',
    '/csv',
    '/healthz',
    '/metrics',
    '/readyz',
  ]);
  const { post } = document.paths['/api/v2/detect-city'];
  const question = post.requestBody.content['application/json'].schema;
  expect(Object.keys(question.properties)).toEqual(['address', 'postcode', 'cod_rub', 'fias_only', 'country_code']);
  expect(Object.keys(post.responses).sort()).toEqual(['200', '400', '401', '403', '413', '429', '500', '503']);
  expect(post.security).toEqual([{ developerKey: [] }]);
  expect(document.components.securitySchemes.developerKey.name).toBe('CDEK-Developer-Key');
  const names = document.paths['/csv'].post.parameters.map(({ name }: { name: string }) => name);
  expect(names).toEqual(expect.arrayContaining(['lang', 'columns', 'fields', 'bad-rows', 'fias-only']));
});

describe('the log', () => {
  test('is JSON, a line a request', async () => {
    const keys = createKeyring([{ name: 'erp', sha256: hashKey('the key') }]);
    await using server = await startApp({ keys });
    await server.ask(QUESTION, { headers: { 'cdek-developer-key': 'the key', 'x-request-id': 'order-17' } });
    while (!server.log.some((line) => line.includes('order-17'))) await new Promise(setImmediate);
    const line = JSON.parse(server.log.find((one) => one.includes('order-17')) ?? '');
    expect(line).toMatchObject({
      request_id: 'order-17',
      method: 'POST',
      route: '/api/v2/detect-city',
      status: 200,
      status_code: 'OK',
      ms: expect.any(Number),
      key: 'erp',
    });
  });

  test('never holds an address, a postcode, a key or a path that a client made up', async () => {
    const secrets = ['Tainaya ulitsa 13', '675013', 'key-that-is-secret', 'made-up-path'];
    await using server = await startApp({
      detector: asking(async ({ address }) => {
        throw address.startsWith('T') ? new Error('broken') : new GorodError('CACHE_UNUSABLE', 'broken');
      }),
      settings: { logLevel: 'debug' },
    });
    const headers = { 'cdek-developer-key': 'key-that-is-secret' };
    const question = { postcode: '675013', address: 'Tainaya ulitsa 13' };
    await server.ask(question, { headers });
    await server.ask([question], { headers });
    await server.ask({ ...question, postcode: true }, { headers });
    await server.ask(`{"address":"Tainaya ulitsa 13"`, { headers });
    await server.ask([question], { headers, path: '/api/v2/detect-city/batch' });
    await server.post('/csv?columns=x', {
      headers: { ...headers, 'content-type': 'text/csv' },
      body: 'Tainaya ulitsa 13',
    });
    await fetch(`${server.origin}/made-up-path?address=Tainaya%20ulitsa%2013`, { headers });
    await server[Symbol.asyncDispose]();
    const log = server.log.join('');
    expect(log).toContain('"status":500');
    for (const secret of [...secrets, encodeURIComponent('Tainaya ulitsa 13')]) expect(log).not.toContain(secret);
  });
});
