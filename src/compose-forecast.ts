import { questionKey } from './address/key.ts';
import type { AddressQuery } from './address/query.ts';
import { cacheFile } from './cache/location.ts';
import { validAnswer } from './cache/validity.ts';
import type { DetectorConfig, Plan } from './compose.ts';
import type { Environment } from './config/resolve.ts';

/** What a plan would have to ask, told without asking. */
export interface Forecast {
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
  const origin = plan.kind === 'local' ? '' : new URL(plan.endpoints[0]).origin;
  const asked = { detectorId: plan.kind, origin };
  const keyOf = (query: AddressQuery) => questionKey(asked, query);
  if (plan.kind === 'local') return { keyOf, areKnown: (queries) => queries.map(() => true), close: () => {} };
  const { openCacheSnapshot } = await import('./cache/cache-snapshot.ts');
  const cache = config.noCache ? undefined : openCacheSnapshot(config.cache ?? cacheFile(env));
  const lifetimes = { ttlMs: config.ttl, negativeTtlMs: config.negativeTtl, refresh: config.refresh };
  return {
    keyOf,
    areKnown: (queries) => {
      const stored = cache?.getMany(queries.map(keyOf)) ?? [];
      return queries.map(({ codRub }, index) => validAnswer(stored[index], codRub, lifetimes, startedAt) !== undefined);
    },
    close: () => cache?.close(),
  };
}
