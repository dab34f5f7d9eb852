import { createServer, type IncomingHttpHeaders } from 'node:http';
import { connect, type Socket } from 'node:net';
import { joined, type ListeningServer, listening } from './secure-server.ts';

export interface TunnelRequest {
  /** Host and port that the proxy was asked to connect to. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
}

export interface TunnelProxy extends ListeningServer {
  readonly requests: readonly TunnelRequest[];
}

/** What a proxy does when it is asked for a tunnel: opens it to a port of the loopback, says this, or says nothing. */
export type TunnelReply = { readonly port: number } | { readonly says: string } | 'nothing';

/** A real HTTP proxy that knows CONNECT only, and takes every name for this machine. */
export async function startTunnelProxy(reply: TunnelReply): Promise<TunnelProxy> {
  const requests: TunnelRequest[] = [];
  const server = createServer((_, response) => response.writeHead(405).end());
  server.on('connect', (request, socket: Socket) => {
    requests.push({ target: request.url ?? '', headers: request.headers });
    if (reply === 'nothing') return;
    if ('says' in reply) {
      socket.end(reply.says);
      return;
    }
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    joined(socket, connect(reply.port, '127.0.0.1'));
  });
  const listener = await listening(server);
  return { ...listener, requests };
}
