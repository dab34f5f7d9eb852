import type { Environment } from '../config/resolve.ts';
import type { Composed } from './composed.ts';
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

/** Lets what people have settled win over a detector. Where that cannot be read, the detector is closed. */
export async function withOverrides(composed: Composed, config: OverridesConfig, env: Environment): Promise<Composed> {
  try {
    const overrides = await loadOverrides(config, env);
    if (overrides.length === 0) return composed;
    const [{ indexOverrides }, { overridden }, { ACCEPT_CONFIDENCE }] = await Promise.all([
      import('../address/override.ts'),
      import('../detector/overridden.ts'),
      import('../toponym/thresholds.ts'),
    ]);
    return { ...composed, detector: overridden(composed.detector, indexOverrides(overrides), ACCEPT_CONFIDENCE) };
  } catch (error) {
    await composed.close(0);
    throw error;
  }
}
