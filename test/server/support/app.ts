import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Answered, Outcome } from '../../../src/address/outcome.ts';
import type { AddressQuery } from '../../../src/address/query.ts';
import type { Detector } from '../../../src/detector/detector.ts';
import { localDetector } from '../../../src/detector/local.ts';
import { builtinGazetteerFile } from '../../../src/gazetteer/builtin-file.ts';
import { openGazetteer } from '../../../src/gazetteer/sqlite-gazetteer.ts';
import { createApp } from '../../../src/server/app.ts';
import { anyKey } from '../../../src/server/keys.ts';
import { createMetrics } from '../../../src/server/metrics.ts';
import type { ServerParts, ServerSettings } from '../../../src/server/parts.ts';
import { createTraffic, type Traffic } from '../../../src/server/traffic.ts';

/** A real server on a free loopback port. */
export interface TestServer extends AsyncDisposable {
  readonly app: FastifyInstance;
  readonly origin: string;
  readonly traffic: Traffic;
  /** Every line of the log so far. */
  readonly log: readonly string[];
  /** Posts a question, or anything else, as JSON. */
  ask(body: unknown, options?: AskOptions): Promise<AskedReply>;
  post(path: string, init: RequestInit): Promise<Response>;
}

export interface AskOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Parameters, with the question mark. */
  readonly search?: string;
  readonly path?: string;
}

export interface AskedReply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

export type AppOptions = Partial<Omit<ServerParts, 'settings'>> & { readonly settings?: Partial<ServerSettings> };

export const KEY = { 'cdek-developer-key': 'a key' } as const;
const DETECT_CITY = '/api/v2/detect-city';

/** Starts one; hold it with `await using`. */
export async function startApp({ settings, ...given }: AppOptions = {}): Promise<TestServer> {
  const log: string[] = [];
  const traffic = given.traffic ?? createTraffic(settings?.maxStreams ?? 8);
  const parts: ServerParts = {
    detector: builtin(),
    isUnchanging: false,
    rules: { limitOf: () => undefined, acceptConfidence: 0.86 },
    defaults: { country: 'ru', fiasOnly: false },
    keys: anyKey,
    limited: false,
    metrics: createMetrics({ requests: 0, retries: 0, failures: 0, waitedMs: 0 }, () => traffic.open()),
    log: { write: (line) => log.push(line), flush: () => {} },
    version: '0.0.0',
    ...given,
    traffic,
    settings: {
      language: 'zh',
      logLevel: 'info',
      answerWithinMs: 10_000,
      maxConnections: 1024,
      maxStreams: 8,
      maxOpenQuestions: 64,
      ...settings,
    },
  };
  const app = await createApp(parts);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const post = (path: string, init: RequestInit) =>
    fetch(origin + path, { method: 'POST', ...init, headers: { ...KEY, ...init.headers } });
  return {
    app,
    origin,
    traffic,
    log,
    post,
    async ask(body, { headers = {}, search = '', path = DETECT_CITY } = {}) {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const init = { body: text, headers: { 'content-type': 'application/json', ...headers } };
      const response = await post(path + search, init);
      const answer = (await response.json()) as AskedReply['body'];
      return { status: response.status, headers: response.headers, body: answer };
    },
    async [Symbol.asyncDispose]() {
      app.server.closeAllConnections();
      await app.close();
    },
  };
}

let opened: Detector | undefined;

/** The local detector over the built-in gazetteer. */
export function builtin(): Detector {
  opened ??= localDetector(openGazetteer(builtinGazetteerFile()));
  return opened;
}

/** A detector that has nothing at hand and asks `answer`. */
export function asking(
  answer: (query: AddressQuery, signal: AbortSignal | undefined) => Promise<Exclude<Outcome, { kind: 'invalid' }>>,
): Detector {
  return {
    id: 'asking',
    recall: (queries) => queries.map(() => undefined),
    ask: (query, options) => answer(query, options?.signal),
  };
}

/** An answer that tells its question apart from others: the place is called by the address. */
export function answerTo({ address }: AddressQuery, more: Partial<Answered> = {}): Answered {
  const city = { cityCode: '1', cityName: address, paymentLimit: 1000 };
  return { kind: 'answered', source: 'api', detection: { status_code: 'OK', detected_cdek_city: city }, ...more };
}
