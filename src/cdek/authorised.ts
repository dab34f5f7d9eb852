import { type Upstream, UpstreamFailure } from '../detector/upstream.ts';
import { GorodError } from '../errors.ts';
import { CREDENTIAL_TEXTS } from './texts.ts';
import type { Tokens } from './tokens.ts';

/** A question with the token to ask it with. */
export interface Authorised<Question> {
  readonly question: Question;
  readonly token: string;
}

/** The host did not take the token: HTTP 401, or the 500 with which API v2 answers a header it cannot make out. */
export class TokenRefused extends UpstreamFailure {}

/** So many tokens in a row, each just fetched, that were not taken: the next will not be either. */
const HOPELESS = 3;

/**
 * Wraps an upstream of API v2 so that its requests carry the token in force. A question whose token is not taken is
 * asked once more with a new one, never twice. Rejects with GorodError BAD_KEY where one new token after the other is
 * refused.
 */
export function authorised<Question, Answer>(
  upstream: Upstream<Authorised<Question>, Answer>,
  tokens: Tokens,
): Upstream<Question, Answer> {
  const refused = new Set<string>();
  /** A 500 that a new token did not help is the host's own trouble, as are those after it. */
  let inTrouble = false;

  function refuse(token: string): void {
    tokens.forget(token);
    refused.add(token);
    if (refused.size < HOPELESS) return;
    throw new GorodError('BAD_KEY', CREDENTIAL_TEXTS.tokensRefused(upstream.origin));
  }

  return {
    origin: upstream.origin,
    async ask(question, signal) {
      for (let isSecond = false; ; isSecond = true) {
        const token = await tokens.current(signal);
        try {
          const answer = await upstream.ask({ question, token }, signal);
          inTrouble = false;
          refused.clear();
          return answer;
        } catch (error) {
          if (!(error instanceof TokenRefused)) throw error;
          if (error.status === 401) refuse(token);
          else if (isSecond) inTrouble = true;
          if (isSecond || (error.status !== 401 && inTrouble)) throw error;
          tokens.forget(token);
        }
      }
    },
  };
}
