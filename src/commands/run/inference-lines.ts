import { auditRule, type InferenceConfig } from '../../compose/inference.ts';
import type { AuditCounts } from '../../detector/inferred/audit.ts';
import type { Language } from '../../languages.ts';
import type { Tally } from '../../pipeline/tally.ts';
import { type AuditSummary, summarizeAudit } from '../../report/audit.ts';
import type { LogLine } from '../log.ts';

type Config = InferenceConfig & { readonly lang: Language };

/** What the audits of a finished run showed; undefined where nothing was to be inferred. */
export function auditOf(tally: Tally, config: InferenceConfig): AuditSummary | undefined {
  return config.infer ? summarizeAudit(tally, auditRule(config).least) : undefined;
}

/** The line of the run's end that tells of it; undefined where nothing was inferred or audited. */
export function auditLine(audit: AuditSummary | undefined, tally: Tally, { lang }: Config): LogLine | undefined {
  const inferred = tally.sources.get('inferred') ?? 0;
  if (audit === undefined || inferred + audit.asked === 0) return undefined;
  const text = ENDED[lang]({ inferred, ...audit });
  return { level: 'info', event: 'audit', text, fields: { inferred, ...audit } };
}

/** What is told at once when nothing is inferred any more. */
export function switchedOffLine({ audited, differing }: AuditCounts, config: Config): LogLine {
  const { least } = auditRule(config);
  const text = SWITCHED_OFF[config.lang]({ audited, differing, least: percent(least) });
  return {
    level: 'warn',
    event: 'inference_off',
    text,
    fields: { asked: audited, agreed: audited - differing, least },
  };
}

type Phrase<T> = Readonly<Record<Language, (facts: T) => string>>;

const ENDED: Phrase<AuditSummary & { readonly inferred: number }> = {
  en: ({ inferred, asked, agreed }) =>
    `rows inferred without a request: ${inferred}; asked all the same to compare: ${asked}, agreeing: ${agreed}`,
  zh: ({ inferred, asked, agreed }) => `未查询而推断的行数：${inferred}；抽查的行数：${asked}，其中一致：${agreed}`,
  ru: ({ inferred, asked, agreed }) =>
    `строк выведено без запроса: ${inferred}; для сверки всё же спрошено: ${asked}, совпало: ${agreed}`,
};

const SWITCHED_OFF: Phrase<AuditCounts & { readonly least: string }> = {
  en: ({ audited, differing, least }) =>
    `the API differs from ${differing} of ${audited} inferred answers that were compared (--audit-min ${least}): nothing more is inferred in this run`,
  zh: ({ audited, differing, least }) =>
    `抽查的 ${audited} 条推断结果中有 ${differing} 条与接口不一致（--audit-min ${least}）：本次运行不再推断`,
  ru: ({ audited, differing, least }) =>
    `API расходится с ${differing} из ${audited} сверенных выводов (--audit-min ${least}): дальше в этом запуске ничего не выводится`,
};

function percent(share: number): string {
  return `${Math.round(share * 100_000) / 1000}%`;
}
