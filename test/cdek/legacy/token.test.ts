import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { directAgents } from '../../../src/cdek/agents.ts';
import { requestToken } from '../../../src/cdek/legacy/token.ts';
import { SEED_TOKEN, startScriptedToken } from '../../support/scripted-token.ts';

const USER = { user: 'apiuser_xxx', password: '5461s3ffa002' };
const HASH = '548b8a0b64f1046f45f8e262b8b24356';

function ask(url: string, given = USER): Promise<string> {
  return requestToken({ url, ...given, timeoutMs: 2000, agents: directAgents() });
}

async function failureOf(promise: Promise<unknown>): Promise<Error> {
  const error: unknown = await promise.then(
    () => expect.fail('resolved'),
    (error: unknown) => error,
  );
  if (!(error instanceof Error)) throw error;
  return error;
}

test('a token is asked for with user and md5 of the password, as the seed document shows it', async () => {
  await using server = await startScriptedToken(USER);
  expect(await ask(server.url)).toBe(SEED_TOKEN);
  expect(server.requests.map(({ body }) => body)).toEqual([{ user: 'apiuser_xxx', hashedPass: HASH }]);
  expect(server.requests[0]?.headers['content-type']).toBe('application/json');
});

test('a wrong password is told with the code and the text of the alert', async () => {
  await using server = await startScriptedToken(USER);
  const error = await failureOf(ask(server.url, { ...USER, password: 'wrong' }));
  expect(error).toMatchObject({ code: 'BAD_KEY' });
  expect(error.message).toContain('was refused (auth_failed: Неверное имя пользователя или пароль.)');
  expect(error.message).toContain('CDEK_TOKEN_PASSWORD');
});

test.each([
  ['auth_failed with HTTP 200', 200, '{"alerts":[{"errorCode":"auth_failed"}]}', 'BAD_KEY', 'refused (auth_failed)'],
  ['a gateway that refuses', 403, '<html>', 'BAD_KEY', 'refused (HTTP 403)'],
  [
    'an internal error',
    500,
    '{"alerts":[{"type":"danger","errorCode":"internal_error","msg":"Ошибка"}]}',
    undefined,
    'internal_error: Ошибка',
  ],
  ['an error page', 500, '<html>', undefined, 'HTTP 500'],
  ['an overloaded service', 503, '{"token":"abc"}', undefined, 'HTTP 503'],
  ['nothing', 200, '', undefined, 'no token in the answer'],
  ['an empty token', 200, '{"token":""}', undefined, 'no token in the answer'],
  ['a token that no header can carry', 200, '{"token":"a\\nb"}', undefined, 'no token in the answer'],
  ['a number for a token', 200, '{"token":5}', undefined, 'no token in the answer'],
] as const)('%s is no token', async (_, status, body, code, message) => {
  await using server = await startScriptedToken({ ...USER, reply: () => ({ status, body }) });
  const error = await failureOf(ask(server.url));
  expect(error.name).toBe(code === undefined ? 'UpstreamFailure' : 'GorodError');
  if (code !== undefined) expect(error).toMatchObject({ code });
  expect(error.message).toContain(message);
});

test.each([401, 500])('a service that repeats what it was sent (HTTP %i) gets it into no error', async (status) => {
  const reply = (sent: string) => {
    const msg = `${'x'.repeat(240)} ${sent} ${USER.password}`;
    return { status, body: JSON.stringify({ alerts: [{ errorCode: `e ${USER.password}`, msg }] }) };
  };
  await using server = await startScriptedToken({ ...USER, reply });
  const shown = inspect(await failureOf(ask(server.url)), { depth: 10, showHidden: true });
  expect(shown).not.toMatch(new RegExp(`${USER.password}|${HASH}|${USER.password.slice(0, 6)}|${HASH.slice(0, 8)}`));
});

test('nobody who answers is a failure that is worth another try', async () => {
  await using server = await startScriptedToken(USER);
  const { url } = server;
  await server[Symbol.asyncDispose]();
  expect(await failureOf(ask(url))).toMatchObject({ name: 'UpstreamFailure', message: 'connection refused' });
});
