import type { AddressQuery } from '../address/query.ts';
import type { Source } from '../detector/inferred/lessons.ts';
import { GorodError } from '../errors.ts';
import type { Texts } from '../languages.ts';
import type { Composed, JobFrame } from './composed.ts';
import type { DetectorConfig, Plan } from './plan.ts';

/** What `--audit` and `--audit-min` are where they are not given. */
const AUDIT_SHARE = 0.01;
const LEAST_AGREEMENT = 0.995;

/** The options that decide what is inferred. */
export type InferenceConfig = Pick<DetectorConfig, 'infer' | 'audit' | 'auditMin' | 'noCache'>;

/** The share of inferred rows that are asked all the same, and the agreement below which nothing is inferred any more. */
export function auditRule({ audit, auditMin }: Pick<InferenceConfig, 'audit' | 'auditMin'>) {
  return { share: audit ?? AUDIT_SHARE, least: auditMin ?? LEAST_AGREEMENT };
}

/** Throws GorodError BAD_OPTION naming the flag where inferring makes no sense: it learns from stored answers of detect-city. */
export function assertCanInfer({ infer, audit, auditMin, noCache }: InferenceConfig, kind: Plan['kind']): void {
  const refuse = (message: string | Texts): never => {
    throw new GorodError('BAD_OPTION', message);
  };
  if (!infer) {
    if (audit !== undefined) refuse('--audit asks for a sample of what --infer infers: add --infer, or drop it.');
    if (auditMin !== undefined) refuse('--audit-min judges what --infer infers: add --infer, or drop it.');
    return;
  }
  if (kind !== 'api') {
    refuse({
      en: `--infer learns from answers of detect-city, but the ${kind} detector is to answer: drop it, or set a developer key.`,
      zh: `--infer 依据 detect-city 的回答推断，而本次识别方式为 ${kind}：请去掉它，或设置开发者识别码。`,
      ru: `--infer учится на ответах detect-city, а отвечать будет детектор ${kind}: уберите его или задайте ключ разработчика.`,
    });
  }
  if (noCache) refuse('--infer learns from the cache: drop it or --no-cache.');
}

/** Lets what the stored answers leave no doubt about be answered without a request. Where that fails, the detector is closed. */
export async function withInference(
  composed: Composed,
  plan: Plan & { readonly kind: 'api' },
  config: DetectorConfig,
  { startedAt, inference = {} }: Pick<JobFrame, 'startedAt' | 'inference'>,
): Promise<Composed> {
  const { answers } = composed;
  if (answers === undefined) return composed;
  try {
    const [{ inferred }, teaching] = await Promise.all([
      import('../detector/inferred.ts'),
      openTeaching(plan, config, answers),
    ]);
    const detector = inferred(composed.detector, {
      ...teaching.source,
      audit: auditRule(config),
      jobStart: startedAt,
      ...inference,
    });
    return { ...composed, detector, close: (graceMs) => composed.close(graceMs).finally(teaching.close) };
  } catch (error) {
    await composed.close(0);
    throw error;
  }
}

/** What tells which questions a job that began at `startedAt` would infer from what is stored now, without asking. */
export async function openInferenceForecast(
  plan: Plan & { readonly kind: 'api' },
  config: DetectorConfig,
  answers: Source['cache'],
  startedAt: number,
): Promise<{ areInferred(queries: readonly AddressQuery[]): readonly boolean[]; close(): void }> {
  const [{ source, close }, { openLessons }, { isSampled }] = await Promise.all([
    openTeaching(plan, config, answers),
    import('../detector/inferred/lessons.ts'),
    import('../detector/inferred/audit.ts'),
  ]);
  const lessons = openLessons(source);
  const isAudited = (query: AddressQuery) => isSampled(query, startedAt, auditRule(config));
  return {
    close,
    areInferred: (queries) => {
      const taught = lessons.of(queries, startedAt);
      return queries.map((query, index) => taught[index]?.infer(query) !== undefined && !isAudited(query));
    },
  };
}

/** Stored answers with what lies around the cities that they name. */
async function openTeaching(
  plan: Plan & { readonly kind: 'api' },
  config: DetectorConfig,
  cache: Source['cache'],
): Promise<{ readonly source: Source; close(): void }> {
  const [{ createLocator }, { openGazetteer }, { loadSubjectFinder }, { builtinGazetteerFile }] = await Promise.all([
    import('../detector/located/candidates.ts'),
    import('../gazetteer/sqlite-gazetteer.ts'),
    import('../gazetteer/load-draft.ts'),
    import('../gazetteer/builtin-file.ts'),
  ]);
  const gazetteer = openGazetteer(builtinGazetteerFile());
  return {
    source: {
      asked: { detectorId: plan.kind, origin: new URL(plan.endpoints[0]).origin },
      cache,
      lifetimes: { ttlMs: config.ttl, negativeTtlMs: config.negativeTtl, refresh: config.refresh },
      locate: createLocator(gazetteer, loadSubjectFinder()),
    },
    close: () => gazetteer.close(),
  };
}
