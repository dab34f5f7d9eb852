import { setTimeout as delay } from 'node:timers/promises';
import type { Leases } from '../cache/leases.ts';

/** How often one looks whether another run has the answer. */
const POLL_MS = 100;

/**
 * Waits for the right to ask a question that another run may be asking. Resolves with what `look` finds in the cache
 * meanwhile, or with undefined when the lease is ours: then the question is ours to ask, and the lease to release.
 */
export async function leaseOrAnswer<T>(
  key: string,
  leases: Leases,
  look: () => T | undefined,
  sleep: (ms: number) => Promise<unknown>,
): Promise<T | undefined> {
  for (;;) {
    if (leases.claim(key)) {
      // It may have been answered between our last look and the release of the lease.
      const known = look();
      if (known !== undefined) leases.release(key);
      return known;
    }
    await sleep(POLL_MS);
    const known = look();
    if (known !== undefined) return known;
  }
}

/** Sleeps as `leaseOrAnswer` wants it, until `run` aborts: then it rejects with that reason. */
export function sleepUntil(run: AbortSignal | undefined): (ms: number) => Promise<unknown> {
  return (ms) =>
    delay(ms, undefined, run === undefined ? {} : { signal: run }).catch((error: unknown) => {
      run?.throwIfAborted();
      throw error;
    });
}
