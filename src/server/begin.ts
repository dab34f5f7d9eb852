import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import { namedLanguage, preferredLanguage } from './language.ts';
import type { ServerParts } from './parts.ts';
import { REFUSALS } from './refusals.ts';
import { refuse } from './reply.ts';
import type { Routes } from './routes.ts';

type Hook = (request: FastifyRequest, reply: FastifyReply, done: () => void) => void;

/** Begins every request: names it, sees to it that it is told in the log and the metrics, finds the client's language. */
export function begin({ metrics, settings }: ServerParts, routes: Routes, log: FastifyBaseLogger): Hook {
  return (request, reply, done) => {
    const startedAt = performance.now();
    reply.raw.once('close', () => {
      const ms = performance.now() - startedAt;
      const route = routes.label(request.raw);
      metrics.request(route, reply.saidCode, reply.statusCode, ms / 1000);
      log.info(requestLine(request, reply, route, ms));
    });
    reply.header('x-request-id', request.id);
    const { lang } = request.query as { readonly lang?: unknown };
    const header = request.headers['accept-language'];
    if (lang === undefined) {
      if (header !== undefined) request.language = preferredLanguage(header, settings.language);
      return done();
    }
    const named = namedLanguage(lang);
    if (named === undefined) return void refuse(request, reply, REFUSALS.badQuery, 'lang: en, zh, ru');
    request.language = named;
    done();
  };
}

/** What the log says of a request: never the address, the postcode or the key. */
function requestLine(request: FastifyRequest, reply: FastifyReply, route: string, ms: number) {
  const { id: request_id, method, keyName } = request;
  return {
    request_id,
    method,
    route,
    status: reply.statusCode,
    ...(reply.saidCode === '' ? {} : { status_code: reply.saidCode }),
    ms: Math.round(ms * 100) / 100,
    ...(keyName === '' ? {} : { key: keyName }),
    ...(reply.raw.writableFinished ? {} : { cut_off: true }),
  };
}
