import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gorod, type TemporaryFolder, temporaryFolder } from '../support/cli.ts';
import { type ScriptedUpstream, startScriptedUpstream } from '../support/scripted-upstream.ts';
import { AUTHORITY_FILE, type ListeningServer, startSecureServer } from './secure-server.ts';

const KEY = 'secret-key-4711';

let folder: TemporaryFolder;
let upstream: ScriptedUpstream;
let secure: ListeningServer;
beforeEach(async () => {
  folder = temporaryFolder();
  upstream = await startScriptedUpstream();
  secure = await startSecureServer(Number(new URL(upstream.origin).port));
});
afterEach(async () => {
  folder[Symbol.dispose]();
  await secure[Symbol.asyncDispose]();
  await upstream.close();
});

function detect(host: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  const question = ['--postcode', '675000', '--address', 'Lenina 21, Blagoveschensk'];
  const fixed = ['detect', ...question, '--endpoint', `https://${host}:${secure.port}/api/v2/detect-city`];
  return gorod([...fixed, '--no-cache', '--retries', '0', ...args], {
    cwd: folder.path,
    env: { CDEK_DEVELOPER_KEY: KEY, ...env },
  });
}

describe('a certificate', () => {
  it('of an unknown authority is refused, saying how to make it known; the key is not sent', async () => {
    const { code, stdout, stderr } = await detect('localhost');
    expect(code).toBe(3);
    expect(JSON.parse(stdout).status_msg).toMatch(
      /TLS certificate of an unknown authority; --ca makes one known \(\w+\)/,
    );
    expect(stdout + stderr).not.toContain(KEY);
    expect(upstream.requests).toHaveLength(0);
  });

  it('is refused also where the environment turns the checks of Node off', async () => {
    expect((await detect('localhost', [], { NODE_TLS_REJECT_UNAUTHORIZED: '0' })).code).toBe(3);
    expect(upstream.requests).toHaveLength(0);
  });

  it.each(['localhost', '127.0.0.1'])('for %s is taken when its authority is named with --ca', async (host) => {
    const { code, stdout } = await detect(host, ['--ca', AUTHORITY_FILE]);
    expect({ code, status: JSON.parse(stdout).status_code }).toEqual({ code: 0, status: 'OK' });
    expect(upstream.requests[0]?.headers['cdek-developer-key']).toBe(KEY);
  });

  it('says why in every row of a run, which ends with 3', async () => {
    writeFileSync(folder.file('orders.csv'), 'postcode,address\n675000,Lenina 21\n');
    const endpoint = `https://localhost:${secure.port}/`;
    const result = await gorod(['run', 'orders.csv', '-o', 'out.csv', '--endpoint', endpoint, '--retries', '0'], {
      cwd: folder.path,
      env: { CDEK_DEVELOPER_KEY: KEY, XDG_CACHE_HOME: folder.path },
    });
    expect(result.code).toBe(3);
    expect(readFileSync(folder.file('out.csv'), 'utf8')).toContain('--ca makes one known');
  });
});

describe('--ca', () => {
  it.each([
    ['is not there', 'missing.pem', /--ca: cannot read missing\.pem/],
    ['holds none', 'empty.pem', /--ca: empty\.pem holds no certificate in PEM form/],
    ['is damaged', 'damaged.pem', /--ca: damaged\.pem holds no certificate in PEM form, or a damaged one/],
  ])('that %s ends with 2', async (_, file, message) => {
    writeFileSync(folder.file('empty.pem'), 'none\n');
    writeFileSync(folder.file('damaged.pem'), readFileSync(AUTHORITY_FILE, 'utf8').replace('M', 'N'));
    const result = await detect('localhost', ['--ca', file]);
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(message);
  });
});

describe('an endpoint without encryption', () => {
  it.each([
    'http://detect.test/',
    'http://127.0.0.1.detect.test/',
    'http://localhost.detect.test/',
    'http://10.0.0.1/',
    'http://[::2]/',
  ])('on another machine is refused: %s', async (endpoint) => {
    const args = ['detect', '--postcode', '675000', '--address', 'x', '--no-cache'];
    const result = await gorod([...args, '--endpoint', upstream.url, '--endpoint', endpoint], {
      env: { CDEK_DEVELOPER_KEY: KEY },
    });
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(/is not encrypted.*--allow-http/);
    expect(upstream.requests).toHaveLength(0);
  });

  it.each(['127.0.0.1', '127.1', 'localhost'])('is this machine by the name of %s', async (host) => {
    const endpoint = upstream.url.replace('127.0.0.1', host);
    const args = [
      'detect',
      '--postcode',
      '675000',
      '--address',
      'Blagoveschensk',
      '--no-cache',
      '--endpoint',
      endpoint,
    ];
    expect((await gorod(args, { env: { CDEK_DEVELOPER_KEY: KEY } })).code).toBe(0);
    expect(upstream.requests).toHaveLength(1);
  });

  it('is asked when --allow-http says so', async () => {
    const args = ['detect', '--postcode', '675000', '--address', 'x', '--no-cache', '--retries', '0', '--allow-http'];
    const result = await gorod([...args, '--endpoint', 'http://detect.invalid/'], { env: { CDEK_DEVELOPER_KEY: KEY } });
    expect(result.code).toBe(3);
    expect(JSON.parse(result.stdout).status_code).toBe('DEFERRED');
  });
});
