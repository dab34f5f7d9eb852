import type { Environment } from '../config/resolve.ts';
import type { Composed, JobFrame } from './composed.ts';
import type { DetectorConfig } from './plan.ts';

/** Where what people have settled is kept: in the cache file. */
export type OverridesConfig = Pick<DetectorConfig, 'cache' | 'noCache'>;

/**
 * What people have settled, as far as `config` lets the cache file be read: nothing with `--no-cache`. Throws GorodError
 * CACHE_NEWER or CACHE_UNUSABLE.
 */
export async function loadOverrides({ cache, noCache }: OverridesConfig, env: Environment) {
  if (noCache) return [];
  const [{ readOverrides }, { cacheFile }] = await Promise.all([
    import('../cache/override-file.ts'),
    import('../cache/location.ts'),
  ]);
  return readOverrides(cache ?? cacheFile(env));
}

/**
 * Lets what people have settled win over a detector: as it is when a job begins, or, where every call is a job of its own,
 * as it is at the moment. Where that cannot be read, the detector is closed.
 */
export async function withOverrides(
  composed: Composed,
  config: OverridesConfig,
  env: Environment,
  frame: JobFrame,
): Promise<Composed> {
  try {
    return typeof frame.startedAt === 'function'
      ? await withLiveOverrides(composed, config, env, frame)
      : await withSettledOverrides(composed, config, env);
  } catch (error) {
    await composed.close(0);
    throw error;
  }
}

async function withSettledOverrides(composed: Composed, config: OverridesConfig, env: Environment): Promise<Composed> {
  const overrides = await loadOverrides(config, env);
  if (overrides.length === 0) return composed;
  const [{ indexOverrides }, { overridden }, { ACCEPT_CONFIDENCE }] = await parts();
  return { ...composed, detector: overridden(composed.detector, indexOverrides(overrides), ACCEPT_CONFIDENCE) };
}

async function withLiveOverrides(
  composed: Composed,
  { cache, noCache }: OverridesConfig,
  env: Environment,
  { onOverrides }: JobFrame,
): Promise<Composed> {
  if (noCache) return composed;
  const [[, { overridden }, { ACCEPT_CONFIDENCE }], { followOverrides }, { cacheFile }] = await Promise.all([
    parts(),
    import('./live-overrides.ts'),
    import('../cache/location.ts'),
  ]);
  const { find, revision } = followOverrides(cache ?? cacheFile(env), onOverrides);
  return { ...composed, detector: { ...overridden(composed.detector, find, ACCEPT_CONFIDENCE), revision } };
}

function parts() {
  return Promise.all([
    import('../address/override.ts'),
    import('../detector/overridden.ts'),
    import('../toponym/thresholds.ts'),
  ]);
}
