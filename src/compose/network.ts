import type { LimitFunction } from 'p-limit';
import type { Detection } from '../address/detection.ts';
import type { AddressQuery } from '../address/query.ts';
import type { LocationsOptions } from '../cdek/locations.ts';
import type { Environment } from '../config/resolve.ts';
import type { Detector } from '../detector/detector.ts';
import type { Upstream } from '../detector/upstream.ts';
import { type Composed, emptyMeter, type JobFrame, type OpenedAnswers } from './composed.ts';
import type { DetectorConfig, Plan } from './plan.ts';
import type { Api, UpstreamFrame } from './upstream.ts';
import { apiV2 } from './v2.ts';

type NetworkPlan = Exclude<Plan, { kind: 'local' }>;

/** The detector of an API that is asked over the network, with cache and all. */
export async function composeNetwork(
  plan: NetworkPlan,
  config: DetectorConfig,
  env: Environment,
  frame: JobFrame,
): Promise<Composed> {
  const [{ default: pLimit }, { announcedLeases }] = await Promise.all([import('p-limit'), import('./upstream.ts')]);
  const meter = emptyMeter();
  const slots = pLimit(config.concurrency);
  const hardStop = new AbortController();
  const opened = await openCache(config, env, frame);
  const { cache, sharing, warnings } = opened;
  const { origin } = new URL(plan.endpoints[0]);
  const ground: Ground = {
    ...opened,
    origin,
    upstream: {
      config,
      env,
      stop: frame.stop,
      slots,
      sharing,
      together: opened.together,
      meter,
      onAsking: frame.onAsking,
      onHealth: frame.onHealth,
    },
    asking: {
      id: plan.kind,
      ...(sharing === undefined ? {} : { leases: announcedLeases(origin, config, sharing) }),
      ...(opened.together === undefined ? {} : { together: opened.together }),
      jobStart: frame.startedAt,
      ttlMs: config.ttl,
      negativeTtlMs: config.negativeTtl,
      refresh: config.refresh,
      signal: hardStop.signal,
    },
  };
  const { detector, close } = plan.kind === 'api' ? await openApi(plan, ground) : await openCdek(plan, ground);
  return {
    detector,
    ...(plan.kind === 'api' ? { answers: cache } : {}),
    meter,
    warnings,
    close: async (graceMs) => {
      await idle(slots, graceMs);
      hardStop.abort();
      // What it ends gives back its lease and its place before the cache is closed.
      await new Promise(setImmediate);
      cache.close();
      close();
    },
  };
}

/** What the detectors of both APIs stand on. */
interface Ground extends OpenedAnswers {
  readonly origin: string;
  readonly upstream: UpstreamFrame;
  readonly asking: Omit<Parameters<typeof import('../detector/cached.ts').cached>[1], 'cache'>;
}

interface Opened {
  readonly detector: Detector;
  close(): void;
}

async function openApi(plan: NetworkPlan & { readonly kind: 'api' }, ground: Ground): Promise<Opened> {
  const { cached } = await import('../detector/cached.ts');
  const upstream = await openLazily(detectCity(plan), ground);
  return { detector: cached(upstream, { ...ground.asking, cache: ground.cache }), close: () => {} };
}

async function openCdek(plan: NetworkPlan & { readonly kind: 'cdek' }, ground: Ground): Promise<Opened> {
  const [{ located }, { createLocator }, { openGazetteer }, { loadSubjectFinder }] = await Promise.all([
    import('../detector/located.ts'),
    import('../detector/located/candidates.ts'),
    import('../gazetteer/sqlite-gazetteer.ts'),
    import('../gazetteer/load-draft.ts'),
  ]);
  const upstream = await openLazily(apiV2(plan, openCities), ground);
  const gazetteer = openGazetteer(plan.surroundingsFile);
  const locate = createLocator(gazetteer, loadSubjectFinder());
  return {
    detector: located(upstream, { ...ground.asking, cache: ground.postcodes, locate }),
    close: () => gazetteer.close(),
  };
}

async function openLazily<Question, Answer>(
  api: Api<Question, Answer>,
  { origin, upstream }: Ground,
): Promise<Upstream<Question, Answer>> {
  const [{ openUpstream }, { lazily }] = await Promise.all([import('./upstream.ts'), import('../detector/lazily.ts')]);
  return lazily(origin, () => openUpstream(api, upstream));
}

async function openCities(line: LocationsOptions) {
  const { citiesUpstream } = await import('../cdek/locations.ts');
  return citiesUpstream(line);
}

/** CDEK's detect-city, asked with a developer key. */
function detectCity(plan: NetworkPlan & { readonly kind: 'api' }): Api<AddressQuery, Detection> {
  const { endpoints, authorities, developerKey } = plan;
  return {
    endpoints,
    authorities,
    connect: async ({ paced, ...line }) => {
      const { detectCityUpstream } = await import('../cdek/detect-city.ts');
      return paced(detectCityUpstream({ ...line, developerKey }));
    },
  };
}

/** Opens the cache that the options name: the given file, the one in the user's cache folder, or the job's own. */
async function openCache(
  config: DetectorConfig,
  env: Environment,
  { answersFile, keepInMemory, opened }: JobFrame,
): Promise<OpenedAnswers> {
  if (opened !== undefined) return opened;
  if (config.noCache && answersFile === undefined) {
    const [{ memoryCache }, { memoryPostcodes }] = await Promise.all([
      import('../cache/memory-cache.ts'),
      import('../cache/postcode-cache.ts'),
    ]);
    const [cache, postcodes] = [memoryCache(keepInMemory), memoryPostcodes(keepInMemory)];
    return { cache, postcodes, sharing: undefined, warnings: [] };
  }
  const [{ openSqliteCache }, { cacheFile }] = await Promise.all([
    import('../cache/sqlite-cache.ts'),
    import('../cache/location.ts'),
  ]);
  // The job's own answers are nobody else's.
  if (config.noCache && answersFile !== undefined) return { ...openSqliteCache(answersFile), sharing: undefined };
  return openSqliteCache(config.cache ?? cacheFile(env));
}

/** Waits until nothing is in flight, but no longer than `graceMs`. */
async function idle(slots: LimitFunction, graceMs: number): Promise<void> {
  const deadline = performance.now() + graceMs;
  while (slots.activeCount > 0 && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
