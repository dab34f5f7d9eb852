import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CliResult, gorod } from '../support/cli.ts';
import { type ScriptedUpstream, startScriptedUpstream } from '../support/scripted-upstream.ts';
import { AUTHORITY_FILE, type ListeningServer, startSecureServer } from './secure-server.ts';
import { startTunnelProxy } from './tunnel-proxy.ts';

const KEY = 'secret-key-4711';
const QUESTION = ['detect', '--postcode', '675000', '--address', 'Lenina 21, Blagoveschensk'];
const FORGED = JSON.stringify({ status_code: 'OK', status_msg: 'forged' });

let upstream: ScriptedUpstream;
let secure: ListeningServer;
beforeEach(async () => {
  upstream = await startScriptedUpstream();
  secure = await startSecureServer(portOf(upstream));
});
afterEach(async () => {
  await secure[Symbol.asyncDispose]();
  await upstream.close();
});

function portOf({ origin }: ScriptedUpstream): number {
  return Number(new URL(origin).port);
}

function ask(endpoint: string, env: Readonly<Record<string, string>>, ...args: string[]): Promise<CliResult> {
  const fixed = [...QUESTION, '--endpoint', endpoint, '--ca', AUTHORITY_FILE, '--no-cache', '--retries', '0'];
  return gorod([...fixed, ...args], { env: { CDEK_DEVELOPER_KEY: KEY, ...env } });
}

describe('a proxy of the environment', () => {
  it.each(['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY'])(
    '%s is asked for a tunnel, through which TLS goes',
    async (name) => {
      await using proxy = await startTunnelProxy({ port: secure.port });
      const { code, stdout } = await ask('https://detect.test/', { [name]: `http://127.0.0.1:${proxy.port}` });
      expect({ code, status: JSON.parse(stdout).status_code }).toEqual({ code: 0, status: 'OK' });
      expect(proxy.requests.map(({ target }) => target)).toEqual(['detect.test:443']);
      expect(proxy.requests[0]?.headers).not.toHaveProperty('cdek-developer-key');
      expect(upstream.requests[0]?.headers['cdek-developer-key']).toBe(KEY);
    },
  );

  it('is told the password of its address, which no message shows', async () => {
    await using proxy = await startTunnelProxy({ says: 'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n' });
    const address = `http://shop:pass%20word@127.0.0.1:${proxy.port}`;
    const { code, stdout, stderr } = await ask('https://detect.test/', { HTTPS_PROXY: address });
    expect(code).toBe(3);
    expect(JSON.parse(stdout).status_msg).toContain('proxy refused: HTTP 407');
    const basic = Buffer.from('shop:pass word').toString('base64');
    expect(proxy.requests[0]?.headers['proxy-authorization']).toBe(`Basic ${basic}`);
    expect(stdout + stderr).not.toMatch(/pass|shop/);
  });

  it('HTTP_PROXY is asked for a tunnel to an endpoint without encryption', async () => {
    await using proxy = await startTunnelProxy({ port: portOf(upstream) });
    const env = { HTTP_PROXY: `http://127.0.0.1:${proxy.port}` };
    expect((await ask('http://detect.test/', env, '--allow-http')).code).toBe(0);
    expect(proxy.requests.map(({ target }) => target)).toEqual(['detect.test:80']);
  });

  it('cannot answer in place of an encrypted endpoint', async () => {
    for (const status of ['403 Forbidden', '407 Proxy Authentication Required']) {
      const says = `HTTP/1.1 ${status}\r\ncontent-length: ${FORGED.length}\r\n\r\n${FORGED}`;
      await using proxy = await startTunnelProxy({ says });
      const { code, stdout } = await ask('https://detect.test/', { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` });
      expect(code).toBe(3);
      expect(JSON.parse(stdout).status_msg).toContain(`proxy refused: HTTP ${status.slice(0, 3)}`);
    }
  });

  it('that leads to somebody with another certificate gets no key', async () => {
    await using proxy = await startTunnelProxy({ port: secure.port });
    const { code, stdout } = await ask('https://other.test/', { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` });
    expect(code).toBe(3);
    expect(JSON.parse(stdout).status_msg).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(upstream.requests).toHaveLength(0);
  });

  it('may have a certificate of the authority of --ca itself', async () => {
    await using proxy = await startTunnelProxy({ port: secure.port });
    await using secureProxy = await startSecureServer(proxy.port);
    const env = { HTTPS_PROXY: `https://localhost:${secureProxy.port}` };
    expect((await ask('https://detect.test/', env)).code).toBe(0);
    expect(proxy.requests).toHaveLength(1);
  });

  it('that says nothing is given up like an endpoint that says nothing', async () => {
    await using proxy = await startTunnelProxy('nothing');
    const env = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
    const { code, stdout } = await ask('https://detect.test/', env, '--timeout', '0.5');
    expect(code).toBe(3);
    expect(JSON.parse(stdout).status_msg).toContain('timed out after 0.5 s');
    expect(proxy.requests).toHaveLength(1);
  });

  it('that is not there defers the question', async () => {
    const { code, stdout } = await ask('https://detect.test/', { HTTPS_PROXY: 'http://127.0.0.1:1' });
    expect(code).toBe(3);
    expect(JSON.parse(stdout).status_msg).toContain('connection refused');
  });

  it.each(['socks5://127.0.0.1:1080', 'http://', 'ftp://shop:secret@127.0.0.1'])('cannot be %s', async (address) => {
    const { code, stderr } = await ask('https://detect.test/', { HTTPS_PROXY: address });
    expect(code).toBe(2);
    expect(stderr).toMatch(/The proxy set for https:\/\/detect\.test has no http or https address: check HTTPS_PROXY/);
    expect(stderr).not.toContain('secret');
  });
});

describe('no proxy is asked', () => {
  it.each(['127.0.0.1', 'localhost'])('for this machine: %s', async (host) => {
    await using proxy = await startTunnelProxy('nothing');
    const address = `http://127.0.0.1:${proxy.port}`;
    const env = { HTTP_PROXY: address, HTTPS_PROXY: address, ALL_PROXY: address };
    expect((await ask(upstream.url.replace('127.0.0.1', host), env)).code).toBe(0);
    expect((await ask(`https://${host}:${secure.port}/`, env)).code).toBe(0);
    expect(proxy.requests).toHaveLength(0);
  });

  it.each(['detect.invalid', '.invalid', 'a.test, detect.invalid:443', '*'])(
    'for what NO_PROXY names: %s',
    async (list) => {
      await using proxy = await startTunnelProxy('nothing');
      const env = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: list };
      expect((await ask('https://detect.invalid/', env)).code).toBe(3);
      expect(proxy.requests).toHaveLength(0);
    },
  );
});
