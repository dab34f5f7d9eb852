import { PassThrough } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Texts } from '../languages.ts';
import { type Job, runJob } from '../pipeline/job.ts';
import { OUTPUT_COLUMNS } from '../pipeline/output-columns.ts';
import { emptyTally } from '../pipeline/tally.ts';
import { CSV_QUERY_SCHEMA, parseCsvQuery } from './csv-query.ts';
import { cutShort } from './cut-short.ts';
import { KEYED, streamResponses } from './documents.ts';
import { loggable } from './failures.ts';
import { heldResponse } from './held-response.ts';
import type { ServerParts } from './parts.ts';
import { REFUSALS } from './refusals.ts';
import { refuse } from './reply.ts';

const CSV_TYPES = [
  'text/csv',
  'text/tab-separated-values',
  'text/plain',
  'application/csv',
  'application/octet-stream',
] as const;

/** An error within the first so many bytes, or milliseconds, is told with its HTTP status. */
const HELD_BYTES = 64 * 1024;
const HELD_MS = 1000;

/** What messages call the file that a client sends. */
const BODY_NAMES: Texts = { en: 'the body', zh: '请求内容', ru: 'тело запроса' };

/** `POST /csv`: a CSV in, the enriched CSV out, as `gorod run -` writes it. */
export function csvRoute(app: FastifyInstance, parts: ServerParts): void {
  const { traffic } = parts;
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser([...CSV_TYPES], (_, payload, done) => done(null, payload));
  app.post(
    '/csv',
    {
      schema: {
        ...KEYED,
        summary: 'Enrich a CSV of shipments',
        querystring: CSV_QUERY_SCHEMA,
        body: { content: { 'text/csv': { schema: {} } } },
        response: streamResponses('The same rows with the added columns', ['text/csv']),
      },
      // What a browser or a shell sends as body is checked by reading it.
      validatorCompiler: () => () => true,
    },
    async (request, reply) => {
      if (!traffic.takeStream(reply.raw)) return refuse(request, reply, REFUSALS.busy);
      return enrichBody(toJob(request, parts), request, reply, parts);
    },
  );
}

async function enrichBody(job: Job, request: FastifyRequest, reply: FastifyReply, parts: ServerParts) {
  const wait = parts.traffic.wait(reply.raw);
  const held = heldResponse(HELD_BYTES);
  // The job ends its input when it is done with it; the connection has to outlive that to carry the error.
  const body = request.raw.pipe(new PassThrough());
  request.raw.once('error', (error) => body.destroy(error));
  const done = runJob(job, {
    detector: parts.detector,
    stdin: body,
    stdout: held.writable,
    signal: wait.signal,
    tally: emptyTally(),
    journal: undefined,
    onRemark: () => {},
    onColumns: () => {},
    onWritten: () => {},
  }).finally(() => {
    wait.release();
    // What is left of the body is read and forgotten, so that the client comes to the end of it and sees the reply.
    request.raw.resume();
  });
  const cutOff = (error: unknown) => {
    const failure = { request_id: request.id, error: loggable(error) };
    if (!wait.isClientGone()) request.server.log.warn(failure, 'a CSV was cut off');
    cutShort(request);
    held.readable.destroy(error instanceof Error ? error : new Error(String(error)));
  };
  const complete = done.then(() => true);
  const isHeld = delay(HELD_MS, undefined, { ref: false }).then(() => false);
  const isComplete = await Promise.race([complete, held.full.then(() => false), isHeld]);
  if (isComplete) held.writable.end();
  else complete.then(() => held.writable.end()).catch(cutOff);
  return reply.header('content-type', 'text/csv; charset=utf-8').send(held.readable);
}

function toJob(request: FastifyRequest, { rules, defaults, settings }: ServerParts): Job {
  const query = parseCsvQuery(request.query as Readonly<Record<string, unknown>>);
  return {
    ...query,
    input: '-',
    stdinName: BODY_NAMES[request.language],
    output: '-',
    columns: query.columns ?? {},
    fields: query.fields ?? OUTPUT_COLUMNS,
    sheet: undefined,
    outputEncoding: 'utf-8',
    bom: undefined,
    language: request.language,
    defaults: { country: query.country ?? defaults.country, fiasOnly: query.fiasOnly ?? defaults.fiasOnly },
    rules,
    maxOpenQuestions: settings.maxOpenQuestions,
  };
}
