import type { Environment } from '../config/resolve.ts';
import type { Detector } from '../detector/detector.ts';
import { type Composed, emptyMeter, type JobFrame } from './composed.ts';
import { withOverrides } from './overrides.ts';
import type { DetectorConfig, Plan } from './plan.ts';

export {
  addMeter,
  type Composed,
  type EndpointHealth,
  emptyMeter,
  type JobFrame,
  type Meter,
  type OpenedAnswers,
} from './composed.ts';
export { type DetectorConfig, type Plan, planDetector } from './plan.ts';

/** The one place that knows every implementation: a plan in, a detector out. Each part is loaded only when it is used. */
export async function compose(
  plan: Plan,
  config: DetectorConfig,
  env: Environment,
  frame: JobFrame,
): Promise<Composed> {
  const composed = await composePlan(plan, config, env, frame);
  if (frame.withoutOverrides === true) return composed;
  const settled = await withOverrides(composed, config, env, frame);
  if (!config.infer || plan.kind !== 'api') return settled;
  const { withInference } = await import('./inference.ts');
  return withInference(settled, plan, config, frame);
}

async function composePlan(plan: Plan, config: DetectorConfig, env: Environment, frame: JobFrame): Promise<Composed> {
  if (plan.kind === 'local') {
    const { detector, close } = await openLocal(plan.gazetteerFile);
    return { detector, meter: emptyMeter(), warnings: [], close: async () => close() };
  }
  const { composeNetwork } = await import('./network.ts');
  if (plan.fallbackFile === undefined) return composeNetwork(plan, config, env, frame);
  const [local, { withFallback }] = await Promise.all([
    openLocal(plan.fallbackFile),
    import('../detector/fallback.ts'),
  ]);
  try {
    const composed = await composeNetwork(plan, config, env, frame);
    const close = (graceMs: number) => composed.close(graceMs).finally(local.close);
    return { ...composed, detector: withFallback(composed.detector, local.detector), close };
  } catch (error) {
    local.close();
    throw error;
  }
}

async function openLocal(gazetteerFile: string): Promise<{ readonly detector: Detector; close(): void }> {
  const [{ openGazetteer }, { localDetector }] = await Promise.all([
    import('../gazetteer/sqlite-gazetteer.ts'),
    import('../detector/local.ts'),
  ]);
  const gazetteer = openGazetteer(gazetteerFile);
  return { detector: localDetector(gazetteer), close: () => gazetteer.close() };
}
