import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Language, Texts } from '../languages.ts';
import { type Refusal, refusalBody } from './refusals.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The language in which the client wants to be spoken to. */
    language: Language;
    /** Whose key the request came with; '' where none is needed. */
    keyName: string;
    /** What that key may do a second; undefined for any number. */
    keyLimit: number | undefined;
  }
  interface FastifyReply {
    /** The `status_code` that was sent, for the log and the metrics; '' where there is none. */
    saidCode: string;
  }
}

export const JSON_TYPE = 'application/json; charset=utf-8';

/** Sends a body of JSON that is text already. */
export function sendJson(reply: FastifyReply, http: number, code: string, json: string): FastifyReply {
  reply.saidCode = code;
  return reply.code(http).header('content-type', JSON_TYPE).send(json);
}

/** Sends what is no answer, in the client's language. `detail` says what exactly is wrong, without what was sent. */
export function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  refusal: Refusal,
  detail?: string | Texts,
): FastifyReply {
  if (refusal.retryAfter !== undefined) reply.header('retry-after', refusal.retryAfter);
  return sendJson(reply, refusal.http, refusal.code, refusalBody(refusal, request.language, detail));
}
