import { postcodeKey, questionKey } from '../address/key.ts';
import type { AddressQuery } from '../address/query.ts';
import type { CacheSnapshot } from '../cache/cache-snapshot.ts';
import { cacheFile } from '../cache/location.ts';
import { validCities } from '../cache/postcode-cache.ts';
import { validAnswer } from '../cache/validity.ts';
import type { Environment } from '../config/resolve.ts';
import type { DetectorConfig, Plan } from './plan.ts';

/** What a plan would have to ask, told without asking. */
export interface Forecast {
  /** What one request asks for. */
  readonly asks: 'questions' | 'postcodes';
  /** The text that is equal for two questions of which one request answers both. */
  keyOf(query: AddressQuery): string;
  /** Whether each question is answered without a request. */
  areKnown(queries: readonly AddressQuery[]): readonly boolean[];
  close(): void;
}

/** Opens what tells the requests that a job would make if it began at `startedAt`. Throws GorodError. */
export async function openForecast(
  plan: Plan,
  config: DetectorConfig,
  env: Environment,
  startedAt: number,
): Promise<Forecast> {
  if (plan.kind === 'local') {
    const keyOf = (query: AddressQuery) => questionKey({ detectorId: 'local', origin: '' }, query);
    return { asks: 'questions', keyOf, areKnown: (queries) => queries.map(() => true), close: () => {} };
  }
  const { openCacheSnapshot } = await import('../cache/cache-snapshot.ts');
  const cache = config.noCache ? undefined : openCacheSnapshot(config.cache ?? cacheFile(env));
  const lifetimes = { ttlMs: config.ttl, negativeTtlMs: config.negativeTtl, refresh: config.refresh };
  const asked = { detectorId: plan.kind, origin: new URL(plan.endpoints[0]).origin };
  const close = () => cache?.close();
  if (plan.kind === 'cdek') return { ...ofPostcodes(asked, cache, lifetimes, startedAt), close };
  const forecast = ofQuestions(asked, cache, lifetimes, startedAt);
  if (!config.infer || cache === undefined) return { ...forecast, close };
  const { openInferenceForecast } = await import('./inference.ts');
  const inference = await openInferenceForecast(plan, config, cache.answers, startedAt);
  return {
    ...forecast,
    areKnown: (queries) => {
      const inferred = inference.areInferred(queries);
      return forecast.areKnown(queries).map((isKnown, index) => isKnown || inferred[index] === true);
    },
    close: () => {
      inference.close();
      close();
    },
  };
}

type Asked = Parameters<typeof questionKey>[0];
type Lifetimes = Parameters<typeof validAnswer>[2];

function ofQuestions(asked: Asked, cache: CacheSnapshot | undefined, lifetimes: Lifetimes, startedAt: number) {
  const keyOf = (query: AddressQuery) => questionKey(asked, query);
  return {
    asks: 'questions' as const,
    keyOf,
    areKnown: (queries: readonly AddressQuery[]) => {
      const stored = cache?.answers.getMany(queries.map(keyOf)) ?? [];
      return queries.map(({ codRub }, index) => validAnswer(stored[index], codRub, lifetimes, startedAt) !== undefined);
    },
  };
}

function ofPostcodes(asked: Asked, cache: CacheSnapshot | undefined, lifetimes: Lifetimes, startedAt: number) {
  const keyOf = (query: AddressQuery) => postcodeKey(asked, query);
  return {
    asks: 'postcodes' as const,
    keyOf,
    areKnown: (queries: readonly AddressQuery[]) => {
      const stored = cache?.postcodes.getMany(queries.map(keyOf)) ?? [];
      return queries.map((_, index) => validCities(stored[index], lifetimes, startedAt) !== undefined);
    },
  };
}
