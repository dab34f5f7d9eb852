import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { resolve } from 'node:path';
import { createServer } from 'node:tls';

/**
 * Certificates for tests alone, made with `openssl req -x509` (the authority) and `openssl x509 -req` (the server, for
 * detect.test, localhost and 127.0.0.1), valid until 2126. The authority's key is not kept.
 */
const FOLDER = resolve('test/hostile/certificates');

/** The authority that signed the server's certificate. */
export const AUTHORITY_FILE = `${FOLDER}/authority.pem`;

/** A server that holds sockets, and cuts them when it is closed. */
export interface ListeningServer extends AsyncDisposable {
  readonly port: number;
}

/** TLS in front of a server that speaks plain HTTP on this port of the loopback. */
export function startSecureServer(plainPort: number): Promise<ListeningServer> {
  const identity = { cert: readFileSync(`${FOLDER}/server.pem`), key: readFileSync(`${FOLDER}/server.key`) };
  const server = createServer(identity, (socket) => joined(socket, connect(plainPort, '127.0.0.1')));
  server.on('tlsClientError', () => {});
  return listening(server);
}

/** Starts a server on a free port of the loopback. */
export async function listening(server: Server): Promise<ListeningServer> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket)).on('error', () => {});
  });
  await new Promise<void>((listen) => server.listen(0, '127.0.0.1', listen));
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** Lets two sockets talk to each other; when one is gone, so is the other. */
export function joined(one: Socket, other: Socket): void {
  one.pipe(other).pipe(one);
  for (const [socket, peer] of [
    [one, other],
    [other, one],
  ] as const) {
    socket.on('error', () => {}).once('close', () => peer.destroy());
  }
}
