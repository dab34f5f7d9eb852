import type { Leases } from './leases.ts';
import type { StartLog } from './start-log.ts';

/** Rates that were found by trying, in requests a second, by origin. */
export interface FoundRates {
  recall(origin: string): number | undefined;
  remember(origin: string, perSecond: number): void;
}

/** What the runs on one cache file share beside its answers. */
export interface Sharing {
  readonly leases: Leases;
  readonly foundRates: FoundRates;
  /** The starts at an origin, of all runs together. */
  startLog(origin: string): StartLog;
}
