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

/** The same; nothing where the file is damaged, which whoever answers by it sets aside and tells. */
export async function soundOverrides(config: OverridesConfig, env: Environment) {
  try {
    return await loadOverrides(config, env);
  } catch (error) {
    const { isOfDamage } = await import('../cache/override-file.ts');
    if (isOfDamage(error)) return [];
    throw error;
  }
}

/** The same as `loadOverrides`, read without a trace beside the file. */
export async function peekOverrides({ cache, noCache }: OverridesConfig, env: Environment) {
  if (noCache) return [];
  const [{ snapshotOverrides }, { cacheFile }] = await Promise.all([
    import('../cache/cache-snapshot.ts'),
    import('../cache/location.ts'),
  ]);
  return snapshotOverrides(cache ?? cacheFile(env));
}

/**
 * Lets what people have settled win over a detector: as it is when a job begins, or, where every call is a job of its own,
 * as it is at the moment. A damaged file is set aside, with what was learnt in it. Where it cannot be read otherwise, the
 * detector is closed.
 */
export async function withOverrides(
  composed: Composed,
  config: OverridesConfig,
  env: Environment,
  frame: JobFrame,
): Promise<Composed> {
  const wrap = () =>
    typeof frame.startedAt === 'function'
      ? withLiveOverrides(composed, config, env, frame)
      : withSettledOverrides(composed, config, env, frame);
  try {
    try {
      return await wrap();
    } catch (error) {
      const warning = await setAsideDamaged(error, config, env);
      if (warning === undefined) throw error;
      const wrapped = await wrap();
      return { ...wrapped, warnings: [...wrapped.warnings, warning] };
    }
  } catch (error) {
    await composed.close(0);
    throw error;
  }
}

/** What to tell of a file that was set aside for the damage that an error speaks of; undefined where it was not. */
async function setAsideDamaged(error: unknown, { cache }: OverridesConfig, env: Environment) {
  const [overrides, { cacheFile }] = await Promise.all([
    import('../cache/override-file.ts'),
    import('../cache/location.ts'),
  ]);
  return overrides.isOfDamage(error) ? overrides.setAsideDamaged(cache ?? cacheFile(env), Date.now()) : undefined;
}

async function withSettledOverrides(
  composed: Composed,
  config: OverridesConfig,
  env: Environment,
  frame: JobFrame,
): Promise<Composed> {
  const overrides = frame.overrides ?? (await loadOverrides(config, env));
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
