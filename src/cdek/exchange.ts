import { UpstreamFailure } from '../detector/upstream.ts';
import type { Agents } from './agents.ts';
import { parseRetryAfter } from './retry-after.ts';
import { type Received, transmit } from './transport.ts';

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

/** Requests over connections that are kept alive. Redirects are not followed: the credentials would go with them. */
export function openExchange({ timeoutMs, agents }: ExchangeOptions): Exchange {
  return {
    async send({ secrets = [], largestBody = LARGEST_BODY, headers, ...request }, signal) {
      signal?.throwIfAborted();
      const outgoing = { ...request, headers: { accept: 'application/json', 'user-agent': 'gorod', ...headers } };
      const received = await transmit(outgoing, { agents, timeoutMs, largestBody }, signal);
      if (received.failure !== undefined) signal?.throwIfAborted();
      const answer = judge(received);
      return { ...answer, body: hide(answer.body, secrets) };
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

function judge({ response, body, failure }: Received): HttpAnswer {
  const status = response?.statusCode;
  const retryAfterMs = parseRetryAfter(response?.headers['retry-after'], Date.now());
  if (status !== undefined && FAILED_HTTP.has(status))
    throw new UpstreamFailure(`HTTP ${status}`, { status, retryAfterMs });
  if (failure !== undefined) throw new UpstreamFailure(failure, { status, retryAfterMs });
  if (status === undefined) throw new UpstreamFailure('no response');
  return { status, contentType: response?.headers['content-type'], retryAfterMs, body: body.toString('utf8') };
}
