import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { refusalError } from './failures.ts';
import type { ServerParts } from './parts.ts';
import { REFUSALS } from './refusals.ts';
import { refuse } from './reply.ts';

/** The header that holds the developer key (seed document "detect-city"). */
const KEY_HEADER = 'cdek-developer-key';

/**
 * Takes on only requests with an accepted developer key, not more of them a second than the key may make, and none while
 * the server is being stopped or has as many as it can bear. Checked before a body is read. For the routes that are
 * registered on `app` from now on.
 */
export async function requireKey(
  app: FastifyInstance,
  { keys, limited, traffic, settings }: Pick<ServerParts, 'keys' | 'limited' | 'traffic' | 'settings'>,
): Promise<void> {
  app.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done) => {
    if (traffic.isDraining()) return void refuse(request, reply.header('connection', 'close'), REFUSALS.draining);
    const key = request.headers[KEY_HEADER];
    if (typeof key !== 'string' || key.trim() === '') return void refuse(request, reply, REFUSALS.noKey);
    const entry = keys.find(key);
    if (entry === undefined) return void refuse(request, reply, REFUSALS.badKey);
    request.keyName = entry.name;
    request.keyLimit = entry.limit;
    if (traffic.open() >= settings.maxConnections) return void refuse(request, reply, REFUSALS.busy);
    traffic.track(reply.raw);
    done();
  });
  if (!limited) return;
  const { default: rateLimit } = await import('@fastify/rate-limit');
  await app.register(rateLimit, {
    timeWindow: 1000,
    keyGenerator: (request) => request.keyName,
    allowList: (request) => request.keyLimit === undefined,
    max: (request) => request.keyLimit ?? Number.MAX_SAFE_INTEGER,
    errorResponseBuilder: () => refusalError(REFUSALS.tooFast),
  });
}
