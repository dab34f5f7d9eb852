import type { Tally } from '../pipeline/tally.ts';

/** How far the API agreed with what was inferred, as `--summary` tells it. */
export interface AuditSummary {
  /** Rows that could have been inferred and were asked all the same. */
  readonly asked: number;
  /** Of these, rows to which the API said the same: status, city code and FIAS GUID. */
  readonly agreed: number;
  /** Whether agreement was too small, so that nothing more was inferred. */
  readonly switchedOff: boolean;
}

/** `least`: the agreement, 0 to 1, below which nothing is inferred. */
export function summarizeAudit({ audited, auditsDiffering }: Tally, least: number): AuditSummary {
  const agreed = audited - auditsDiffering;
  return { asked: audited, agreed, switchedOff: audited > 0 && agreed / audited < least };
}
