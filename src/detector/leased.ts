import { setTimeout as delay } from 'node:timers/promises';
import type { Leases } from '../cache/leases.ts';
import type { Together } from '../cache/together.ts';

/** How often one looks whether another run has the answer. */
const POLL_MS = 100;

/**
 * Waits for the right to ask a question that another run may be asking. Resolves with what `look` finds in the cache
 * meanwhile, or with undefined when the lease is ours: then the question is ours to ask, and the lease to release.
 */
export async function leaseOrAnswer<T>(
  key: string,
  { leases, together }: { readonly leases: Leases; readonly together: Together },
  look: () => T | undefined,
  sleep: (ms: number) => Promise<unknown>,
): Promise<T | undefined> {
  for (;;) {
    // It may have been answered between our last look and the release of the lease.
    const claimed = await together(() => (leases.claim(key) ? { known: look() } : undefined));
    if (claimed !== undefined) {
      if (claimed.known !== undefined) await together(() => leases.release(key));
      return claimed.known;
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
