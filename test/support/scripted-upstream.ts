import { setMaxListeners } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AnswerOptions, scriptedAnswer } from './scripted-answers.ts';

/** How one request is replied to. */
export type Reply =
  /** As detect-city would, from the table; or with another body or HTTP status, or after a while. */
  | { readonly kind: 'answer'; readonly body?: unknown; readonly status?: number; readonly latencyMs?: number }
  /** Any HTTP status, by default with a gateway's text; `retryAfter` is the header as it stands. */
  | { readonly kind: 'http'; readonly status: number; readonly retryAfter?: string; readonly body?: string }
  /** HTTP 200 with ERR_INTERNAL. */
  | { readonly kind: 'internal' }
  /** HTTP 500 with CDEK's "alerts". */
  | { readonly kind: 'alerts' }
  /** The connection is cut before a byte of the response. */
  | { readonly kind: 'reset' }
  /** HTTP 101: the connection is to become something else. */
  | { readonly kind: 'upgrade' }
  /** No response ever. */
  | { readonly kind: 'hang' }
  /** The body comes so slowly that it never ends. */
  | { readonly kind: 'drip' }
  | { readonly kind: 'empty' }
  /** The first half of the answer, then the connection is cut. */
  | { readonly kind: 'truncated' }
  /** The first half of the answer as if it were the whole. */
  | { readonly kind: 'bad-json' }
  | { readonly kind: 'html' }
  | { readonly kind: 'redirect'; readonly to: string }
  /** A body without end. */
  | { readonly kind: 'huge' };

export interface RecordedRequest {
  /** The parsed JSON of the body. */
  readonly body: unknown;
  readonly headers: IncomingHttpHeaders;
  /** When its headers had arrived, in milliseconds of `performance.now()`. */
  readonly startedAt: number;
  readonly reply: Reply['kind'];
}

export interface ScriptedUpstreamOptions extends AnswerOptions {
  /** The reply to the request number `index`, from 0, where no script is left. Default: the table's answer. */
  readonly reply?: (index: number, body: unknown) => Reply;
  /** How long every table answer takes. */
  readonly latencyMs?: number;
}

/** A real HTTP server on a free loopback port that speaks detect-city's contract and fails as it is told to. */
export interface ScriptedUpstream extends AsyncDisposable {
  readonly origin: string;
  /** The full URL of the question. */
  readonly url: string;
  /** Every request so far, in the order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** The most requests that were open at one time. */
  maxInFlight(): number;
  /** How many connections were ever opened. */
  connections(): number;
  /** Replies for the next requests, in this order, before `options.reply` is asked again. */
  script(...replies: readonly Reply[]): void;
  /** Cuts every connection and stops listening. */
  close(): Promise<void>;
}

/** Starts one. Close it when the test is done, or hold it with `await using`. */
export async function startScriptedUpstream(options: ScriptedUpstreamOptions = {}): Promise<ScriptedUpstream> {
  const requests: RecordedRequest[] = [];
  const scripted: Reply[] = [];
  const closing = new AbortController();
  setMaxListeners(0, closing.signal);
  let inFlight = 0;
  let maxInFlight = 0;
  let count = 0;
  let connections = 0;

  const server = createServer(async (request, response) => {
    const startedAt = performance.now();
    inFlight += 1;
    maxInFlight = Math.max(maxInFlight, inFlight);
    response.once('close', () => {
      inFlight -= 1;
    });
    const index = count++;
    try {
      const body = await readJson(request);
      const reply = scripted.shift() ?? options.reply?.(index, body) ?? { kind: 'answer' };
      requests.push({ body, headers: request.headers, startedAt, reply: reply.kind });
      await send(response, reply, body, request.headers, options, closing.signal);
    } catch {
      response.destroy();
    }
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function close(): Promise<void> {
    closing.abort();
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  return {
    origin,
    url: `${origin}/api/v2/detect-city`,
    requests,
    maxInFlight: () => maxInFlight,
    connections: () => connections,
    script: (...replies) => {
      scripted.push(...replies);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** One of each way to fail that a client gets over by asking again. */
const FAULTS: readonly Reply[] = [
  { kind: 'http', status: 429, retryAfter: '0' },
  { kind: 'http', status: 502 },
  { kind: 'http', status: 503 },
  { kind: 'http', status: 504 },
  { kind: 'internal' },
  { kind: 'alerts' },
  { kind: 'reset' },
  { kind: 'hang' },
  { kind: 'empty' },
  { kind: 'truncated' },
  { kind: 'bad-json' },
  { kind: 'html' },
];

/** Fails with `probability` in one of the ways of `faults`, else answers; the same for the same seed. */
export function mixedFaults(probability: number, seed: number, faults = FAULTS): (index: number) => Reply {
  const random = seededRandom(seed);
  return () => {
    const [fails, which] = [random(), random()];
    const fault = faults[Math.floor(which * faults.length)];
    return fails < probability && fault !== undefined ? fault : { kind: 'answer' };
  };
}

/** Numbers from 0 to below 1 that are the same for the same seed (the generator "mulberry32"). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

async function send(
  response: ServerResponse,
  reply: Reply,
  question: unknown,
  headers: IncomingHttpHeaders,
  options: ScriptedUpstreamOptions,
  closing: AbortSignal,
): Promise<void> {
  const table = scriptedAnswer(question, headers['cdek-developer-key']?.toString(), options);
  const json = JSON.stringify(table.body);
  const half = json.slice(0, json.length / 2);
  const asJson = (status: number, body: string) =>
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(body);

  switch (reply.kind) {
    case 'answer': {
      const latencyMs = reply.latencyMs ?? options.latencyMs ?? 0;
      if (latencyMs > 0) await sleep(latencyMs, undefined, { signal: closing });
      asJson(reply.status ?? table.status, reply.body === undefined ? json : JSON.stringify(reply.body));
      return;
    }
    case 'http':
      response.writeHead(reply.status, {
        'content-type': 'text/plain',
        ...(reply.retryAfter === undefined ? {} : { 'retry-after': reply.retryAfter }),
      });
      response.end(reply.body ?? 'upstream connect error');
      return;
    case 'internal':
      asJson(200, JSON.stringify({ status_code: 'ERR_INTERNAL', status_msg: '接口内部错误' }));
      return;
    case 'alerts':
      asJson(500, '{"alerts":[{"type":"danger","errorCode":"internal_error","msg":"Внутренняя ошибка"}]}');
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'upgrade':
      response.socket?.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n');
      return;
    case 'hang':
      return;
    case 'drip':
      response.writeHead(200, { 'content-type': 'application/json' });
      await writeUntilClosed(response, ' ', 20, closing);
      return;
    case 'empty':
      asJson(200, '');
      return;
    case 'truncated':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) });
      response.write(half, () => response.socket?.destroy());
      return;
    case 'bad-json':
      asJson(200, half);
      return;
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><title>Bad Gateway</title>');
      return;
    case 'redirect':
      response.writeHead(307, { location: reply.to }).end();
      return;
    case 'huge':
      response.writeHead(200, { 'content-type': 'application/json' });
      await writeUntilClosed(response, ' '.repeat(256 * 1024), 0, closing);
      return;
  }
}

async function writeUntilClosed(response: ServerResponse, text: string, pauseMs: number, closing: AbortSignal) {
  while (!response.closed && !closing.aborted) {
    response.write(text);
    await sleep(pauseMs, undefined, { signal: closing });
  }
}
