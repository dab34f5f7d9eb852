import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CliOptions, type CliResult, gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { startScriptedToken } from '../support/scripted-token.ts';
import { type Reply, type ScriptedUpstream, startScriptedUpstream } from '../support/scripted-upstream.ts';
import { type ScriptedV2Options, startScriptedV2, type V2Reply, type V2Request } from '../support/scripted-v2.ts';
import { SECRETS, secretsIn } from './secrets.ts';

const KEY = SECRETS.CDEK_DEVELOPER_KEY;
/** Words that stand in the addresses alone, as they are and as the cache folds them. */
const PERSONAL = /Privatnaya|privatnaya|Blagoveschensk|blagoveschensk|Tulskaya-Secret/;
const ORDERS = [
  'id,postcode,address,cod',
  '1,675000,"Privatnaya 21, Blagoveschensk",100',
  '2,300000,"Tulskaya-Secret 2, Tula",',
  '3,3000,"Privatnaya 3, Tula",1.200',
  '',
].join('\n');

let folder: TemporaryFolder;
let upstream: ScriptedUpstream;
beforeEach(async () => {
  folder = temporaryFolder();
  writeFileSync(folder.file('orders.csv'), ORDERS);
  upstream = await startScriptedUpstream({ latencyMs: 5 });
});
afterEach(async () => {
  folder[Symbol.dispose]();
  await upstream.close();
});

function run(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const output = args.includes('-o') ? [] : ['-o', 'out.csv'];
  const cache = args.includes('--no-cache') || args.includes('--cache') ? [] : ['--cache', 'cache.sqlite'];
  const fixed = ['run', 'orders.csv', ...output, ...cache, '--endpoint', upstream.url, '--summary', 'summary.json'];
  return gorod([...fixed, '--timeout', '0.5', '--retries', '1', ...args], {
    cwd: folder.path,
    ...options,
    env: { ...SECRETS, ...options.env },
  });
}

/** No credential anywhere, not as its MD5 either; addresses in the input, the output and the caches, and nowhere else. */
function expectPrivate({ stdout, stderr }: CliResult): void {
  for (const text of [stdout, stderr]) {
    expect(secretsIn(text)).toEqual([]);
    expect(text).not.toMatch(PERSONAL);
  }
  for (const name of readdirSync(folder.path)) {
    const text = readFileSync(folder.file(name), 'latin1');
    expect({ name, secrets: secretsIn(text) }).toEqual({ name, secrets: [] });
    const mayHoldAddresses = /^(orders\.csv|out\.csv|out\.csv\.partial|.*\.answers(-\w+)?|cache\.sqlite(-\w+)?)$/.test(
      name,
    );
    if (!mayHoldAddresses) expect({ name, personal: PERSONAL.test(text) }).toEqual({ name, personal: false });
  }
}

it('the search for secrets finds them in every form', () => {
  const { CDEK_CLIENT_SECRET: secret } = SECRETS;
  const md5 = createHash('md5').update(secret);
  const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64'), md5.digest('hex')];
  for (const form of forms) expect(secretsIn(`{"x":"${form}"}`)).toEqual(['CDEK_CLIENT_SECRET']);
});

describe('neither key nor address shows', () => {
  it('in a run that goes well', async () => {
    const result = await run([]);
    expect(result.code).toBe(0);
    expectPrivate(result);
    const text = readFileSync(folder.file('cache.sqlite'), 'latin1');
    expect(PERSONAL.test(text + readdirSync(folder.path).join())).toBe(true);
  });

  it.each<[string, Reply]>([
    ['a time-out', { kind: 'hang' }],
    ['a reset', { kind: 'reset' }],
    ['an error page', { kind: 'html' }],
    ['a refused key', { kind: 'answer', status: 403, body: { status_code: 'ERR_BAD_DEVKEY', status_msg: KEY } }],
    ['an internal error', { kind: 'internal' }],
    ['an error page that repeats the key', { kind: 'http', status: 500, body: `<p>${KEY}</p>` }],
    ['a redirect', { kind: 'redirect', to: 'http://127.0.0.1:1/' }],
  ])('after %s', async (_, reply) => {
    await upstream.close();
    upstream = await startScriptedUpstream({ reply: () => reply });
    const result = await run([]);
    expect([2, 3]).toContain(result.code);
    expectPrivate(result);
  });

  it.each<[string, unknown]>([
    ['an unknown code', { status_code: 'ERR_NEW', status_msg: `unknown key ${KEY}` }],
    ['the key for a code', { status_code: KEY }],
    [
      'the key for a city',
      { status_code: 'OK', possible_cities: [KEY], detected_cdek_city: { cityCode: '1', cityName: KEY } },
    ],
  ])('after an answer with %s', async (_, body) => {
    await upstream.close();
    upstream = await startScriptedUpstream({ reply: () => ({ kind: 'answer', body }) });
    const result = await run([]);
    expect(result.code).toBe(0);
    expectPrivate(result);
    expect(readFileSync(folder.file('out.csv'), 'utf8')).toContain('***');
  });

  it.each<[string, readonly string[], string]>([
    ['a ragged row', [], `${ORDERS}4,675000\n`],
    ['a stray quotation mark', [], `${ORDERS}4,675000,"Privatnaya 5\n`],
    ['a row that is too long', ['--max-row-bytes', '1024'], `${ORDERS}4,675000,${'Privatnaya '.repeat(200)},\n`],
    ['bytes of no encoding', [], `${ORDERS}4,675000,Privatnaya Stra\xdfe,\n`],
    ['an unknown option', ['--nonsense'], ORDERS],
    ['an unwritable output', ['-o', 'orders.csv/out.csv'], ORDERS],
    ['an unusable cache', ['--cache', '.'], ORDERS],
    ['a missing column', ['--columns', 'postcode=zip'], ORDERS],
  ])('after %s', async (_, args, orders) => {
    writeFileSync(folder.file('orders.csv'), orders, 'latin1');
    const result = await run(args);
    expect(result.code).toBeGreaterThan(0);
    expectPrivate(result);
  });

  it('in a killed run, whose journal and answers only their owner may read', async () => {
    const lines = Array.from({ length: 3000 }, (_, row) => `${row},675000,"Privatnaya ${row}, Blagoveschensk",`);
    writeFileSync(folder.file('orders.csv'), ['id,postcode,address,cod', ...lines, ''].join('\n'));
    const result = await run(['--no-cache', '--rate', '1000', '--concurrency', '16'], {
      whileRunning: (child) => {
        const poll = setInterval(() => {
          if (upstream.requests.length < 200) return;
          clearInterval(poll);
          child.kill('SIGKILL');
        }, 5);
      },
    });
    expect(result.code).toBeNull();
    expectPrivate(result);
    const beside = readdirSync(folder.path).filter((name) => /partial\.(journal|answers)/.test(name));
    expect(beside).toEqual(expect.arrayContaining(['out.csv.partial.answers', 'out.csv.partial.journal']));
    for (const name of beside) {
      expect({ name, mode: statSync(folder.file(name)).mode & 0o777 }).toEqual({ name, mode: 0o600 });
    }
  });

  it('in a killed run, whose cache has its last answers in the log beside it', async () => {
    const lines = Array.from({ length: 3000 }, (_, row) => `${row},675000,"Privatnaya ${row}, Blagoveschensk",`);
    writeFileSync(folder.file('orders.csv'), ['id,postcode,address,cod', ...lines, ''].join('\n'));
    const result = await run(['--rate', '1000', '--concurrency', '16'], {
      whileRunning: (child) => {
        const poll = setInterval(() => {
          if (upstream.requests.length < 200) return;
          clearInterval(poll);
          child.kill('SIGKILL');
        }, 5);
      },
    });
    expect(result.code).toBeNull();
    expectPrivate(result);
    expect(readdirSync(folder.path)).toContain('cache.sqlite-wal');
  });

  it('in a run that defers, and in the one that asks again', async () => {
    upstream.script(...Array<Reply>(4).fill({ kind: 'alerts' }));
    const deferring = await run([]);
    expect(deferring.code).toBe(3);
    expectPrivate(deferring);
    const again = [
      'retry',
      'out.csv',
      '--endpoint',
      upstream.url,
      '--cache',
      'cache.sqlite',
      '--summary',
      'again.json',
    ];
    const retried = await gorod(again, { cwd: folder.path, env: SECRETS });
    expect(retried.code).toBe(0);
    expectPrivate(retried);
  });

  it('and neither is asked with the key when DEBUG is set', async () => {
    const result = await run([], { env: { DEBUG: '*' } });
    expect(result.code).toBe(0);
    expectPrivate(result);
  });
});

const repeatToken = (_: number, { headers }: V2Request): V2Reply => {
  const told = headers.authorization?.replace('Bearer ', '') ?? '';
  return { kind: 'answer', status: 400, body: { errors: [{ code: told, message: told }] } };
};
const repeatSecret = (_: number, { form }: V2Request): V2Reply => {
  return { kind: 'answer', status: 400, body: { error: form.client_secret, error_description: form.client_secret } };
};

describe('no credential shows', () => {
  const question = ['detect', '--postcode', '675000', '--address', 'Lenina 21, 2 Blagoveschensk'];

  it.each<[string, Reply, number]>([
    ['an answer', { kind: 'answer' }, 0],
    ['a refused key', { kind: 'answer', status: 403, body: { status_code: 'ERR_BAD_DEVKEY', status_msg: KEY } }, 2],
    ['an error page with it', { kind: 'http', status: 500, body: `<p>${KEY}</p>` }, 3],
  ])('in gorod detect with %s', async (_, reply, expected) => {
    upstream.script(reply);
    const args = [...question, '--endpoint', upstream.url, '--cache', 'cache.sqlite', '--retries', '0'];
    const { code, stdout, stderr } = await gorod(args, { cwd: folder.path, env: SECRETS });
    expect(code).toBe(expected);
    expect(secretsIn(stdout + stderr)).toEqual([]);
    for (const name of readdirSync(folder.path)) {
      expect(secretsIn(readFileSync(folder.file(name), 'latin1'))).toEqual([]);
    }
  });

  it.each<[string, Partial<ScriptedV2Options>, number]>([
    ['that works', {}, 0],
    ['whose secret is refused', { clientSecret: 'another' }, 2],
    ['whose token is never taken', { reply: () => ({ kind: 'unauthorized' }) }, 3],
    ['whose server repeats the token', { reply: repeatToken }, 3],
    ['whose server repeats the secret', { tokenReply: repeatSecret }, 3],
  ])('in a run by API v2 %s', async (_, script, expected) => {
    const { CDEK_CLIENT_ID: clientId, CDEK_CLIENT_SECRET: clientSecret } = SECRETS;
    await using v2 = await startScriptedV2({ clientId, clientSecret, ...script });
    const there = ['--detector', 'cdek', '--endpoint', v2.origin, '--cache', 'cache.sqlite', '--retries', '0'];
    const args = ['run', 'orders.csv', '-o', 'out.csv', '--summary', 'summary.json', ...there];
    const result = await gorod(args, { cwd: folder.path, env: SECRETS });
    expect(result.code).toBe(expected);
    expectPrivate(result);
    const again = ['retry', 'out.csv', '--summary', 'again.json', ...there];
    if (expected !== 2) expectPrivate(await gorod(again, { cwd: folder.path, env: SECRETS }));
  });

  it.each<[string, Partial<ScriptedV2Options>, number | undefined]>([
    ['that works', {}, 0],
    ['whose secret is refused', { clientSecret: 'another' }, 2],
    ['whose server repeats the token', { reply: repeatToken }, undefined],
    ['that fails on the way', { reply: (index) => ({ kind: index === 0 ? 'answer' : 'reset' }) }, undefined],
  ])('in a sync of a gazetteer %s', async (_, script, expected) => {
    const { CDEK_CLIENT_ID: clientId, CDEK_CLIENT_SECRET: clientSecret } = SECRETS;
    await using v2 = await startScriptedV2({ clientId, clientSecret, ...script });
    const there = ['--endpoint', v2.origin, '--rate', '1000', '--retries', '0', '--timeout', '2'];
    const result = await gorod(['gazetteer', 'sync', '-o', 'cdek.sqlite', ...there], {
      cwd: folder.path,
      env: SECRETS,
    });
    if (expected === undefined) expect(result.code).toBeGreaterThan(0);
    else expect(result.code).toBe(expected);
    if (expected !== 2) expect(readdirSync(folder.path).some((name) => name.startsWith('cdek.sqlite'))).toBe(true);
    expectPrivate(result);
  });

  it.each(['right', 'wrong'])('in gorod auth with the %s passwords', async (which) => {
    const password = which === 'right' ? SECRETS.CDEK_TOKEN_PASSWORD : 'another';
    const echo = (body: string) => ({
      status: 401,
      body: JSON.stringify({ alerts: [{ errorCode: 'auth_failed', msg: body }] }),
    });
    const reply = which === 'right' ? {} : { reply: echo };
    await using token = await startScriptedToken({ user: SECRETS.CDEK_TOKEN_USER, password, ...reply });
    await using v2 = await startScriptedV2({
      clientId: SECRETS.CDEK_CLIENT_ID,
      clientSecret: which === 'right' ? SECRETS.CDEK_CLIENT_SECRET : 'another',
    });
    if (which === 'wrong')
      upstream.script(
        ...Array<Reply>(2).fill({ kind: 'answer', body: { status_code: 'ERR_BAD_DEVKEY', status_msg: KEY } }),
      );
    const there = ['--endpoint', upstream.url, '--token-endpoint', token.url, '--oauth-endpoint', v2.origin];
    for (const args of [
      ['check', ...there],
      ['check', '--json', ...there],
      ['token', '--token-endpoint', token.url],
    ]) {
      const { code, stdout, stderr } = await gorod(['auth', ...args], { cwd: folder.path, env: SECRETS });
      expect(code).toBe(which === 'right' ? 0 : 2);
      expect(secretsIn(stdout, args[0] === 'token' ? ['TOKEN'] : []).concat(secretsIn(stderr))).toEqual([]);
    }
    expect(token.requests).toHaveLength(3);
    const { stdout, stderr } = await gorod(['auth', 'secure'], { cwd: folder.path, env: SECRETS });
    expect(secretsIn(stdout, ['CDEK_ACCOUNT']).concat(secretsIn(stderr))).toEqual([]);
  });

  it('from a file, where the same holds and the name of the file may show', async () => {
    writeFileSync(folder.file('key.txt'), `${KEY}\n`, { mode: 0o600 });
    upstream.script({ kind: 'answer', body: { status_code: 'ERR_BAD_DEVKEY' } });
    const args = [...question, '--endpoint', upstream.url, '--developer-key-file', 'key.txt', '--no-cache'];
    const { code, stdout, stderr } = await gorod(args, { cwd: folder.path });
    expect(code).toBe(2);
    expect(secretsIn(stdout + stderr)).toEqual([]);
  });
});

it('the cache is for its owner alone, the output follows the umask', async () => {
  await run([]);
  expect(statSync(folder.file('cache.sqlite')).mode & 0o777).toBe(0o600);
  writeFileSync(folder.file('plain'), '');
  expect(statSync(folder.file('out.csv')).mode).toBe(statSync(folder.file('plain')).mode);
});
