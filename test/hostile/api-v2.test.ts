import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CliResult, gorod } from '../support/cli.ts';
import { CLIENT_ID, CLIENT_SECRET, type ScriptedV2, startScriptedV2, type V2Reply } from '../support/scripted-v2.ts';
import { AUTHORITY_FILE, type ListeningServer, startSecureServer } from './secure-server.ts';
import { startTunnelProxy } from './tunnel-proxy.ts';

const CLIENT = { CDEK_CLIENT_ID: CLIENT_ID, CDEK_CLIENT_SECRET: CLIENT_SECRET };

let server: ScriptedV2;
let secure: ListeningServer;
beforeEach(async () => {
  server = await startScriptedV2();
  secure = await startSecureServer(Number(new URL(server.origin).port));
});
afterEach(async () => {
  await secure[Symbol.asyncDispose]();
  await server.close();
});

function ask(endpoint: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  const question = ['detect', '--postcode', '675000', '--address', 'Lenina 21, Blagoveschensk'];
  const fixed = ['--detector', 'cdek', '--endpoint', endpoint, '--no-cache', '--retries', '0', '--max-wait', '0'];
  return gorod([...question, ...fixed, ...args], { env: { ...CLIENT, ...env } });
}

function expectNoSecret({ stdout, stderr }: CliResult): void {
  for (const secret of [CLIENT_ID, CLIENT_SECRET, ...server.tokens]) expect(stdout + stderr).not.toContain(secret);
}

describe('API v2 over TLS', () => {
  it('gets neither secret nor token where its authority is unknown', async () => {
    const result = await ask(`https://localhost:${secure.port}`, [], { NODE_TLS_REJECT_UNAUTHORIZED: '0' });
    expect(result.code).toBe(3);
    expect(JSON.parse(result.stdout).status_msg).toContain('--ca makes one known');
    expect([server.tokenRequests.length, server.requests.length]).toEqual([0, 0]);
    expectNoSecret(result);
  });

  it('is asked when its authority is named with --ca', async () => {
    const result = await ask(`https://localhost:${secure.port}`, ['--ca', AUTHORITY_FILE]);
    expect({ code: result.code, status: JSON.parse(result.stdout).status_code }).toEqual({ code: 0, status: 'OK' });
    expect([server.tokenRequests.length, server.requests.length]).toEqual([1, 1]);
  });

  it('is asked through the tunnel of a proxy, tokens included', async () => {
    await using proxy = await startTunnelProxy({ port: secure.port });
    const env = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
    const result = await ask('https://detect.test', ['--ca', AUTHORITY_FILE], env);
    expect(result.code).toBe(0);
    expect(new Set(proxy.requests.map(({ target }) => target))).toEqual(new Set(['detect.test:443']));
    for (const { headers } of proxy.requests) expect(JSON.stringify(headers)).not.toContain(CLIENT_SECRET);
    expect(server.tokenRequests[0]?.form).toMatchObject({ client_secret: CLIENT_SECRET });
  });
});

describe('an answer of API v2 that is meant ill', () => {
  it.each(['token', 'cities'])('does not lead the request for a %s elsewhere', async (what) => {
    await using elsewhere = await startScriptedV2();
    const redirect: V2Reply = { kind: 'http', status: 307, location: `${elsewhere.origin}/v2/oauth/token` };
    const options = what === 'token' ? { tokenReply: () => redirect } : { reply: () => redirect };
    await using leading = await startScriptedV2(options);
    const result = await ask(leading.origin);
    expect(result.code).toBe(3);
    expect([elsewhere.tokenRequests.length, elsewhere.requests.length]).toEqual([0, 0]);
  });

  it.each<[string, V2Reply]>([
    ['a body without measure', { kind: 'http', status: 200, body: `[${'{"code":1,"city":"x"},'.repeat(20_000)}{}]` }],
    ['a name that steers the terminal', { kind: 'answer', body: [{ code: 1, city: 'Тула\u001b[2J' }] }],
    ['names of inherited fields', { kind: 'http', status: 200, body: '[{"__proto__":{"city":"Тула","code":1}}]' }],
    ['codes that tell tales', { kind: 'errors', code: `\u001b[31m${CLIENT_SECRET}` }],
  ])('%s is a failure or an answer like others', async (_, reply) => {
    await using hostile = await startScriptedV2({ reply: () => reply });
    const result = await ask(hostile.origin);
    expect([0, 3]).toContain(result.code);
    expect(result.stdout + result.stderr).not.toContain('\u001b');
    expectNoSecret(result);
  });
});
