import { utimesSync, writeFileSync } from 'node:fs';
import got, { HTTPError, RequestError } from 'got';
import { GorodError } from '../errors.ts';

/** What to fetch and where to. */
export interface DownloadOrder {
  readonly url: string;
  readonly file: string;
  /** From the first connection to the last byte. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/**
 * Fetches a file over HTTP and gives its size in bytes. The file's modification date becomes that of the publisher's
 * copy, where the server tells it. Anything but a complete answer is GorodError INPUT_UNREADABLE naming the address.
 */
export async function download({ url, file, timeoutMs, signal }: DownloadOrder): Promise<number> {
  try {
    const { body, headers } = await got(url, {
      responseType: 'buffer',
      timeout: { request: timeoutMs },
      retry: { limit: 0 },
      ...(signal === undefined ? {} : { signal }),
    });
    if (body.length === 0) throw new GorodError('INPUT_UNREADABLE', `${url} is empty`);
    writeFileSync(file, body);
    const published = new Date(headers['last-modified'] ?? '');
    if (!Number.isNaN(published.getTime())) utimesSync(file, published, published);
    return body.length;
  } catch (error) {
    signal?.throwIfAborted();
    throw toGorodError(error, url, timeoutMs);
  }
}

function toGorodError(cause: unknown, url: string, timeoutMs: number): unknown {
  if (!(cause instanceof RequestError)) return cause;
  const told = (what: string) => new GorodError('INPUT_UNREADABLE', `cannot fetch ${url}: ${what}`, { cause });
  if (cause instanceof HTTPError)
    return told(`${cause.response.statusCode} ${cause.response.statusMessage ?? ''}`.trim());
  if (cause.code === 'ETIMEDOUT') return told(`no complete answer within ${timeoutMs / 1000} s (--download-timeout)`);
  return told(cause.message || cause.code);
}
