import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Language } from '../languages.ts';
import { REFUSALS, type Refusal, refusalBody } from './refusals.ts';
import { JSON_TYPE } from './reply.ts';

const OF_NODE: Readonly<Record<string, Refusal>> = {
  ERR_HTTP_REQUEST_TIMEOUT: REFUSALS.tooSlow,
  HPE_HEADER_OVERFLOW: REFUSALS.headersTooLarge,
};

/** What a connection gets on which no request can be read. */
export function refuseBrokenHttp(language: Language): (error: NodeJS.ErrnoException, socket: Socket) => void {
  return (error, socket) => {
    // Into the middle of a response, or behind one, nothing can be written that would be understood.
    if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0) {
      socket.destroy();
      return;
    }
    const refusal = OF_NODE[error.code ?? ''] ?? REFUSALS.badHttp;
    const body = refusalBody(refusal, language);
    const head = [
      `HTTP/1.1 ${refusal.http} ${STATUS_CODES[refusal.http]}`,
      `Content-Type: ${JSON_TYPE}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
  };
}
