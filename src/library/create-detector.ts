import { compose, type Meter, planDetector } from '../compose/compose.ts';
import { DETECTOR_OPTIONS } from '../config/detector-options.ts';
import { type Environment, flagName, resolveOptions } from '../config/resolve.ts';
import type { Detector } from '../detector/detector.ts';
import { GorodError } from '../errors.ts';
import { ANSWERS, type Cache, FILE, openCache } from './cache.ts';
import { assertOptions, isText, isTrueOrFalse, type OptionChecks, unchecked } from './known-options.ts';

/** Who answers, and how patiently. Nothing is read from the process or its environment unless `env` hands it over. */
export interface DetectorOptions {
  /** Default: `auto`: api with a developer key, else cdek with an OAuth client, else local. */
  readonly detector?: 'auto' | 'api' | 'cdek' | 'local';
  /** CDEK's developer key for detect-city. Never logged, never in a message. */
  readonly developerKey?: string | undefined;
  /** OAuth client of API v2. Never logged, never in a message. */
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  /** Full URLs of detect-city or base addresses of API v2, in the order in which they are tried. Default: CDEK's own. */
  readonly endpoints?: readonly string[];
  /** Path of certificate authorities (PEM) beside the known ones. */
  readonly ca?: string;
  /** Let an endpoint on another machine be asked without encryption. Default: false. */
  readonly allowHttp?: boolean;
  /** Path of a gazetteer file for the local detector, also as the fallback. Default: the built-in one. */
  readonly gazetteer?: string;
  /** Who answers, for review, when the API cannot be asked. Default: `none`: the outcome is deferred. */
  readonly fallback?: 'none' | 'local';
  /**
   * From `openCache`; stays open when the detector is closed. Corrections that `gorod learn` puts into its file win over
   * every answer, at once. Default: one of its own in memory, 10000 answers.
   */
  readonly cache?: Cache;
  /** Requests started in any one second, at most; `auto` finds what the API bears. Default: 10. */
  readonly rate?: number | 'auto';
  /** Requests in flight, at most, 1 to 1000. Default: 8. */
  readonly concurrency?: number;
  /** Milliseconds until a request is given up. Default: 10000. */
  readonly timeoutMs?: number;
  /** Further tries after a failure, per endpoint. Default: 5. */
  readonly retries?: number;
  /** Milliseconds that questions wait while the API is down before they are deferred. Default: 120000. */
  readonly maxWaitMs?: number;
  /** Milliseconds that a found city stays valid in the cache. Default: 30 days. */
  readonly ttlMs?: number;
  /** Milliseconds that any other answer stays valid in the cache. Default: 3 days. */
  readonly negativeTtlMs?: number;
  /** `process.env` for HTTPS_PROXY and its like, and for CDEK_DEVELOPER_KEY and its like. Default: none of them. */
  readonly env?: Environment;
}

/**
 * A detector with what it stands on. It may be asked by any number of callers at one time; equal questions share one
 * request. Every question is a job of its own: the source of an answer is `cache` where it was there before.
 */
export interface OpenDetector extends Detector, AsyncDisposable {
  /** Who answers, in words. */
  readonly described: string;
  /** What a person should know, e.g. that a damaged cache was set aside. */
  readonly warnings: readonly string[];
  /** Requests, retries and failures so far. */
  readonly meter: Readonly<Meter>;
  /** Gives requests in flight so many milliseconds, by default none, then lets go of everything. */
  close(graceMs?: number): Promise<void>;
}

/**
 * Composes the detector that `gorod run` and `gorod serve` use. Rejects with GorodError: BAD_KEY where credentials are
 * missing, BAD_OPTION for an option that there is not or a value out of its bounds (the message names the latter as the
 * command line does: `--max-wait`),
 * GAZETTEER_UNUSABLE. Close it when done.
 */
export async function createDetector(options: DetectorOptions = {}): Promise<OpenDetector> {
  assertOptions('createDetector', options, CHECKS);
  const file = options.cache?.[FILE];
  const config = { ...resolveOptions(DETECTOR_OPTIONS, argumentsOf(options), {}), cache: file };
  const env: Environment = { ...options.env, ...credentials(options) };
  const plan = await planDetector(config, env);
  const own = options.cache === undefined ? await openCache() : undefined;
  const stop = new AbortController();
  const opened = (options.cache ?? own)?.[ANSWERS];
  const frame = {
    startedAt: Date.now,
    stop: stop.signal,
    answersFile: undefined,
    // They lie in a cache file; the user's own is not looked at unasked.
    withoutOverrides: file === undefined,
    ...(opened && { opened }),
  };
  const composed = await compose(plan, config, env, frame);
  const { isSettled } = composed.detector;
  let closed: Promise<void> | undefined;
  const assertOpen = () => {
    if (closed !== undefined) throw new GorodError('CLOSED', 'The detector is closed: ask before close() is called.');
  };
  const close = (graceMs = 0) => {
    closed ??= (async () => {
      stop.abort(new Error('the detector is closed'));
      await composed.close(graceMs);
      own?.close();
    })();
    return closed;
  };
  return {
    id: composed.detector.id,
    recall: (queries) => {
      assertOpen();
      return composed.detector.recall(queries);
    },
    ask: async (query, asking) => {
      assertOpen();
      return composed.detector.ask(query, asking);
    },
    ...(isSettled === undefined ? {} : { isSettled }),
    described: plan.described.en,
    get warnings() {
      return composed.warnings.map(({ en }) => en);
    },
    meter: composed.meter,
    close,
    [Symbol.asyncDispose]: () => close(),
  };
}

/** Values that the option table checks, with the credentials and paths that are found wrong where they are used. */
const CHECKS: OptionChecks<DetectorOptions> = {
  detector: unchecked,
  developerKey: isText,
  clientId: isText,
  clientSecret: isText,
  endpoints: (value) => (Array.isArray(value) ? undefined : 'be a list of addresses'),
  ca: isText,
  allowHttp: isTrueOrFalse,
  gazetteer: isText,
  fallback: unchecked,
  cache: (value) => (Object(value)[ANSWERS] === undefined ? 'be what openCache resolves to' : undefined),
  rate: unchecked,
  concurrency: unchecked,
  timeoutMs: unchecked,
  retries: unchecked,
  maxWaitMs: unchecked,
  ttlMs: unchecked,
  negativeTtlMs: unchecked,
  env: (value) => (typeof value === 'object' && value !== null ? undefined : 'be an object such as process.env'),
};

/** The options as the option table takes them, which checks every bound. */
function argumentsOf(options: DetectorOptions): Record<string, unknown> {
  const { endpoints, timeoutMs, maxWaitMs, ttlMs, negativeTtlMs, allowHttp } = options;
  const seconds = (ms: number | undefined, unit = '') => (ms === undefined ? undefined : `${ms / 1000}${unit}`);
  const given = {
    detector: options.detector,
    endpoint: endpoints,
    ca: options.ca,
    allowHttp: allowHttp === true ? true : undefined,
    fallback: options.fallback,
    gazetteer: options.gazetteer,
    rate: options.rate,
    concurrency: options.concurrency,
    timeout: seconds(timeoutMs),
    retries: options.retries,
    maxWait: seconds(maxWaitMs),
    ttl: seconds(ttlMs, 's'),
    negativeTtl: seconds(negativeTtlMs, 's'),
  } satisfies { readonly [Name in keyof typeof DETECTOR_OPTIONS]?: unknown };
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [flagName(name), value]));
}

function credentials({ developerKey, clientId, clientSecret }: DetectorOptions): Environment {
  return {
    ...(developerKey === undefined ? {} : { CDEK_DEVELOPER_KEY: developerKey }),
    ...(clientId === undefined ? {} : { CDEK_CLIENT_ID: clientId }),
    ...(clientSecret === undefined ? {} : { CDEK_CLIENT_SECRET: clientSecret }),
  };
}
