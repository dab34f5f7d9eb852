import type { FastifyInstance } from 'fastify';
import type { ServerParts } from './parts.ts';

/** `GET /metrics`: the figures for Prometheus. */
export function metricsRoute(app: FastifyInstance, { metrics }: ServerParts): void {
  const schema = {
    summary: 'Figures for Prometheus',
    response: { 200: { description: 'Text format', type: 'string' } },
  };
  app.get('/metrics', { schema }, async (_, reply) => {
    reply.header('content-type', metrics.contentType);
    return metrics.render();
  });
}

/** `GET /openapi.json`: this API, made from the schemas that validate it. */
export function openApiRoute(app: FastifyInstance): void {
  let text: string | undefined;
  app.get('/openapi.json', { schema: { hide: true } }, (_, reply) => {
    text ??= JSON.stringify(app.swagger());
    return reply.header('content-type', 'application/json; charset=utf-8').send(text);
  });
}
