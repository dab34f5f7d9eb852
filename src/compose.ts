import type { Detection } from './address/detection.ts';
import type { AddressQuery } from './address/query.ts';
import type { AnswerCache } from './cache/cache.ts';
import type { Sharing } from './cache/sharing.ts';
import { readDeveloperKey } from './cdek/credentials.ts';
import { DETECT_CITY_URL, refuseForeignHosts } from './cdek/hosts.ts';
import { refusePlainHttp } from './cdek/plain-http.ts';
import type { Api } from './compose-upstream.ts';
import type { DETECTOR_OPTIONS } from './config/detector-options.ts';
import type { Values } from './config/option.ts';
import type { Environment } from './config/resolve.ts';
import type { Detector } from './detector/detector.ts';
import { GorodError } from './errors.ts';

export type DetectorConfig = Values<typeof DETECTOR_OPTIONS>;

/** Who is going to answer, decided from the options before anything is opened. */
export type Plan =
  | { readonly kind: 'local'; readonly gazetteerFile: string; readonly described: string }
  | {
      readonly kind: 'api';
      readonly endpoints: readonly [string, ...string[]];
      readonly developerKey: string;
      /** Certificate authorities in place of Node's own, as PEM. */
      readonly authorities: readonly string[] | undefined;
      readonly described: string;
    };

/** What was asked over the network, counted while a job runs. */
export interface Meter {
  /** Questions that went out, retries included. */
  requests: number;
  retries: number;
  /** Requests that brought no answer. */
  failures: number;
  /** What requests waited for the rate, all together, in milliseconds. */
  waitedMs: number;
  /** What `--rate auto` has found, in requests a second. */
  foundRate?: number;
}

/** A meter at its beginning. */
export function emptyMeter(): Meter {
  return { requests: 0, retries: 0, failures: 0, waitedMs: 0 };
}

/** Adds what one part of a command has asked to what the whole has. */
export function addMeter(total: Meter, part: Readonly<Meter>): void {
  for (const name of ['requests', 'retries', 'failures', 'waitedMs'] as const) total[name] += part[name];
  if (part.foundRate !== undefined) total.foundRate = part.foundRate;
}

/** What a detector needs to know of the job it works for. */
export interface JobFrame {
  /** When the job began, in milliseconds since 1970; a server, where every call is a job, gives its clock. */
  readonly startedAt: number | (() => number);
  /** Nothing new is asked once it aborts; what is in flight goes on. */
  readonly stop: AbortSignal;
  /** Where `--no-cache` keeps the job's own answers; undefined for memory. */
  readonly answersFile: string | undefined;
}

/** A ready detector with all that it stands on. */
export interface Composed {
  readonly detector: Detector;
  readonly meter: Readonly<Meter>;
  /** What the user should know before the first answer, e.g. that a damaged cache was set aside. */
  readonly warnings: readonly string[];
  /** Gives requests in flight so many milliseconds to bring their answers, then lets go of everything. */
  close(graceMs: number): Promise<void>;
}

/** Decides who answers. Throws GorodError BAD_OPTION or BAD_KEY naming the flag. */
export async function planDetector(config: DetectorConfig, env: Environment): Promise<Plan> {
  const developerKey = await readDeveloperKey(config, env);
  const kind = config.detector === 'auto' ? (developerKey === undefined ? 'local' : 'api') : config.detector;
  if (kind === 'local') return planLocal(config);
  if (config.gazetteer !== undefined) {
    throw new GorodError('BAD_OPTION', '--gazetteer serves the local detector; drop it or pass --detector local.');
  }
  if (developerKey === undefined) {
    throw new GorodError(
      'BAD_KEY',
      '--detector api needs a developer key: set CDEK_DEVELOPER_KEY or --developer-key-file.',
    );
  }
  const [first = DETECT_CITY_URL, ...further] = config.endpoint;
  refuseForeignHosts('detect-city', [first, ...further]);
  refusePlainHttp([first, ...further], config.allowHttp);
  const authorities =
    config.ca === undefined ? undefined : await (await import('./cdek/authorities.ts')).loadAuthorities(config.ca);
  const origins = [...new Set([first, ...further].map((url) => new URL(url).origin))].join(', ');
  return { kind, endpoints: [first, ...further], developerKey, authorities, described: `api detector at ${origins}` };
}

async function planLocal(config: DetectorConfig): Promise<Plan> {
  if (config.detector === 'auto' && config.endpoint.length > 0) {
    throw new GorodError(
      'BAD_OPTION',
      '--endpoint needs a developer key: set CDEK_DEVELOPER_KEY or --developer-key-file.',
    );
  }
  const { builtinGazetteerFile } = await import('./gazetteer/builtin-file.ts');
  const why = config.detector === 'auto' ? 'no developer key is set' : 'as asked';
  return {
    kind: 'local',
    gazetteerFile: config.gazetteer ?? builtinGazetteerFile(),
    described: `local detector (${why}), ${config.gazetteer ?? 'built-in gazetteer'}`,
  };
}

/** The one place that knows every implementation: a plan in, a detector out. Each part is loaded only when it is used. */
export function compose(plan: Plan, config: DetectorConfig, env: Environment, frame: JobFrame): Promise<Composed> {
  return plan.kind === 'local' ? composeLocal(plan.gazetteerFile) : composeApi(plan, config, env, frame);
}

async function composeLocal(gazetteerFile: string): Promise<Composed> {
  const [{ openGazetteer }, { localDetector }] = await Promise.all([
    import('./gazetteer/sqlite-gazetteer.ts'),
    import('./detector/local.ts'),
  ]);
  const gazetteer = openGazetteer(gazetteerFile);
  return {
    detector: localDetector(gazetteer),
    meter: emptyMeter(),
    warnings: [],
    close: async () => gazetteer.close(),
  };
}

async function composeApi(
  plan: Plan & { readonly kind: 'api' },
  config: DetectorConfig,
  env: Environment,
  frame: JobFrame,
): Promise<Composed> {
  const [{ default: pLimit }, { announcedLeases, openUpstream }, { cached }, { lazily }] = await Promise.all([
    import('p-limit'),
    import('./compose-upstream.ts'),
    import('./detector/cached.ts'),
    import('./detector/lazily.ts'),
  ]);
  const meter = emptyMeter();
  const slots = pLimit(config.concurrency);
  const hardStop = new AbortController();
  const { cache, sharing, warnings } = await openCache(config, env, frame.answersFile);
  const { origin } = new URL(plan.endpoints[0]);
  const upstream = lazily(origin, () =>
    openUpstream(detectCity(plan), { config, env, stop: frame.stop, slots, sharing, meter }),
  );
  const detector = cached(upstream, {
    id: 'api',
    cache,
    ...(sharing === undefined ? {} : { leases: announcedLeases(origin, config, sharing) }),
    jobStart: frame.startedAt,
    ttlMs: config.ttl,
    negativeTtlMs: config.negativeTtl,
    refresh: config.refresh,
    signal: hardStop.signal,
  });
  return {
    detector,
    meter,
    warnings,
    close: async (graceMs) => {
      await idle(slots, graceMs);
      hardStop.abort();
      // What it ends gives back its lease and its place before the cache is closed.
      await new Promise(setImmediate);
      cache.close();
    },
  };
}

/** CDEK's detect-city, as a developer key is asked for there. */
function detectCity({
  endpoints,
  developerKey,
  authorities,
}: Plan & { readonly kind: 'api' }): Api<AddressQuery, Detection> {
  return {
    endpoints,
    authorities,
    connect: async ({ paced, ...line }) => {
      const { detectCityUpstream } = await import('./cdek/detect-city.ts');
      return paced(detectCityUpstream({ ...line, developerKey }));
    },
  };
}

interface OpenedAnswers {
  readonly cache: AnswerCache;
  /** Undefined where no other run has the same cache. */
  readonly sharing: Sharing | undefined;
  readonly warnings: readonly string[];
}

/** Opens the cache that the options name: the given file, the one in the user's cache folder, or the job's own. */
async function openCache(
  config: DetectorConfig,
  env: Environment,
  answersFile: string | undefined,
): Promise<OpenedAnswers> {
  if (config.noCache && answersFile === undefined) {
    const { memoryCache } = await import('./cache/memory-cache.ts');
    return { cache: memoryCache(), sharing: undefined, warnings: [] };
  }
  const [{ openSqliteCache }, { cacheFile }] = await Promise.all([
    import('./cache/sqlite-cache.ts'),
    import('./cache/location.ts'),
  ]);
  // The job's own answers are nobody else's.
  if (config.noCache && answersFile !== undefined) return { ...openSqliteCache(answersFile), sharing: undefined };
  return openSqliteCache(config.cache ?? cacheFile(env));
}

/** Waits until nothing is in flight, but no longer than `graceMs`. */
async function idle(slots: { readonly activeCount: number }, graceMs: number): Promise<void> {
  const deadline = performance.now() + graceMs;
  while (slots.activeCount > 0 && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
