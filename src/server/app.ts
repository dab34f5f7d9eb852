import swagger from '@fastify/swagger';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { requireKey } from './access.ts';
import { batchRoute } from './batch.ts';
import { begin } from './begin.ts';
import { refuseBrokenHttp } from './broken-http.ts';
import { csvRoute } from './csv.ts';
import { detectCityRoute } from './detect-city.ts';
import { openApi } from './documents.ts';
import { replyToFailure } from './failures.ts';
import { healthRoutes } from './health.ts';
import { observed } from './observed.ts';
import { metricsRoute, openApiRoute } from './open-routes.ts';
import type { ServerParts } from './parts.ts';
import { requestIds } from './request-id.ts';
import { noteRoutes, replyNotFound } from './routes.ts';

/** Until its headers have arrived a request may take so long; a body that is held as a whole may take twice that. */
const HEADERS_MS = 15_000;
/** So long, in milliseconds, a connection may be still in both directions: an upstream that is down takes minutes. */
const STILL_MS = 300_000;
const KEEP_ALIVE_MS = 72_000;

/** The server, ready to listen. */
export async function createApp(parts: ServerParts): Promise<FastifyInstance> {
  const { settings, log } = parts;
  const app = Fastify({
    logger: { level: settings.logLevel, stream: log, base: null },
    // What is logged of a request names it; a logger of its own would cost each of them more than that.
    childLoggerFactory: (logger) => logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    genReqId: requestIds(),
    requestIdHeader: false,
    connectionTimeout: STILL_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    http: { headersTimeout: HEADERS_MS, connectionsCheckingInterval: HEADERS_MS / 3 },
    // Fields of the wrong type are refused rather than guessed; unknown ones are left alone.
    ajv: { customOptions: { coerceTypes: false, useDefaults: false, removeAdditional: false, allowUnionTypes: true } },
    clientErrorHandler: refuseBrokenHttp(settings.language),
    frameworkErrors: replyToFailure,
  });
  app.server.maxConnections = settings.maxConnections;
  app.decorateRequest('language', settings.language);
  app.decorateRequest('keyName', '');
  app.decorateRequest('keyLimit', undefined);
  app.decorateReply('saidCode', '');
  app.removeContentTypeParser('text/plain');
  const routes = noteRoutes(app);
  app.addHook('onRequest', begin(parts, routes, app.log));
  app.setErrorHandler(replyToFailure);
  app.setNotFoundHandler(replyNotFound(routes));
  await app.register(swagger, { openapi: openApi(parts.version) });
  await app.register(async (open) => {
    healthRoutes(open, parts);
    metricsRoute(open, parts);
    openApiRoute(open);
  });
  const counted = { ...parts, detector: observed(parts.detector, parts.metrics) };
  await app.register(async (keyed) => {
    await requireKey(keyed, counted);
    detectCityRoute(keyed, counted);
    await keyed.register(async (own) => batchRoute(own, counted));
    await keyed.register(async (own) => csvRoute(own, counted));
  });
  const sweep = setInterval(() => parts.traffic.cutLate(2 * HEADERS_MS), HEADERS_MS / 3).unref();
  app.addHook('onClose', async () => clearInterval(sweep));
  return app;
}
