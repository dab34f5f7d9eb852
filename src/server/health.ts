import type { FastifyInstance } from 'fastify';
import type { AddressQuery } from '../address/query.ts';
import { REFUSAL_SCHEMA } from './documents.ts';
import { loggable } from './failures.ts';
import type { ServerParts } from './parts.ts';
import { REFUSALS } from './refusals.ts';
import { refuse, sendJson } from './reply.ts';

/** Any question will do: a detector that can look it up can look up others. */
const PROBE: AddressQuery = { postcode: '101000', address: 'Moskva', codRub: 0, countryCode: 'ru', fiasOnly: false };

const WELL = JSON.stringify({ status_code: 'OK', status_msg: 'OK' });

/** `GET /healthz`: the process is alive. `GET /readyz`: it can answer and takes on questions. Neither needs a key. */
export function healthRoutes(app: FastifyInstance, { detector, traffic }: ServerParts): void {
  const response = { 200: REFUSAL_SCHEMA, 503: REFUSAL_SCHEMA };
  const options = (summary: string) => ({ schema: { summary, response }, logLevel: 'warn' as const });

  app.get('/healthz', options('Whether the process is alive'), (_, reply) => sendJson(reply, 200, 'OK', WELL));
  app.get('/readyz', options('Whether questions are taken on'), (request, reply) => {
    if (traffic.isDraining()) return refuse(request, reply, REFUSALS.draining);
    try {
      detector.recall([PROBE]);
    } catch (error) {
      app.log.error({ request_id: request.id, error: loggable(error) }, 'the detector cannot be used');
      return refuse(request, reply, REFUSALS.unusable);
    }
    return sendJson(reply, 200, 'OK', WELL);
  });
}
