import { Readable } from 'node:stream';
import { setImmediate as othersTurn } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type BatchAnswers, batchAnswers } from './batch-answers.ts';
import { cutShort } from './cut-short.ts';
import { KEYED, streamResponses } from './documents.ts';
import { inOrder } from './in-order.ts';
import { readLines } from './lines.ts';
import type { ServerParts } from './parts.ts';
import { REFUSALS } from './refusals.ts';
import { JSON_TYPE, refuse } from './reply.ts';

/** The largest JSON array, in bytes: it is held as a whole. NDJSON of any length is not. */
const ARRAY_BYTES = 4 * 1024 * 1024;
/** The longest line of NDJSON, in characters: as much as one question may have. */
const LINE_CHARS = 64 * 1024;
/** Items of an array that are looked up at one time. */
const ARRAY_PIECE = 100;

const NDJSON = 'application/x-ndjson';

/** How a form of batch is written: what stands before, between and behind the answers. */
interface Form {
  readonly type: string;
  readonly before: string;
  readonly between: string;
  readonly after: string;
}

const ARRAY_FORM: Form = { type: JSON_TYPE, before: '[', between: ',', after: ']' };
const NDJSON_FORM: Form = { type: `${NDJSON}; charset=utf-8`, before: '', between: '\n', after: '\n' };

/** `POST /api/v2/detect-city/batch`: many questions in, as many answers out, in the same form and order. */
export function batchRoute(app: FastifyInstance, parts: ServerParts): void {
  const { traffic, settings } = parts;

  function stream(
    request: FastifyRequest,
    reply: FastifyReply,
    form: Form,
    batches: AsyncIterable<readonly unknown[]> | Iterable<readonly unknown[]>,
  ): FastifyReply {
    const answers = batchAnswers(request, reply, parts);
    const texts = render(inOrder(answered(batches, answers), settings.maxOpenQuestions), form, answers);
    const body = Readable.from(texts, { objectMode: false }).once('error', () => cutShort(request));
    return reply.header('content-type', form.type).send(body);
  }

  app.addContentTypeParser([NDJSON, 'application/ndjson'], (_, payload, done) => done(null, payload));
  app.post(
    '/api/v2/detect-city/batch',
    {
      bodyLimit: ARRAY_BYTES,
      schema: {
        ...KEYED,
        summary: 'Detect the CDEK cities of many addresses',
        body: {
          content: {
            'application/json': {
              schema: { type: 'array', description: 'Each as the body of detect-city.', items: {} },
            },
            [NDJSON]: { schema: { description: 'One question a line, each as the body of detect-city.' } },
            'application/ndjson': { schema: {} },
          },
        },
        response: streamResponses('As many answers, in the same form and order', ['application/json', NDJSON]),
      },
    },
    (request, reply) => {
      if (!traffic.takeStream(reply.raw)) return refuse(request, reply, REFUSALS.busy);
      const { body } = request;
      if (Array.isArray(body)) return stream(request, reply, ARRAY_FORM, inPieces(body));
      return stream(request, reply, NDJSON_FORM, parsedLines(body as AsyncIterable<Uint8Array>));
    },
  );
}

async function* answered(
  batches: AsyncIterable<readonly unknown[]> | Iterable<readonly unknown[]>,
  answers: BatchAnswers,
) {
  for await (const items of batches) {
    yield answers.of(items);
    await othersTurn();
  }
}

async function* render(
  answered: AsyncIterable<readonly string[]>,
  form: Form,
  answers: BatchAnswers,
): AsyncGenerator<string, void> {
  try {
    let isFirst = true;
    for await (const texts of answered) {
      yield (isFirst ? form.before : form.between) + texts.join(form.between);
      isFirst = false;
    }
    if (!isFirst) yield form.after;
    else if (form === ARRAY_FORM) yield '[]';
  } finally {
    answers.release();
  }
}

function* inPieces(items: readonly unknown[]): Generator<readonly unknown[], void> {
  for (let from = 0; from < items.length; from += ARRAY_PIECE) yield items.slice(from, from + ARRAY_PIECE);
}

/** Lines as JSON; undefined, which no JSON is, for one that is none or too long. */
async function* parsedLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<readonly unknown[], void> {
  for await (const lines of readLines(bytes, LINE_CHARS)) yield lines.map(parsed);
}

function parsed(line: string | undefined): unknown {
  try {
    return line === undefined ? undefined : JSON.parse(line);
  } catch {
    return undefined;
  }
}
