import type { ClientRequest } from 'node:http';
import got, { type Request } from 'got';
import { UpstreamFailure } from '../detector/upstream.ts';
import type { Agents } from './agents.ts';
import { failureReason } from './failure.ts';
import { parseRetryAfter } from './retry-after.ts';

/** An answer has about one kilobyte; what is much larger is none. */
const LARGEST_BODY = 256 * 1024;

const FAILED_HTTP: ReadonlySet<number> = new Set([429, 502, 503, 504]);

export interface HttpRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Credentials that it carries. A server may repeat them: they are hidden in the body that comes back. */
  readonly secrets?: readonly string[];
  /** A longer body is a failure, in bytes. */
  readonly largestBody?: number;
}

/** A response that came whole, whatever its status. */
export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string | undefined;
  /** What Retry-After asks for, in milliseconds from now. */
  readonly retryAfterMs: number | undefined;
  readonly body: string;
}

/** One attempt to get a response over connections that are kept alive. */
export interface Exchange {
  /** Rejects with UpstreamFailure where no whole response comes, and for HTTP 429, 502, 503 and 504. */
  send(request: HttpRequest, signal?: AbortSignal): Promise<HttpAnswer>;
}

export interface ExchangeOptions {
  /** For the whole attempt: connecting, sending, reading the last byte. */
  readonly timeoutMs: number;
  readonly agents: Agents;
}

/** Requests over got. Redirects are not followed: the credentials would go with them. */
export function openExchange({ timeoutMs, agents }: ExchangeOptions): Exchange {
  const client = got.extend({
    isStream: true,
    headers: { accept: 'application/json', 'user-agent': 'gorod' },
    agent: agents,
    // Stated, so that NODE_TLS_REJECT_UNAUTHORIZED cannot say otherwise.
    https: { rejectUnauthorized: true },
    timeout: { request: timeoutMs },
    retry: { limit: 0 },
    followRedirect: false,
    throwHttpErrors: false,
  });
  return {
    async send({ url, method, headers, body, secrets = [], largestBody = LARGEST_BODY }, signal) {
      signal?.throwIfAborted();
      const stream = client.stream(url, { method, headers, ...(body === undefined ? {} : { body }) });
      // Not got's own `signal`: it goes on listening after the answer, and would fail then with nobody left to catch it.
      const abort = () => void stream.destroy();
      signal?.addEventListener('abort', abort);
      try {
        const answer = await read(stream, timeoutMs, largestBody);
        return { ...answer, body: hide(answer.body, secrets) };
      } catch (error) {
        signal?.throwIfAborted();
        throw error;
      } finally {
        signal?.removeEventListener('abort', abort);
      }
    },
  };
}

/** A shorter text may be a part of any word: hiding it would damage answers. */
const SHORTEST_SECRET = 8;

/** Takes credentials out of a body in which a server repeats them, as they are or as JSON may write them. */
function hide(body: string, secrets: readonly string[]): string {
  const hidden = secrets.filter((secret) => secret.length >= SHORTEST_SECRET);
  if (hidden.length === 0) return body;
  const text = body.includes('\\') ? plainlyEscaped(body) : body;
  const spellings = hidden.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  return spellings.reduce((left, spelling) => left.replaceAll(spelling, '***'), text);
}

/** JSON without escapes that it could do without, such as `\/`; another text as it is. */
function plainlyEscaped(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body));
  } catch {
    return body;
  }
}

/** Listeners and no loop: iterating a stream takes a tenth of a request's time. */
function read(stream: Request, timeoutMs: number, largestBody: number): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    // Only the first end counts: what comes after it changes nothing about a promise.
    const fail = (failure: string) => reject(failureOf(stream, failure));
    stream.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size <= largestBody) return;
      fail('body is too large');
      // The rest is never received.
      stream.destroy();
    });
    // got waits for ever for the response to a request that became something else, its timeouts notwithstanding.
    stream.on('request', (request: ClientRequest) =>
      request.once('upgrade', ({ statusCode }, socket) => {
        fail(`HTTP ${statusCode}`);
        socket.destroy();
        stream.destroy();
      }),
    );
    stream.on('error', (error) => fail(failureReason(error, timeoutMs)));
    stream.on('close', () => fail('connection reset'));
    stream.on('end', () => {
      const { status, retryAfterMs } = headOf(stream);
      if (status === undefined) return fail('no response');
      if (FAILED_HTTP.has(status)) return fail(`HTTP ${status}`);
      const contentType = stream.response?.headers['content-type'];
      resolve({ status, contentType, retryAfterMs, body: Buffer.concat(chunks).toString('utf8') });
    });
  });
}

/** The cause is left out: it holds the request with the credentials in its headers. */
function failureOf(stream: Request, failure: string): UpstreamFailure {
  const { status, retryAfterMs } = headOf(stream);
  const reason = status !== undefined && FAILED_HTTP.has(status) ? `HTTP ${status}` : failure;
  return new UpstreamFailure(reason, { status, retryAfterMs });
}

function headOf({ response }: Request) {
  return {
    status: response?.statusCode,
    retryAfterMs: parseRetryAfter(response?.headers['retry-after'], Date.now()),
  };
}
