import type { FastifyRequest } from 'fastify';

/**
 * Resets the connection of an HTTP/1.0 client whose answer breaks off. That version has no chunks: a body ends there with
 * the connection, and one that is closed in good order would look whole.
 */
export function cutShort({ raw }: FastifyRequest): void {
  if (raw.httpVersion === '1.0') raw.socket.resetAndDestroy();
}
