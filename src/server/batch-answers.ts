import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Outcome } from '../address/outcome.ts';
import type { AddressQuery } from '../address/query.ts';
import { renderAnswer } from './answer.ts';
import { loggable } from './failures.ts';
import { fieldText } from './field-text.ts';
import type { Eventually } from './in-order.ts';
import type { ServerParts } from './parts.ts';
import { type AskedQuestion, QUESTION_SCHEMA, type QuestionBody, readQuestion } from './question.ts';
import { REFUSALS, refusalBody } from './refusals.ts';

/** Answers the items of one batch, until the client is gone. */
export interface BatchAnswers {
  /** An answer per item, as JSON, at once where it is at hand. An item that is no question gets its error as answer. */
  of(items: readonly unknown[]): readonly Eventually<string>[];
  /** Lets go of the client. */
  release(): void;
}

/** Opens the work on one batch. */
export function batchAnswers(
  request: FastifyRequest,
  reply: FastifyReply,
  { detector, rules, defaults, traffic }: ServerParts,
): BatchAnswers {
  const { language } = request;
  const validate = request.compileValidationSchema(QUESTION_SCHEMA);
  const wait = traffic.wait(reply.raw);
  let hasFailed = false;

  function read(item: unknown): AskedQuestion | string {
    if (item === undefined) return refusalBody(REFUSALS.notJson, language);
    if (validate(item)) return readQuestion(item as QuestionBody, defaults);
    return refusalBody(REFUSALS.wrongShape, language, fieldText(validate.errors?.[0]));
  }

  function render(asked: AskedQuestion, outcome: Outcome): string {
    return renderAnswer(asked, outcome, rules, language).json;
  }

  async function ask(asked: AskedQuestion, query: AddressQuery): Promise<string> {
    try {
      return render(asked, await detector.ask(query, { signal: wait.signal }));
    } catch (error) {
      wait.signal.throwIfAborted();
      // The next one most likely fails alike: the log needs to say it once.
      if (!hasFailed) {
        request.server.log.error({ request_id: request.id, error: loggable(error) }, 'a question of a batch failed');
      }
      hasFailed = true;
      return refusalBody(REFUSALS.internal, language);
    }
  }

  return {
    of(items) {
      const read_ = items.map(read);
      const queries = read_.flatMap((asked) => (isQuery(asked) ? [asked.question] : []));
      const recalled = detector.recall(queries).values();
      return read_.map((asked) => {
        if (typeof asked === 'string') return asked;
        if (!isQuery(asked)) return render(asked, asked.question as Outcome);
        const known = recalled.next().value;
        return known === undefined ? ask(asked, asked.question) : render(asked, known);
      });
    },
    release: () => wait.release(),
  };
}

function isQuery(asked: AskedQuestion | string): asked is AskedQuestion & { readonly question: AddressQuery } {
  return typeof asked !== 'string' && !('kind' in asked.question);
}
