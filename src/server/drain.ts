import { Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Traffic } from './traffic.ts';

/** What is cut off at the end of the time to drain gets so long, in milliseconds, to say so. */
const LAST_WORDS_MS = 200;

/**
 * Stops a server: no new connections, ERR_UNAVAILABLE on those that are there, and `withinMs` for the requests under
 * way. Then it is closed. Resolves with the number of requests that were cut off.
 */
export async function drain(app: FastifyInstance, traffic: Traffic, withinMs: number): Promise<number> {
  traffic.drain();
  // The HTTP server's own `close` would cut the connections that are idle, though their clients may be about to ask.
  Server.prototype.close.call(app.server);
  const patience = new AbortController();
  await Promise.race([traffic.idle(), delay(withinMs, undefined, { signal: patience.signal })]);
  patience.abort();
  const cutOff = traffic.open();
  if (cutOff > 0) {
    traffic.cutOff();
    await Promise.race([traffic.idle(), delay(LAST_WORDS_MS)]);
  }
  app.server.closeAllConnections();
  await app.close();
  return cutOff;
}
