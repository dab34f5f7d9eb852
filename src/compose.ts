import { readFile } from 'node:fs/promises';
import type { AnswerCache } from './cache/cache.ts';
import { DETECT_CITY_URL } from './cdek/endpoints.ts';
import type { DETECTOR_OPTIONS } from './config/detector-options.ts';
import type { Values } from './config/option.ts';
import type { Environment } from './config/resolve.ts';
import type { Detector } from './detector/detector.ts';
import type { Upstream } from './detector/upstream.ts';
import { GorodError } from './errors.ts';

export type DetectorConfig = Values<typeof DETECTOR_OPTIONS>;

/** What went to the upstream, counted while a job runs. */
export interface Meter {
  requests: number;
  retries: number;
}

/** A ready detector with all that it stands on. */
export interface Composed {
  readonly detector: Detector;
  /** Says in a few words who answers and why, for stderr. */
  readonly described: string;
  readonly meter: Readonly<Meter>;
  /** What the user should know before the first answer, e.g. that a damaged cache was set aside. */
  readonly warnings: readonly string[];
  close(): void;
}

/** The one place that knows every implementation: options in, detector out. Each is loaded only when it is used. */
export async function compose(config: DetectorConfig, env: Environment, signal: AbortSignal): Promise<Composed> {
  const key = await developerKey(config, env);
  const kind = config.detector === 'auto' ? (key === undefined ? 'local' : 'api') : config.detector;
  if (kind === 'local') {
    if (config.detector === 'auto' && config.endpoint.length > 0) {
      throw new GorodError(
        'BAD_OPTION',
        '--endpoint needs a developer key: set CDEK_DEVELOPER_KEY or --developer-key-file.',
      );
    }
    return composeLocal(config);
  }
  if (config.gazetteer !== undefined) {
    throw new GorodError('BAD_OPTION', '--gazetteer serves the local detector; drop it or pass --detector local.');
  }
  if (key === undefined) {
    throw new GorodError(
      'BAD_KEY',
      '--detector api needs a developer key: set CDEK_DEVELOPER_KEY or --developer-key-file.',
    );
  }
  return composeApi(config, key, env, signal);
}

async function composeLocal(config: DetectorConfig): Promise<Composed> {
  const [{ openGazetteer }, { builtinGazetteerFile }, { localDetector }] = await Promise.all([
    import('./gazetteer/sqlite-gazetteer.ts'),
    import('./gazetteer/builtin-file.ts'),
    import('./detector/local.ts'),
  ]);
  const gazetteer = openGazetteer(config.gazetteer ?? builtinGazetteerFile());
  const why = config.detector === 'auto' ? 'no developer key is set' : 'as asked';
  return {
    detector: localDetector(gazetteer),
    described: `local detector (${why}), ${config.gazetteer ?? 'built-in gazetteer'}`,
    meter: { requests: 0, retries: 0 },
    warnings: [],
    close: () => gazetteer.close(),
  };
}

async function composeApi(
  config: DetectorConfig,
  developerKey: string,
  env: Environment,
  signal: AbortSignal,
): Promise<Composed> {
  const [{ default: pLimit }, { detectCityUpstream }, decorators, { cached }] = await Promise.all([
    import('p-limit'),
    import('./cdek/detect-city.ts'),
    importDecorators(),
    import('./detector/cached.ts'),
  ]);
  const jobStart = Date.now();
  const meter: Meter = { requests: 0, retries: 0 };
  const limit = decorators.slidingWindow({ perSecond: config.rate });
  const slots = pLimit(config.concurrency);
  const [first = DETECT_CITY_URL, ...further] = config.endpoint;
  const upstream = (url: string): Upstream => {
    const endpoint = detectCityUpstream({ url, developerKey, timeoutMs: config.timeout * 1000 });
    const onRequest = () => {
      meter.requests += 1;
    };
    const onRetry = () => {
      meter.retries += 1;
    };
    const paced = decorators.limited(endpoint, { limit, slots, onRequest });
    return decorators.retried(paced, { retries: config.retries, limit, onRetry });
  };
  const { cache, warnings } = await openCache(config, env);
  const detector = cached(decorators.failover([upstream(first), ...further.map(upstream)]), {
    id: 'api',
    cache,
    jobStart,
    ttlMs: config.ttl,
    negativeTtlMs: config.negativeTtl,
    refresh: config.refresh,
    signal,
  });
  const origins = [...new Set([first, ...further].map((url) => new URL(url).origin))].join(', ');
  return { detector, described: `api detector at ${origins}`, meter, warnings, close: () => cache.close() };
}

async function importDecorators() {
  const [window, limiting, retrying, failing] = await Promise.all([
    import('./detector/sliding-window.ts'),
    import('./detector/limited.ts'),
    import('./detector/retried.ts'),
    import('./detector/failover.ts'),
  ]);
  return { ...window, ...limiting, ...retrying, ...failing };
}

/** Opens the cache that the options name: the given file, the one in the user's cache folder, or memory alone. */
async function openCache(
  config: DetectorConfig,
  env: Environment,
): Promise<{ readonly cache: AnswerCache; readonly warnings: readonly string[] }> {
  if (config.noCache) {
    const { memoryCache } = await import('./cache/memory-cache.ts');
    return { cache: memoryCache(), warnings: [] };
  }
  const [{ openSqliteCache }, { cacheFile }] = await Promise.all([
    import('./cache/sqlite-cache.ts'),
    import('./cache/location.ts'),
  ]);
  return openSqliteCache(config.cache ?? cacheFile(env), {});
}

async function developerKey(config: DetectorConfig, env: Environment): Promise<string | undefined> {
  if (config.developerKeyFile === undefined) return env.CDEK_DEVELOPER_KEY || undefined;
  let text: string;
  try {
    text = await readFile(config.developerKeyFile, 'utf8');
  } catch (cause) {
    throw new GorodError('BAD_KEY', `--developer-key-file: cannot read ${config.developerKeyFile}.`, { cause });
  }
  if (text.trim() === '') throw new GorodError('BAD_KEY', `--developer-key-file: ${config.developerKeyFile} is empty.`);
  return text.trim();
}
