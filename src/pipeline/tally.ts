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

/** Counts one written row, or so many that are alike in all that is counted. */
export function count(
  tally: Tally,
  { outcome, judgement, isUnpaid }: JudgedOutcome & { readonly isUnpaid?: boolean },
  rows = 1,
): void {
  tally.rowsOut += rows;
  if (isUnpaid === true) tally.unpaid += rows;
  increase(tally.statuses, judgement.status, rows);
  increase(tally.verdicts, judgement.verdict, rows);
  if (judgement.orderError !== '') increase(tally.orderErrors, judgement.orderError, rows);
  if (judgement.codFlag !== '') tally.codFlags += rows;
  if (judgement.codFlag === 'COD_LIMIT_UNKNOWN') tally.limitsUnknown += rows;
  if (outcome.kind === 'deferred') {
    tally.deferred += rows;
    tally.deferral = outcome.reason;
  }
  if (outcome.kind !== 'answered') return;
  increase(tally.sources, outcome.source, rows);
  if (outcome.source === 'cache') tally.cacheHits += rows;
  if (isFallback(outcome)) tally.fallbacks += rows;
  if (outcome.audit !== undefined) tally.audited += rows;
  if (outcome.audit === 'differing') tally.auditsDiffering += rows;
  if (outcome.remark?.kind === 'taken-from-address') tally.postcodesTaken += rows;
  if (outcome.remark?.kind === 'address-has-another') tally.postcodesDiffering += rows;
}

const NUMBERS = [
  'rowsIn',
  'rowsOut',
  'codFlags',
  'limitsUnknown',
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

/** Adds the counts of one file to those of the whole run. */
export function addTally(total: Tally, part: Tally): void {
  if (part.deferral !== undefined) total.deferral = part.deferral;
  for (const name of NUMBERS) total[name] += part[name];
  for (const name of MAPS) {
    for (const [key, rows] of part[name]) increase(total[name], key, rows);
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

function increase(counts: Map<string, number>, key: string, rows: number): void {
  counts.set(key, (counts.get(key) ?? 0) + rows);
}
