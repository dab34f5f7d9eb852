import { setMaxListeners } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SCRIPTED_CITIES } from './scripted-cities.ts';

/** A city as API v2 writes it, with the postcodes that `location/postalcodes` has for it. */
export interface V2City {
  readonly code?: number | string;
  readonly city?: string;
  readonly postal_codes: readonly string[];
  readonly [field: string]: unknown;
}

/** How one request is replied to. */
export type V2Reply =
  /** From the table; or with another body or HTTP status, or after a while. */
  | { readonly kind: 'answer'; readonly body?: unknown; readonly status?: number; readonly latencyMs?: number }
  /** Any HTTP status, by default with a gateway's text. */
  | {
      readonly kind: 'http';
      readonly status: number;
      readonly retryAfter?: string;
      readonly location?: string;
      readonly body?: string;
    }
  /** The gateway's JSON for a token that is not valid. */
  | { readonly kind: 'unauthorized' }
  /** The 500 with which API v2 answers a header that is missing or that it cannot make out. */
  | { readonly kind: 'odd-header' }
  /** `{errors: [{code, message}]}`. */
  | { readonly kind: 'errors'; readonly code: string; readonly status?: number }
  | { readonly kind: 'reset' }
  | { readonly kind: 'hang' };

export interface V2Request {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  /** The form of a token request. */
  readonly form: Readonly<Record<string, string>>;
  /** When its headers had arrived, in milliseconds of `performance.now()`. */
  readonly startedAt: number;
}

export interface ScriptedV2Options {
  readonly cities?: readonly V2City[];
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** The life of every token, in seconds; undefined leaves it out of the answer. */
  readonly expiresIn?: number | undefined;
  /** How long every answer takes. */
  readonly latencyMs?: number;
  /** The reply to a request other than for a token, number `index` from 0. Default: the table's answer. */
  readonly reply?: (index: number, request: V2Request) => V2Reply;
  /** The same for requests for a token. */
  readonly tokenReply?: (index: number, request: V2Request) => V2Reply;
}

/** A real HTTP server on a free loopback port that speaks API v2 and fails as it is told to. */
export interface ScriptedV2 extends AsyncDisposable {
  readonly origin: string;
  /** Requests for a token, in the order of arrival. */
  readonly tokenRequests: readonly V2Request[];
  /** All others. */
  readonly requests: readonly V2Request[];
  /** Every token that was ever given. */
  readonly tokens: readonly string[];
  /** Lets every token that was given expire now. */
  expireTokens(): void;
  /** Gives other cities from now on. */
  setCities(cities: readonly V2City[]): void;
  close(): Promise<void>;
}

export const CLIENT_ID = 'client-4711';
export const CLIENT_SECRET = 'oauth-secret-0815';

/** The table of detect-city's scripted server in API v2's fields. Each city has the postcodes `PREFIX000` to `PREFIX004`. */
export const V2_CITIES: readonly V2City[] = SCRIPTED_CITIES.map(({ cdek, prefix }) => ({
  code: Number(cdek.cityCode),
  city_uuid: cdek.cityUuid,
  city: cdek.cityName,
  fias_guid: cdek.fiasGuid,
  kladr_code: cdek.kladr,
  country_code: 'RU',
  country: 'Россия',
  region: cdek.region,
  region_code: Number(cdek.regionCode),
  fias_region_guid: cdek.regionFiasGuid,
  sub_region: cdek.subRegion,
  longitude: cdek.longitude,
  latitude: cdek.latitude,
  time_zone: cdek.timezone,
  payment_limit: cdek.paymentLimit,
  postal_codes: [0, 1, 2, 3, 4].map((last) => `${prefix.padEnd(5, '0')}${last}`),
}));

/** Starts one. Close it when the test is done, or hold it with `await using`. */
export async function startScriptedV2(options: ScriptedV2Options = {}): Promise<ScriptedV2> {
  const { clientId = CLIENT_ID, clientSecret = CLIENT_SECRET, latencyMs = 0 } = options;
  const expiresIn = 'expiresIn' in options ? options.expiresIn : 3599;
  const closing = new AbortController();
  setMaxListeners(0, closing.signal);
  const tokenRequests: V2Request[] = [];
  const requests: V2Request[] = [];
  const tokens: string[] = [];
  let valid = new Map<string, number>();
  let cities = options.cities ?? V2_CITIES;

  function grant({ form }: V2Request): { readonly status: number; readonly body: unknown } {
    if (form.client_id !== clientId || form.client_secret !== clientSecret) {
      return { status: 401, body: { error: 'invalid_client', error_description: `Bad credentials ${form.client_id}` } };
    }
    if (form.grant_type !== 'client_credentials') return { status: 400, body: { error: 'unsupported_grant_type' } };
    const access_token = `token-${tokens.length}-eyJhbGciOiJ`;
    tokens.push(access_token);
    valid.set(access_token, performance.now() + (expiresIn ?? 3599) * 1000);
    const expiry = expiresIn === undefined ? {} : { expires_in: expiresIn };
    return { status: 200, body: { access_token, token_type: 'bearer', ...expiry, scope: 'order:all', jti: 'x' } };
  }

  function look({ path, query }: V2Request): { readonly status: number; readonly body: unknown } {
    if (path === '/v2/location/cities') {
      const found = cities.filter(
        ({ postal_codes }) => query.postal_code === undefined || postal_codes.includes(query.postal_code),
      );
      const size = Number(query.size ?? 1000);
      const from = size * Number(query.page ?? 0);
      return { status: 200, body: found.slice(from, from + size).map(({ postal_codes: _, ...city }) => city) };
    }
    if (path === '/v2/location/postalcodes') {
      const city = cities.find(({ code }) => String(code) === query.code);
      if (city === undefined) return errors(400, 'v2_entity_not_found');
      return { status: 200, body: { code: city.code, postal_codes: city.postal_codes } };
    }
    return { status: 404, body: gateway(404, path) };
  }

  function isAuthorised({ headers }: V2Request): boolean {
    const token = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
    return performance.now() < (valid.get(token ?? '') ?? 0);
  }

  const server = createServer(async (request, response) => {
    try {
      const seen = await record(request);
      const isToken = seen.path === '/v2/oauth/token';
      const [log, script] = isToken ? [tokenRequests, options.tokenReply] : [requests, options.reply];
      const reply = script?.(log.length, seen) ?? { kind: 'answer' };
      log.push(seen);
      const table = () => (isToken ? grant(seen) : look(seen));
      const outcome =
        reply.kind !== 'answer' || isToken || isAuthorised(seen)
          ? reply
          : ({ kind: seen.headers.authorization === undefined ? 'odd-header' : 'unauthorized' } as const);
      if (outcome.kind === 'answer') {
        await sleep(outcome.latencyMs ?? latencyMs, undefined, { signal: closing.signal });
      }
      send(response, outcome, seen.path, table);
    } catch {
      response.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  async function close(): Promise<void> {
    closing.abort();
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tokenRequests,
    requests,
    tokens,
    expireTokens: () => {
      valid = new Map();
    },
    setCities: (others) => {
      cities = others;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function record(request: IncomingMessage): Promise<V2Request> {
  const startedAt = performance.now();
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const url = new URL(request.url ?? '/', 'http://localhost');
  return {
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: request.headers,
    form: Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8'))),
    startedAt,
  };
}

function gateway(status: number, path: string): unknown {
  return { timestamp: '2026-01-01T00:00:00.000+00:00', path, status, error: 'Error', message: 'something' };
}

function errors(status: number, code: string): { readonly status: number; readonly body: unknown } {
  return { status, body: { errors: [{ code, message: 'something is wrong' }] } };
}

function send(
  response: ServerResponse,
  reply: V2Reply,
  path: string,
  table: () => { readonly status: number; readonly body: unknown },
): void {
  const asJson = (status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
  switch (reply.kind) {
    case 'answer': {
      const answer = reply.body === undefined ? table() : { status: 200, body: reply.body };
      asJson(reply.status ?? answer.status, answer.body);
      return;
    }
    case 'http':
      response.writeHead(reply.status, {
        'content-type': 'text/plain',
        ...(reply.retryAfter === undefined ? {} : { 'retry-after': reply.retryAfter }),
        ...(reply.location === undefined ? {} : { location: reply.location }),
      });
      response.end(reply.body ?? 'upstream connect error');
      return;
    case 'unauthorized':
      asJson(401, gateway(401, path));
      return;
    case 'odd-header':
      asJson(500, gateway(500, path));
      return;
    case 'errors': {
      const { status, body } = errors(reply.status ?? 400, reply.code);
      asJson(status, body);
      return;
    }
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'hang':
      return;
  }
}
