import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { REFUSALS } from './refusals.ts';
import { refuse } from './reply.ts';

/** The paths that are answered, with their methods. */
export interface Routes {
  /** The path of a request where it is one of ours, else `other`: for the log and the metrics. */
  label(request: IncomingMessage): string;
  methods(path: string): readonly string[];
}

/** Notes the routes that are registered on `app` from now on. */
export function noteRoutes(app: FastifyInstance): Routes {
  const known = new Map<string, string[]>();
  app.addHook('onRoute', ({ url, method }) => {
    known.set(url, [...(known.get(url) ?? []), ...[method].flat()]);
  });
  return {
    label(request) {
      const path = pathOf(request);
      return known.has(path) ? path : 'other';
    },
    methods: (path) => known.get(path) ?? [],
  };
}

/** 405 for a path that knows other methods, else 404. */
export function replyNotFound(routes: Routes) {
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const methods = routes.methods(pathOf(request.raw));
    if (methods.length === 0) return refuse(request, reply, REFUSALS.notFound);
    return refuse(request, reply.header('allow', methods.join(', ')), REFUSALS.wrongMethod);
  };
}

function pathOf({ url = '' }: IncomingMessage): string {
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
}
