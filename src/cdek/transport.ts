import { type ClientRequest, type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestOverTls } from 'node:https';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createUnzip } from 'node:zlib';
import type { Agents } from './agents.ts';
import { failureReason } from './failure.ts';

/** A request, with headers complete but for those of the body and the connection. */
export interface Outgoing {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface TransportOptions {
  readonly agents: Agents;
  /** From the connection to the last byte. */
  readonly timeoutMs: number;
  /** A longer body, unpacked, is a failure, in bytes. */
  readonly largestBody: number;
}

/** What came back. With `failure`, a few words that hold neither address nor key, it is not whole. */
export interface Received {
  readonly response: IncomingMessage | undefined;
  readonly body: Buffer;
  readonly failure?: string;
}

/**
 * One request and what comes back, over Node's own client: a general one (got) took four times the processor time of
 * the whole exchange. Redirects are not followed. Never rejects; an abort of `signal` is a failure like others.
 */
export function transmit(
  outgoing: Outgoing,
  { agents, timeoutMs, largestBody }: TransportOptions,
  signal: AbortSignal | undefined,
): Promise<Received> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let response: IncomingMessage | undefined;
    const request = open(outgoing, agents);
    const timer = setTimeout(() => end(`timed out after ${timeoutMs / 1000} s`), timeoutMs);
    const onAbort = () => end('request failed');
    // What errs after the end errs in vain, but must be listened to.
    const onError = (error: unknown) => end(failureReason(error, timeoutMs));

    function end(failure?: string): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      if (failure !== undefined) request.destroy();
      resolve({ response, body: Buffer.concat(chunks), ...(failure === undefined ? {} : { failure }) });
    }

    signal?.addEventListener('abort', onAbort, { once: true });
    request.on('error', onError);
    request.on('response', (incoming: IncomingMessage) => {
      response = incoming;
      incoming.on('error', onError);
      const body = unpacked(incoming);
      body.on('error', onError);
      body.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > largestBody) end('body is too large');
      });
      body.on('end', () => end());
    });
    request.end(outgoing.body);
  });
}

function open({ url, method, headers, body }: Outgoing, agents: Agents): ClientRequest {
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  const options = { method, headers: { ...headers, 'accept-encoding': 'gzip, deflate, br', ...length } };
  if (!url.startsWith('https:')) return requestPlain(url, { ...options, agent: agents.http });
  // Stated, so that NODE_TLS_REJECT_UNAUTHORIZED cannot say otherwise.
  return requestOverTls(url, { ...options, agent: agents.https, rejectUnauthorized: true });
}

function unpacked(response: IncomingMessage): Readable {
  switch (response.headers['content-encoding']?.toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
    case 'deflate':
      return response.pipe(createUnzip());
    case 'br':
      return response.pipe(createBrotliDecompress());
    default:
      return response;
  }
}
