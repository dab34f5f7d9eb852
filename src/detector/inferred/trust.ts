import { type AuditCounts, type AuditRule, hasFallen } from './audit.ts';

/** Whether what is inferred may still be believed. */
export interface Trust {
  isLost(): boolean;
  /** Counts what an audit showed, unless trust is lost already. */
  add(verdict: 'agreeing' | 'differing'): void;
}

export interface TrustOptions {
  /** What audits showed before. */
  readonly before: AuditCounts;
  readonly startsLost: boolean;
  /** Told once when agreement falls below the least one. */
  readonly onLost: (counts: AuditCounts) => void;
}

/** Counts audits. Once trust is lost it does not come back. */
export function countTrust(rule: AuditRule, { before, startsLost, onLost }: TrustOptions): Trust {
  let counts = before;
  let isLost = startsLost || hasFallen(counts, rule);
  return {
    isLost: () => isLost,
    add(verdict) {
      if (isLost) return;
      counts = { audited: counts.audited + 1, differing: counts.differing + (verdict === 'differing' ? 1 : 0) };
      isLost = hasFallen(counts, rule);
      if (isLost) onLost(counts);
    },
  };
}
