import got, { type Got, type Request } from 'got';
import type { Detection } from '../address/detection.ts';
import type { AddressQuery } from '../address/query.ts';
import { type Upstream, UpstreamFailure } from '../detector/upstream.ts';
import { GorodError } from '../errors.ts';
import { type Agents, directAgents } from './agents.ts';
import { type ParsedBody, parseAnswer } from './answer.ts';
import { failureReason } from './failure.ts';
import { parseRetryAfter } from './retry-after.ts';

/** An answer has about one kilobyte; what is larger than this is none. */
const LARGEST_BODY = 256 * 1024;

const FAILED_HTTP: ReadonlySet<number> = new Set([429, 502, 503, 504]);

export interface DetectCityOptions {
  /** The full URL of the question. */
  readonly url: string;
  readonly developerKey: string;
  /** For the whole attempt: connecting, sending, reading the last byte. */
  readonly timeoutMs: number;
  /** Who makes the connections; by default nobody stands between. */
  readonly agents?: Agents;
}

/**
 * CDEK's detect-city: one attempt per question, over connections that are kept alive. Redirects are not followed: the
 * key would go with them.
 */
export function detectCityUpstream({
  url,
  developerKey,
  timeoutMs,
  agents = directAgents(),
}: DetectCityOptions): Upstream {
  const { origin } = new URL(url);
  if (!/^[\x21-\x7e]+$/.test(developerKey)) {
    throw badKey(origin, 'is empty or has characters that no HTTP header can carry');
  }
  const client = openClient(developerKey, timeoutMs, agents);

  return {
    origin,
    async ask(query, signal) {
      signal?.throwIfAborted();
      // got goes on listening to its signal after the answer, and would fail then with nobody left to catch it.
      const attempt = new AbortController();
      const abort = () => attempt.abort();
      signal?.addEventListener('abort', abort);
      const stream = client.stream(url, { json: body(query), signal: attempt.signal });
      stream.on('error', () => {});
      const answer = await read(stream, timeoutMs)
        .catch((error: unknown) => {
          signal?.throwIfAborted();
          throw error;
        })
        .finally(() => signal?.removeEventListener('abort', abort));
      return judge(answer, origin);
    },
  };
}

function openClient(developerKey: string, timeoutMs: number, agents: Agents): Got {
  return got.extend({
    isStream: true,
    method: 'POST',
    headers: { 'CDEK-Developer-Key': developerKey, accept: 'application/json', 'user-agent': 'gorod' },
    agent: agents,
    // Stated, so that NODE_TLS_REJECT_UNAUTHORIZED cannot say otherwise.
    https: { rejectUnauthorized: true },
    timeout: { request: timeoutMs },
    retry: { limit: 0 },
    followRedirect: false,
    throwHttpErrors: false,
  });
}

interface HttpAnswer {
  readonly status: number;
  readonly retryAfterMs: number | undefined;
  readonly body: string;
}

function body(query: AddressQuery): Readonly<Record<string, unknown>> {
  return {
    address: query.address,
    postcode: query.postcode,
    cod_rub: query.codRub,
    fias_only: query.fiasOnly,
    country_code: query.countryCode,
  };
}

async function read(stream: Request, timeoutMs: number): Promise<HttpAnswer> {
  const chunks: Buffer[] = [];
  let size = 0;
  let failure: string | undefined;
  try {
    for await (const chunk of stream) {
      chunks.push(chunk);
      size += chunk.length;
      if (size <= LARGEST_BODY) continue;
      // Leaving the loop closes the connection, so that the rest is never received.
      failure = 'body is too large';
      break;
    }
  } catch (error) {
    failure = failureReason(error, timeoutMs);
  }
  const status = stream.response?.statusCode;
  const retryAfterMs = parseRetryAfter(stream.response?.headers['retry-after'], Date.now());
  if (status !== undefined && FAILED_HTTP.has(status))
    throw new UpstreamFailure(`HTTP ${status}`, { status, retryAfterMs });
  // The cause is left out: it holds the request with the key in its headers.
  if (failure !== undefined) throw new UpstreamFailure(failure, { status, retryAfterMs });
  if (status === undefined) throw new UpstreamFailure('no response');
  return { status, retryAfterMs, body: Buffer.concat(chunks).toString('utf8') };
}

function judge(answer: HttpAnswer, origin: string): Detection {
  const { status, retryAfterMs } = answer;
  const parsed: ParsedBody = parseAnswer(answer.body);
  if ('unusable' in parsed) {
    throw new UpstreamFailure(status === 200 ? parsed.unusable : `HTTP ${status}`, { status, retryAfterMs });
  }
  const { status_code } = parsed.detection;
  if (status_code === 'ERR_INTERNAL') throw new UpstreamFailure(status_code, { status, retryAfterMs });
  if (status_code === 'ERR_NO_DEVKEY' || status_code === 'ERR_BAD_DEVKEY') {
    throw badKey(origin, `was refused (${status_code})`);
  }
  return parsed.detection;
}

function badKey(origin: string, what: string): GorodError {
  return new GorodError(
    'BAD_KEY',
    `The developer key for ${origin} ${what}: check CDEK_DEVELOPER_KEY or --developer-key-file`,
  );
}
