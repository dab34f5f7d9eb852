import { existsSync, readFileSync, statSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import { download } from '../../src/gazetteer/download.ts';
import { temporaryFolder } from '../support/cli.ts';
import { startPublisher } from './publisher.ts';

async function fetched(listener: RequestListener, options: { timeoutMs?: number; signal?: AbortSignal } = {}) {
  using folder = temporaryFolder();
  await using publisher = await startPublisher(listener);
  const [url, file] = [`${publisher.origin}/city.csv`, folder.file('city.csv')];
  const outcome = await download({ url, file, timeoutMs: 10_000, ...options }).catch((error: unknown) => error);
  return {
    url,
    outcome,
    content: existsSync(file) ? readFileSync(file, 'utf8') : undefined,
    modified: existsSync(file) ? statSync(file).mtime.toISOString() : undefined,
  };
}

describe('download', () => {
  it('writes the file, gives its size and keeps the publisher’s date', async () => {
    const { outcome, content, modified } = await fetched((_, response) => {
      response.setHeader('Last-Modified', 'Wed, 24 Feb 2021 10:00:00 GMT').end('a,b\n');
    });
    expect([outcome, content, modified]).toEqual([4, 'a,b\n', '2021-02-24T10:00:00.000Z']);
  });

  it('follows redirects', async () => {
    const { outcome, content } = await fetched((request, response) => {
      if (request.url === '/city.csv') response.writeHead(302, { Location: '/moved.csv' }).end();
      else response.end('moved');
    });
    expect([outcome, content]).toEqual([5, 'moved']);
  });

  const failures: readonly (readonly [string, RequestListener, RegExp])[] = [
    ['a missing file', (_, response) => void response.writeHead(404).end('nothing here'), /: 404 Not Found$/],
    ['a broken server', (_, response) => void response.writeHead(503).end(), /: 503 Service Unavailable$/],
    ['an empty answer', (_, response) => void response.end(), /is empty$/],
    ['a connection that breaks', (request) => void request.socket.destroy(), /cannot fetch/],
    [
      'an answer that breaks off',
      (_, response) => {
        response.writeHead(200, { 'Content-Length': '1000' }).write('half');
        setImmediate(() => response.destroy());
      },
      /cannot fetch/,
    ],
  ];

  it.each(failures)('names the address and the trouble of %s, and writes nothing', async (_, listener, message) => {
    const { url, outcome, content } = await fetched(listener);
    expect(outcome).toMatchObject({ code: 'INPUT_UNREADABLE', message: expect.stringMatching(message) });
    expect(String(outcome)).toContain(url);
    expect(content).toBeUndefined();
  });

  it('does not wait longer than it was told', async () => {
    const { outcome } = await fetched(() => {}, { timeoutMs: 50 });
    expect(outcome).toMatchObject({
      code: 'INPUT_UNREADABLE',
      message: expect.stringContaining('no complete answer within 0.05 s (--download-timeout)'),
    });
  });

  it('ends with the reason of an abort', async () => {
    const { outcome } = await fetched(() => {}, { signal: AbortSignal.abort(new Error('interrupted')) });
    expect(outcome).toMatchObject({ message: 'interrupted' });
  });
});
