import { inspect } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { directAgents } from '../../src/cdek/agents.ts';
import { tokenUpstream } from '../../src/cdek/oauth.ts';
import { UpstreamFailure } from '../../src/detector/upstream.ts';
import { GorodError } from '../../src/errors.ts';
import {
  CLIENT_ID,
  CLIENT_SECRET,
  type ScriptedV2,
  type ScriptedV2Options,
  startScriptedV2,
  type V2Reply,
} from '../support/scripted-v2.ts';
import { openV2 } from './api-v2.ts';

let server: ScriptedV2;

afterEach(() => server[Symbol.asyncDispose]());

async function serve(options: ScriptedV2Options = {}): Promise<ScriptedV2> {
  server = await startScriptedV2(options);
  return server;
}

/** A token request, and what it ended with. */
async function ask(secret = CLIENT_SECRET, timeoutMs = 5000) {
  const client = { clientId: CLIENT_ID, clientSecret: secret };
  const upstream = tokenUpstream({ base: server.origin, client, timeoutMs, agents: directAgents() });
  return upstream.ask('token').catch((error: unknown) => error);
}

describe('the request for a token', () => {
  test('sends grant type, id and secret as a form, and reads token and life', async () => {
    await serve();
    expect(await ask()).toEqual({ value: server.tokens[0], lifetimeMs: 3_599_000 });
    expect(server.tokenRequests[0]).toMatchObject({
      path: '/v2/oauth/token',
      query: {},
      form: { grant_type: 'client_credentials', client_id: CLIENT_ID, client_secret: CLIENT_SECRET },
    });
    expect(server.tokenRequests[0]?.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
  });

  test('sends every character of a secret as it is', async () => {
    const clientSecret = 'a+b &c=%20é"';
    await serve({ clientSecret });
    expect(await ask(clientSecret)).toMatchObject({ lifetimeMs: 3_599_000 });
  });

  test('is careful with a token that does not say how long it is good', async () => {
    await serve({ expiresIn: undefined });
    expect(await ask()).toMatchObject({ lifetimeMs: 300_000 });
  });

  test.each<[string, V2Reply]>([
    ['invalid_client', { kind: 'answer', status: 400, body: { error: 'invalid_client' } }],
    ['HTTP 401 in the words of a gateway', { kind: 'unauthorized' }],
    ['HTTP 401 without words', { kind: 'http', status: 401 }],
  ])('takes %s for a refused client', async (_, reply) => {
    await serve({ tokenReply: () => reply });
    const error = await ask();
    expect(error).toBeInstanceOf(GorodError);
    expect(error).toMatchObject({ code: 'BAD_KEY', message: expect.stringContaining('CDEK_CLIENT_SECRET') });
  });

  test.each<[string, V2Reply, string]>([
    ['HTTP 503', { kind: 'http', status: 503, retryAfter: '7' }, 'no token: HTTP 503'],
    ['HTTP 500', { kind: 'odd-header' }, 'no token: HTTP 500'],
    ['HTTP 404', { kind: 'http', status: 404 }, 'no token: HTTP 404'],
    ['a reset', { kind: 'reset' }, 'no token: connection reset'],
    ['silence', { kind: 'hang' }, 'no token: timed out after 0.2 s'],
    ['HTML', { kind: 'http', status: 200, body: '<html>' }, 'no token in the answer'],
    ['another JSON', { kind: 'answer', body: { hello: 1 } }, 'no token in the answer'],
    ['a list', { kind: 'answer', body: [] }, 'no token in the answer'],
    ['an empty token', { kind: 'answer', body: { access_token: '', token_type: 'bearer' } }, 'no token in the answer'],
    [
      'a token that no header can carry',
      { kind: 'answer', body: { access_token: 'a\nb', token_type: 'bearer' } },
      'no token in the answer',
    ],
    [
      'a life that is none',
      { kind: 'answer', body: { access_token: 'a', token_type: 'bearer', expires_in: 'x' } },
      'no token in the answer',
    ],
    ['another error', { kind: 'answer', status: 400, body: { error: 'invalid_scope' } }, 'no token: HTTP 400'],
    ['an answer without a body', { kind: 'http', status: 204, body: '' }, 'no token: HTTP 204'],
    ['a redirect', { kind: 'http', status: 307 }, 'no token: HTTP 307'],
  ])('takes %s for a failure that may pass', async (_, reply, message) => {
    await serve({ tokenReply: () => reply });
    const error = await ask(CLIENT_SECRET, reply.kind === 'hang' ? 200 : 5000);
    expect(error).toBeInstanceOf(UpstreamFailure);
    expect(error).toMatchObject({ message });
    if (reply.kind === 'http' && reply.retryAfter !== undefined) expect(error).toMatchObject({ retryAfterMs: 7000 });
  });

  test('shows neither secret nor token in any error', async () => {
    const leak = { error: 'invalid_client', error_description: CLIENT_SECRET, access_token: 'token-of-theirs' };
    for (const status of [200, 400, 401, 500]) {
      await serve({ tokenReply: () => ({ kind: 'answer', status, body: leak }) });
      const shown = inspect(await ask(), { depth: 20 });
      expect(shown).not.toContain(CLIENT_SECRET);
      expect(shown).not.toContain('token-of-theirs');
      await server.close();
    }
    await serve();
  });
});

describe('questions with a token', () => {
  test('carry it, and one token serves 32 who ask at once', async () => {
    await serve({ latencyMs: 5 });
    const upstream = openV2(server.origin);
    const answers = await Promise.all(Array.from({ length: 32 }, () => upstream.ask('675000')));
    expect(answers.every(([city]) => city?.cityCode === '286')).toBe(true);
    expect(server.tokenRequests).toHaveLength(1);
    expect(new Set(server.requests.map(({ headers }) => headers.authorization))).toEqual(
      new Set([`Bearer ${server.tokens[0]}`]),
    );
  });

  test('get one new token for all when the old one expires in mid-run', async () => {
    await serve({ latencyMs: 5 });
    const upstream = openV2(server.origin);
    await upstream.ask('675000');
    server.expireTokens();
    await Promise.all(Array.from({ length: 32 }, () => upstream.ask('675000')));
    expect(server.tokenRequests).toHaveLength(2);
    expect(server.requests.length).toBeLessThanOrEqual(1 + 2 * 32);
  });

  test('are asked once more after the 500 for an odd header', async () => {
    await serve({ reply: (index) => (index === 0 ? { kind: 'odd-header' } : { kind: 'answer' }) });
    expect(await openV2(server.origin).ask('675000')).toHaveLength(1);
    expect([server.requests.length, server.tokenRequests.length]).toEqual([2, 2]);
  });

  test('are asked at most twice each, and a server in trouble is not plied with requests for tokens', async () => {
    await serve({ reply: () => ({ kind: 'odd-header' }) });
    const upstream = openV2(server.origin);
    await expect(upstream.ask('675000')).rejects.toThrow(new UpstreamFailure('HTTP 500', { status: 500 }));
    expect([server.requests.length, server.tokenRequests.length]).toEqual([2, 2]);
    for (let i = 0; i < 5; i += 1) await upstream.ask('675000').catch(() => {});
    expect([server.requests.length, server.tokenRequests.length]).toEqual([7, 2]);
  });

  test('believe in a bad token again once the trouble is over', async () => {
    const replies: V2Reply['kind'][] = ['odd-header', 'odd-header', 'answer', 'odd-header', 'answer'];
    await serve({ reply: (index) => ({ kind: replies[index] ?? 'answer' }) as V2Reply });
    const upstream = openV2(server.origin);
    await expect(upstream.ask('675000')).rejects.toThrow('HTTP 500');
    expect(await upstream.ask('675000')).toHaveLength(1);
    expect(await upstream.ask('675000')).toHaveLength(1);
    expect(server.tokenRequests).toHaveLength(3);
  });

  test('end with BAD_KEY when one new token after the other is refused', async () => {
    await serve({ reply: () => ({ kind: 'unauthorized' }) });
    const upstream = openV2(server.origin);
    await expect(upstream.ask('675000')).rejects.toThrow(new UpstreamFailure('HTTP 401', { status: 401 }));
    await expect(upstream.ask('675000')).rejects.toMatchObject({ code: 'BAD_KEY' });
    expect(server.tokenRequests).toHaveLength(3);
  });

  test('fail as their token does', async () => {
    await serve({ tokenReply: () => ({ kind: 'http', status: 503 }) });
    await expect(openV2(server.origin).ask('675000')).rejects.toBeInstanceOf(UpstreamFailure);
    expect(server.requests).toHaveLength(0);
  });

  test('hold neither secret nor token in their errors', async () => {
    await serve({ reply: () => ({ kind: 'unauthorized' }) });
    const upstream = openV2(server.origin);
    const errors = [await upstream.ask('675000').catch((e) => e), await upstream.ask('675000').catch((e) => e)];
    const shown = inspect(errors, { depth: 20 });
    expect(shown).toContain('BAD_KEY');
    expect(shown).not.toContain(CLIENT_SECRET);
    for (const token of server.tokens) expect(shown).not.toContain(token);
  });
});
