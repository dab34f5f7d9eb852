import { UpstreamFailure } from '../../detector/upstream.ts';
import { GorodError } from '../../errors.ts';
import { type ExchangeOptions, type HttpAnswer, openExchange } from '../exchange.ts';
import { field, parseAlerts, parseJson } from './alerts.ts';
import { md5 } from './md5.ts';

/** Whom the token service of the old API knows. */
export interface TokenUser {
  readonly user: string;
  readonly password: string;
}

export interface LegacyTokenOptions extends ExchangeOptions, TokenUser {
  /** The full URL of the request. */
  readonly url: string;
}

/** So much of the service's own words is shown, in characters. */
const LONGEST_TEXT = 300;

/**
 * Asks the old API for a token, with the MD5 of the password (seed document "CDEK API Reference", Token): one attempt.
 * Rejects with GorodError BAD_KEY where user and password are refused, with UpstreamFailure where no answer came. Both
 * tell the code and the text of the service's alert, which cannot show what was sent.
 */
export async function requestToken(options: LegacyTokenOptions, signal?: AbortSignal): Promise<string> {
  const { url, user, password, ...line } = options;
  const hashedPass = md5(password);
  const body = JSON.stringify({ user, hashedPass });
  const headers = { 'content-type': 'application/json' };
  const answer = await openExchange(line).send({ url, method: 'POST', headers, body }, signal);
  const token = field(parseJson(answer.body), 'token');
  if (answer.status === 200 && typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)) return token;
  throw failure(answer, new URL(url).origin, (text) => hide(text, [password, hashedPass, user]));
}

function failure({ status, body, retryAfterMs }: HttpAnswer, origin: string, shown: (text: string) => string): Error {
  const alerts = parseAlerts(body);
  const told = shown(alerts.map(({ errorCode, msg }) => (msg === '' ? errorCode : `${errorCode}: ${msg}`)).join('; '));
  const isRefused = status === 401 || status === 403 || alerts.some(({ errorCode }) => errorCode === 'auth_failed');
  if (isRefused) {
    return new GorodError(
      'BAD_KEY',
      `The token user for ${origin} was refused (${told === '' ? `HTTP ${status}` : told}): check CDEK_TOKEN_USER and ` +
        'CDEK_TOKEN_PASSWORD, or --token-user-file and --token-password-file',
    );
  }
  if (told !== '') return new UpstreamFailure(told, { status, retryAfterMs });
  return new UpstreamFailure(status === 200 ? 'no token in the answer' : `HTTP ${status}`, { status, retryAfterMs });
}

/** A server may repeat what it was sent. Only then is the text cut, lest half of a secret stay at its end. */
function hide(text: string, secrets: readonly string[]): string {
  const hidden = secrets.reduce((left, secret) => (secret === '' ? left : left.replaceAll(secret, '***')), text);
  return hidden.slice(0, LONGEST_TEXT);
}
