import { hrtime } from 'node:process';

/**
 * Milliseconds since some moment at or before the start of the machine, the same for every process on it. It is not set
 * with the wall clock, so that a rate and a lease hold across its jumps, and begins anew only when the machine does.
 */
export function machineClock(): number {
  return Number(hrtime.bigint()) / 1e6;
}
