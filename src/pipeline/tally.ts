import { isFallback } from '../address/outcome.ts';
import type { AuditCounts } from '../detector/inferred/audit.ts';
import type { Collector } from './collector.ts';
import type { JudgedOutcome } from './output-columns.ts';

/** Counts of a job, kept while it runs. */
export interface Tally {
  rowsIn: number;
  rowsOut: number;
  readonly statuses: Map<string, number>;
  readonly verdicts: Map<string, number>;
  readonly sources: Map<string, number>;
  /** Rows for which an order error is foretold, by its code. */
  readonly orderErrors: Map<string, number>;
  /** Rows with a `cod_flag`. */
  codFlags: number;
  /** Of these, rows with COD whose limit is not known. */
  limitsUnknown: number;
  /** Of these, rows that are for review for nothing else. */
  limitsAlone: number;
  cacheHits: number;
  deferred: number;
  fallbacks: number;
  /** Rows whose postcode was taken from their address. */
  postcodesTaken: number;
  /** Rows whose address has another postcode than their cell. */
  postcodesDiffering: number;
  /** Rows that owe something of which they do not say that it is collected on delivery. */
  unpaid: number;
  /** Rows that could have been inferred and were asked all the same. */
  audited: number;
  /** Of these, rows to which the API said something else. */
  auditsDiffering: number;
  /** Why the last of the deferred rows could not be asked, without key or address. */
  deferral?: string;
}

export function emptyTally(): Tally {
  return {
    rowsIn: 0,
    rowsOut: 0,
    statuses: new Map(),
    verdicts: new Map(),
    sources: new Map(),
    orderErrors: new Map(),
    codFlags: 0,
    limitsUnknown: 0,
    limitsAlone: 0,
    cacheHits: 0,
    deferred: 0,
    fallbacks: 0,
    postcodesTaken: 0,
    postcodesDiffering: 0,
    unpaid: 0,
    audited: 0,
    auditsDiffering: 0,
  };
}

/** Counts one written row. */
export function count(
  tally: Tally,
  { outcome, judgement, isUnpaid }: JudgedOutcome & { readonly isUnpaid?: boolean },
): void {
  tally.rowsOut += 1;
  if (isUnpaid === true) tally.unpaid += 1;
  increase(tally.statuses, judgement.status);
  increase(tally.verdicts, judgement.verdict);
  if (judgement.orderError !== '') increase(tally.orderErrors, judgement.orderError);
  if (judgement.codFlag !== '') tally.codFlags += 1;
  if (judgement.codFlag === 'COD_LIMIT_UNKNOWN') tally.limitsUnknown += 1;
  if (judgement.doubt === 'limit-unknown') tally.limitsAlone += 1;
  if (outcome.kind === 'deferred') {
    tally.deferred += 1;
    tally.deferral = outcome.reason;
  }
  if (outcome.kind !== 'answered') return;
  increase(tally.sources, outcome.source);
  if (outcome.source === 'cache') tally.cacheHits += 1;
  if (isFallback(outcome)) tally.fallbacks += 1;
  if (outcome.audit !== undefined) tally.audited += 1;
  if (outcome.audit === 'differing') tally.auditsDiffering += 1;
  if (outcome.remark?.kind === 'taken-from-address') tally.postcodesTaken += 1;
  if (outcome.remark?.kind === 'address-has-another') tally.postcodesDiffering += 1;
}

const NUMBERS = [
  'rowsIn',
  'rowsOut',
  'codFlags',
  'limitsUnknown',
  'limitsAlone',
  'cacheHits',
  'deferred',
  'fallbacks',
  'postcodesTaken',
  'postcodesDiffering',
  'unpaid',
  'audited',
  'auditsDiffering',
] as const;

const MAPS = ['statuses', 'verdicts', 'sources', 'orderErrors'] as const;

/** Adds the counts of one file to those of the whole run, or those of one row for so many that are counted alike. */
export function addTally(total: Tally, part: Tally, times = 1): void {
  if (part.deferral !== undefined) total.deferral = part.deferral;
  for (const name of NUMBERS) total[name] += part[name] * times;
  for (const name of MAPS) {
    for (const [key, rows] of part[name]) increase(total[name], key, rows * times);
  }
}

/** The counts as JSON, for the journal, with what was collected beside them. */
export function countsToJson(tally: Tally, collector: Collector | undefined): string {
  const collected = collector?.save();
  return JSON.stringify({ ...tally, collected }, (_, value) =>
    value instanceof Map ? Object.fromEntries(value) : value,
  );
}

/** Sets an empty tally, and a new collector, to what an earlier attempt had. */
export function restoreCounts(json: string, tally: Tally, collector: Collector | undefined): void {
  const { collected, ...saved } = JSON.parse(json) as Record<keyof Tally | 'collected', never>;
  if (collected !== undefined) collector?.addSaved(collected);
  const counts = (name: (typeof MAPS)[number]) => new Map<string, number>(Object.entries(saved[name]));
  addTally(tally, {
    ...emptyTally(),
    ...saved,
    statuses: counts('statuses'),
    verdicts: counts('verdicts'),
    sources: counts('sources'),
    orderErrors: counts('orderErrors'),
  });
}

/** What the audits of the rows showed that an earlier attempt has written. */
export function auditedIn(countsJson: string): AuditCounts {
  const { audited = 0, auditsDiffering: differing = 0 } = JSON.parse(countsJson) as Partial<Tally>;
  return { audited, differing };
}

function increase(counts: Map<string, number>, key: string, rows = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + rows);
}
