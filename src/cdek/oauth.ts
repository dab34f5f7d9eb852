import {
  type AuthorizationServer,
  allowInsecureRequests,
  ClientSecretPost,
  clientCredentialsGrantRequest,
  customFetch,
  processClientCredentialsResponse,
  ResponseBodyError,
} from 'oauth4webapi';
import { type Upstream, UpstreamFailure } from '../detector/upstream.ts';
import { GorodError } from '../errors.ts';
import type { ClientCredentials } from './credentials.ts';
import { type Exchange, type ExchangeOptions, openExchange } from './exchange.ts';
import { CREDENTIAL_TEXTS } from './texts.ts';

/** What opens API v2 for a while. */
export interface Token {
  readonly value: string;
  /** From when it was given, in milliseconds. */
  readonly lifetimeMs: number;
}

export interface TokenOptions extends ExchangeOptions {
  /** The base address of API v2, without a slash at its end. */
  readonly base: string;
  readonly client: ClientCredentials;
}

/** Holds where the answer does not say for how long a token is good; CDEK's are good for an hour. */
const CAUTIOUS_LIFETIME_S = 300;

/** OAuth 2.0 codes (RFC 6749, 5.2) that say that this client will never get a token. */
const REFUSALS = ['invalid_client', 'unauthorized_client', 'access_denied'] as const;

/**
 * The token request of API v2 (OAuth 2.0, client credentials in the form): one attempt per question. Rejects with
 * UpstreamFailure, and with GorodError BAD_KEY where the client is refused.
 */
export function tokenUpstream({ base, client, ...line }: TokenOptions): Upstream<'token', Token> {
  const { origin } = new URL(base);
  const exchange = openExchange(line);
  const server: AuthorizationServer = { issuer: origin, token_endpoint: `${base}/v2/oauth/token` };
  const identity = { client_id: client.clientId };
  const authentication = ClientSecretPost(client.clientSecret);

  return {
    origin,
    async ask(_, signal) {
      const refused = (told: string) => new GorodError('BAD_KEY', CREDENTIAL_TEXTS.clientRefused(origin, told));
      const response = await clientCredentialsGrantRequest(server, identity, authentication, new URLSearchParams(), {
        [customFetch]: (url, { headers, body }) => fetchOver(exchange, url, headers, String(body), signal),
        // Plain HTTP has been refused by then, but for this machine and --allow-http.
        [allowInsecureRequests]: true,
      });
      // Also where the body is not OAuth's, as that of a gateway.
      if (response.status === 401) throw refused(refusalIn(await response.text()) ?? 'HTTP 401');
      const token = await processClientCredentialsResponse(server, identity, response).catch((error: unknown) => {
        // Causes are left out: they may hold the client's secret or a token.
        const refusal = error instanceof ResponseBodyError ? REFUSALS.find((code) => code === error.error) : undefined;
        if (refusal !== undefined) throw refused(refusal);
        const { status } = response;
        throw new UpstreamFailure(status === 200 ? 'no token in the answer' : `no token: HTTP ${status}`, { status });
      });
      if (!/^[\x21-\x7e]+$/.test(token.access_token)) throw new UpstreamFailure('no token in the answer');
      return { value: token.access_token, lifetimeMs: (token.expires_in ?? CAUTIOUS_LIFETIME_S) * 1000 };
    },
  };
}

/** The code in the body of a refusal; no other text, for it may hold what was sent. */
function refusalIn(body: string): string | undefined {
  return REFUSALS.find((code) => body.includes(`"${code}"`));
}

/** What oauth4webapi takes for `fetch`, so that proxies, authorities and time-outs hold for tokens too. */
async function fetchOver(
  exchange: Exchange,
  url: string,
  headers: Record<string, string>,
  body: string,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const answer = await exchange.send({ url, method: 'POST', headers, body }, signal).catch((error: unknown) => {
    if (!(error instanceof UpstreamFailure)) throw error;
    throw new UpstreamFailure(`no token: ${error.message}`, { status: error.status, retryAfterMs: error.retryAfterMs });
  });
  // A Response of these statuses may have no body.
  const bodyless = [204, 205, 304].includes(answer.status);
  return new Response(bodyless ? null : answer.body, {
    status: answer.status,
    headers: { 'content-type': answer.contentType ?? 'application/octet-stream' },
  });
}
