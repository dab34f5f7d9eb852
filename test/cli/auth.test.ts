import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { SEED_TOKEN, startScriptedToken } from '../support/scripted-token.ts';
import { startScriptedUpstream } from '../support/scripted-upstream.ts';
import { CLIENT_ID, CLIENT_SECRET, startScriptedV2 } from '../support/scripted-v2.ts';

// The worked examples of the seed document "CDEK API Reference".
const ACCOUNT = {
  CDEK_ACCOUNT: '3335f13492502568373e88adaf1aad89',
  CDEK_SECURE_PASSWORD: 'ba9fe430acdcfd1b0266a4d6115454f2',
};
const TOKEN = { CDEK_TOKEN_USER: 'apiuser_xxx', CDEK_TOKEN_PASSWORD: '5461s3ffa002' };
const USER = { user: TOKEN.CDEK_TOKEN_USER, password: TOKEN.CDEK_TOKEN_PASSWORD };
const KEY = 'key-0123456789abcdef';
const CLIENT = { CDEK_CLIENT_ID: CLIENT_ID, CDEK_CLIENT_SECRET: CLIENT_SECRET };
/** Nobody listens there. */
const NOBODY = 'http://127.0.0.1:9/x';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

function auth(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return gorod(['auth', ...args], { cwd: folder.path, env });
}

describe('gorod auth secure', () => {
  it("signs the seed document's day", async () => {
    const { code, stdout, stderr } = await auth(['secure', '--date', '2018-04-01'], ACCOUNT);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      account: '3335f13492502568373e88adaf1aad89',
      date: '2018-04-01',
      secure: '613ed76d69d6989406244dc955f5fa94',
    });
  });

  it('reads files, which win over the environment, and signs today where no day is given', async () => {
    writeFileSync(folder.file('account'), 'somebody\n');
    writeFileSync(folder.file('password'), '  hush hush \r\n');
    const files = ['--account-file', 'account', '--secure-password-file', 'password'];
    const { stdout } = await auth(['secure', ...files], { ...ACCOUNT, TZ: 'Asia/Vladivostok' });
    const { account, date, secure } = JSON.parse(stdout);
    expect(account).toBe('somebody');
    const here = new Date().toLocaleDateString('sv', { timeZone: 'Asia/Vladivostok' });
    expect([here, previousDay(here)]).toContain(date);
    const again = await auth(['secure', ...files, '--date', date]);
    expect(JSON.parse(again.stdout)).toEqual({ account, date, secure });
  });

  it.each<[string, readonly string[], Readonly<Record<string, string>>, string]>([
    ['a day that is none', ['--date', '2018-02-30'], ACCOUNT, '--date: must be a day'],
    ['no account', [], {}, 'set CDEK_ACCOUNT or --account-file'],
    ['an empty password', [], { ...ACCOUNT, CDEK_SECURE_PASSWORD: '' }, 'set CDEK_SECURE_PASSWORD or'],
    ['a missing file', ['--account-file', 'nowhere'], ACCOUNT, '--account-file: cannot read nowhere'],
  ])('ends with 2 for %s', async (_, args, env, message) => {
    const { code, stdout, stderr } = await auth(['secure', ...args], env);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});

function previousDay(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}

describe('gorod auth token', () => {
  it('prints the token', async () => {
    await using server = await startScriptedToken(USER);
    const result = await auth(['token', '--token-endpoint', server.url], TOKEN);
    expect(result).toEqual({ code: 0, stdout: `${SEED_TOKEN}\n`, stderr: '' });
  });

  it("ends with 2 and the service's code where the password is refused", async () => {
    await using server = await startScriptedToken({ ...USER, password: 'another' });
    const { code, stdout, stderr } = await auth(['token', '--token-endpoint', server.url], TOKEN);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('auth_failed: Неверное имя пользователя или пароль.');
  });

  it('ends with 3 where the service cannot be asked', async () => {
    const { code, stdout, stderr } = await auth(['token', '--token-endpoint', NOBODY], TOKEN);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain(`no token from ${NOBODY}: connection refused`);
  });

  it.each([
    ['http://auth.api.cdek.ru is not encrypted', []],
    ["api.cdek.ru belongs to CDEK's API v2", ['--token-endpoint', 'v2']],
  ])('sends nothing where %s', async (message, args) => {
    const { code, stderr } = await auth(['token', ...args], TOKEN);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});

describe('gorod auth check', () => {
  const ALL = { CDEK_DEVELOPER_KEY: KEY, ...CLIENT, ...TOKEN, ...ACCOUNT };

  /** The states by credential, and all that was said. */
  async function check(args: readonly string[], env: Readonly<Record<string, string>>) {
    const { code, stdout, stderr } = await auth(['check', '--json', ...args], env);
    const checks: { credential: string; state: string; detail: string }[] = JSON.parse(stdout);
    return { code, stderr, stdout, states: checks.map(({ credential, state }) => `${credential}: ${state}`) };
  }

  it('asks with each credential at its own endpoint, and says that they work', async () => {
    await using city = await startScriptedUpstream({ developerKey: KEY });
    await using token = await startScriptedToken(USER);
    await using v2 = await startScriptedV2();
    const endpoints = ['--endpoint', city.url, '--token-endpoint', token.url, '--oauth-endpoint', `${v2.origin}/`];
    const { code, states, stdout } = await check(endpoints, ALL);
    expect(states).toEqual([
      'developer key: works',
      'OAuth client: works',
      'token user: works',
      'account: unverifiable',
    ]);
    expect(code).toBe(0);
    expect([city.requests.length, token.requests.length, v2.tokenRequests.length]).toEqual([1, 1, 1]);
    expect(city.requests[0]?.body).toMatchObject({ postcode: '675000', address: 'Lenina 21, 2 Blagoveschensk' });
    expect(stdout).toContain('CDEK_CLIENT_SECRET');
    const table = await auth(['check', ...endpoints], ALL);
    expect(table.stdout).toMatch(/^developer key +CDEK_DEVELOPER_KEY \(length 20\) +works +http.*: answered OK$/m);
    for (const secret of Object.values(ALL)) expect(table.stdout + stdout).not.toContain(secret);
  });

  it('gives the codes of those that refuse, and ends with 2', async () => {
    await using city = await startScriptedUpstream({ developerKey: 'another' });
    await using token = await startScriptedToken({ ...USER, password: 'another' });
    await using v2 = await startScriptedV2({ clientSecret: 'another' });
    const endpoints = ['--endpoint', city.url, '--token-endpoint', token.url, '--oauth-endpoint', v2.origin];
    const { code, states, stdout } = await check(endpoints, ALL);
    expect(states.slice(0, 3)).toEqual(['developer key: refused', 'OAuth client: refused', 'token user: refused']);
    expect(code).toBe(2);
    for (const said of ['ERR_BAD_DEVKEY', 'invalid_client', 'auth_failed']) expect(stdout).toContain(said);
  });

  it('ends with 3 where somebody could not be asked', async () => {
    const { code, states } = await check(
      ['--endpoint', NOBODY, '--token-endpoint', NOBODY, '--oauth-endpoint', NOBODY],
      ALL,
    );
    expect(states.slice(0, 3)).toEqual(['developer key: unasked', 'OAuth client: unasked', 'token user: unasked']);
    expect(code).toBe(3);
  });

  it('asks the next endpoint of the key where the first is down', async () => {
    await using city = await startScriptedUpstream({ developerKey: KEY });
    const { states } = await check(['--endpoint', NOBODY, '--endpoint', city.url], { CDEK_DEVELOPER_KEY: KEY });
    expect(states[0]).toBe('developer key: works');
  });

  it.each<[string, Readonly<Record<string, string>>, readonly string[], string]>([
    ['half of a pair', { CDEK_CLIENT_ID: 'id' }, [], 'OAuth client: unusable'],
    ['a key that no header can carry', { CDEK_DEVELOPER_KEY: 'ключ' }, [], 'developer key: unusable'],
    ['a file that is not there', {}, ['--developer-key-file', 'nowhere'], 'developer key: unusable'],
  ])('says of %s that it cannot be used, and ends with 2', async (_, env, args, state) => {
    const { code, states } = await check(args, env);
    expect(states).toContain(state);
    expect(code).toBe(2);
  });

  it('does not send a password on a way without encryption', async () => {
    const { code, states, stdout } = await check([], TOKEN);
    expect(states[2]).toBe('token user: unasked');
    expect(stdout).toContain('http://auth.api.cdek.ru is not encrypted');
    expect(code).toBe(3);
  });

  it('is content with nothing, and says how to configure it', async () => {
    const { code, stdout } = await auth(['check']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^developer key +- +not configured +set CDEK_DEVELOPER_KEY or --developer-key-file$/m);
  });

  it('takes an answer that says nothing about the key for none', async () => {
    await using city = await startScriptedUpstream({
      reply: () => ({ kind: 'answer', body: { status_code: 'ERR_SOMETHING_NEW' } }),
    });
    const { code, states } = await check(['--endpoint', city.url], { CDEK_DEVELOPER_KEY: KEY });
    expect(states[0]).toBe('developer key: unasked');
    expect(code).toBe(3);
  });
});

describe('a secret on the command line is refused, and not repeated', () => {
  const SECRET = 'secret-key-4711';

  it.each([
    [['run', 'x.csv', '--developer-key', SECRET], '--developer-key-file'],
    [['detect', `--developer-key=${SECRET}`], 'CDEK_DEVELOPER_KEY'],
    [['auth', 'check', '--client-secret', SECRET], '--client-secret-file'],
    [['auth', 'secure', '--secure-password', SECRET], '--secure-password-file'],
    [['auth', 'token', `--token-password=${SECRET}`], 'CDEK_TOKEN_PASSWORD'],
    [['auth', 'token', SECRET], 'Credentials come from variables or files'],
    [['auth', SECRET], 'Credentials come from variables or files'],
    [['auth', 'token', '--password', SECRET, SECRET], 'Credentials come from variables or files'],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await gorod(args, { cwd: folder.path });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain(SECRET);
  });
});
