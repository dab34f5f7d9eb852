import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorCode, GorodError } from '../errors.ts';
import type { Texts } from '../languages.ts';
import { asParameters } from './csv-parameters.ts';
import { fieldText } from './field-text.ts';
import { REFUSALS, type Refusal } from './refusals.ts';
import { refuse } from './reply.ts';

/** A refusal on its way out of a hook or a handler. */
export function refusalError(refusal: Refusal, detail?: Texts): Error {
  return Object.assign(new Error(detail?.en ?? refusal.code), { refusal, detail, statusCode: refusal.http });
}

/** Ends of a job that are the client's to mend: its file or its parameters. */
const CLIENTS_OWN: ReadonlySet<ErrorCode> = new Set(['BAD_INPUT', 'BAD_COLUMNS', 'BAD_OPTION', 'INPUT_UNREADABLE']);

const OF_FASTIFY: Readonly<Record<string, Refusal>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: REFUSALS.contentType,
  FST_ERR_CTP_BODY_TOO_LARGE: REFUSALS.tooLarge,
  FST_ERR_CTP_EMPTY_JSON_BODY: REFUSALS.notJson,
  FST_ERR_CTP_INVALID_JSON_BODY: REFUSALS.notJson,
};

interface Told {
  readonly refusal: Refusal;
  readonly detail?: Texts;
}

/**
 * Turns whatever a hook or handler threw into a reply. What is not the client's doing is logged: of a foreign error only
 * the stack, since its other fields may hold a key or an address.
 */
export function replyToFailure(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const { refusal, detail } = toldOf(error);
  // What ends because its client is gone has not failed, and nobody is there to be told.
  if (refusal === REFUSALS.internal && !reply.raw.destroyed) {
    request.server.log.error({ request_id: request.id, error: loggable(error) }, 'a request failed');
  }
  refuse(request, reply, refusal, detail);
}

/** What the log may hold of an error. */
export function loggable(error: unknown): string {
  if (error instanceof GorodError) return `${error.code}: ${error.message}`;
  return error instanceof Error ? (error.stack ?? error.message) : 'no Error was thrown';
}

function toldOf(error: FastifyError): Told {
  if ('refusal' in error) return error as unknown as Told;
  if (error instanceof GorodError) {
    return CLIENTS_OWN.has(error.code)
      ? { refusal: REFUSALS.badFile, detail: asParameters(error.texts) }
      : { refusal: REFUSALS.internal };
  }
  if (error.validation !== undefined) return { refusal: REFUSALS.wrongShape, detail: fieldText(error.validation[0]) };
  const known = OF_FASTIFY[error.code];
  if (known !== undefined) return { refusal: known };
  // JSON.parse of Fastify's own parser: its message quotes the body.
  if (error instanceof SyntaxError) return { refusal: REFUSALS.notJson };
  const status = error.statusCode ?? 500;
  return { refusal: status >= 400 && status < 500 ? REFUSALS.badBody : REFUSALS.internal };
}
