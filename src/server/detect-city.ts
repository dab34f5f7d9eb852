import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Outcome } from '../address/outcome.ts';
import type { AddressQuery } from '../address/query.ts';
import { type RenderedAnswer, renderAnswer } from './answer.ts';
import { ANSWER_RESPONSES, KEYED } from './documents.ts';
import type { ServerParts } from './parts.ts';
import { type AskedQuestion, QUESTION_SCHEMA, type QuestionBody, readQuestion } from './question.ts';
import { httpStatusOf, REFUSALS } from './refusals.ts';
import { answerKey, rememberedAnswers } from './remembered.ts';
import { sendJson } from './reply.ts';

/** The largest body of one question, in bytes. */
const QUESTION_BYTES = 64 * 1024;

/** So many answers are remembered, at the least; each takes about 2 KB. */
const REMEMBERED = 4096;

/** `POST /api/v2/detect-city`: one question, as in the seed document. */
export function detectCityRoute(app: FastifyInstance, parts: ServerParts): void {
  const { detector, rules, defaults, settings, traffic, metrics } = parts;
  let remembered = parts.isUnchanging ? rememberedAnswers(REMEMBERED) : undefined;
  let revision = detector.revision?.();

  /** What was answered before somebody settled something else may be wrong by now. */
  function forgetOutdated(): void {
    const current = detector.revision?.();
    if (current === revision) return;
    revision = current;
    if (remembered !== undefined) remembered = rememberedAnswers(REMEMBERED);
  }

  /** Asks for as long as the client is there; the question itself goes on without it, for the next who has it. */
  async function ask(query: AddressQuery, reply: FastifyReply): Promise<Outcome> {
    const wait = traffic.wait(reply.raw, settings.answerWithinMs);
    try {
      return await detector.ask(query, { signal: wait.signal });
    } catch (error) {
      if (!wait.signal.aborted) throw error;
      return { kind: 'deferred', reason: wait.signal.reason.message };
    } finally {
      wait.release();
    }
  }

  async function askAndSend(request: FastifyRequest, reply: FastifyReply, asked: AskedQuestion, query: AddressQuery) {
    const outcome = await ask(query, reply);
    if (outcome.kind === 'deferred') reply.header('retry-after', REFUSALS.unasked.retryAfter);
    return send(reply, renderAnswer(asked, outcome, rules, request.language));
  }

  function handle(request: FastifyRequest<{ Body: QuestionBody }>, reply: FastifyReply) {
    const { body, language } = request;
    forgetOutdated();
    const key = remembered && answerKey(language, body);
    const before = key === undefined ? undefined : remembered?.get(key);
    if (before !== undefined) {
      metrics.answer('local');
      return send(reply, before);
    }
    const asked = readQuestion(body, defaults);
    const { question } = asked;
    if ('kind' in question) return send(reply, renderAnswer(asked, question, rules, language));
    const [known] = detector.recall([question]);
    if (known === undefined) return askAndSend(request, reply, asked, question);
    const answer = renderAnswer(asked, known, rules, language);
    if (key !== undefined) remembered?.set(key, answer);
    return send(reply, answer);
  }

  const schema = {
    ...KEYED,
    summary: 'Detect the CDEK city of an address',
    body: QUESTION_SCHEMA,
    response: ANSWER_RESPONSES,
  };
  app.post('/api/v2/detect-city', { bodyLimit: QUESTION_BYTES, schema }, handle);
}

function send(reply: FastifyReply, { code, json }: RenderedAnswer): FastifyReply {
  return sendJson(reply, httpStatusOf(code), code, json);
}
