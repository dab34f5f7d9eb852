import { API_STATUS_CODES, type Detection } from '../address/detection.ts';
import { questionKey } from '../address/key.ts';
import type { Answered, Deferred } from '../address/outcome.ts';
import type { AddressQuery } from '../address/query.ts';
import type { AnswerCache } from '../cache/cache.ts';
import { type Leases, noLeases } from '../cache/leases.ts';
import { absorb, owesCity, type StoredAnswer, servesEveryAmount } from '../cache/stored-answer.ts';
import { atOnce, type Together } from '../cache/together.ts';
import { isExpiredRefusal, isPositive, type Lifetimes, validAnswer, validPart } from '../cache/validity.ts';
import type { Detector } from './detector.ts';
import { inFlightRequests } from './in-flight.ts';
import { leaseOrAnswer, sleepUntil } from './leased.ts';
import { shareable, until } from './until.ts';
import { type Upstream, UpstreamFailure } from './upstream.ts';

export interface CachedOptions extends Lifetimes {
  /** Names the way of answering, part of every key. */
  readonly id: string;
  readonly cache: AnswerCache;
  /** Shared with the other runs on the cache, where it is shared. */
  readonly leases?: Leases;
  /** For what is written to the cache and the leases. */
  readonly together?: Together;
  /**
   * When the job began, in milliseconds since 1970: ages are judged at this moment, and what was fetched since is the
   * job's own. A server, where every call is a job, gives its clock.
   */
  readonly jobStart: number | (() => number);
  /** The run's own signal: the only one that ends a request which several rows may be waiting for. */
  readonly signal?: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** Answers about the question itself. Codes that are not known to us may mean anything and are never stored. */
const CACHEABLE: ReadonlySet<string> = new Set(
  API_STATUS_CODES.filter((code) => !['ERR_NO_DEVKEY', 'ERR_BAD_DEVKEY', 'ERR_INTERNAL'].includes(code)),
);

/** What another gorod gave in place of its own upstream is good for now only. */
function isKept({ status_code, fallback }: Detection): boolean {
  return CACHEABLE.has(status_code) && fallback !== true;
}

/** What one request brought for everyone who waits for it. */
type Fetched =
  | { readonly kind: 'stored'; readonly stored: StoredAnswer }
  | { readonly kind: 'passed'; readonly detection: Detection }
  | Deferred;

/**
 * The detector that looks before it asks: cache, then an equal question in flight, here or in another run on the cache,
 * then the upstream. An answer is
 * committed to the cache before anyone gets it; a failure leaves nothing behind.
 */
export function cached(upstream: Upstream, options: CachedOptions): Detector {
  const { id, cache, leases = noLeases, together = atOnce, jobStart, now = Date.now, signal: run } = options;
  const startOfJob = typeof jobStart === 'number' ? () => jobStart : jobStart;
  const asked = { detectorId: id, origin: upstream.origin };
  const inFlight = inFlightRequests<Fetched>();
  const forEvery = { api: forEveryAmount('api'), cache: forEveryAmount('cache') };
  const sleep = sleepUntil(run);
  if (run !== undefined) shareable(run);

  function fromStored(stored: StoredAnswer | undefined, codRub: number, start: number): Answered | undefined {
    const valid = validAnswer(stored, codRub, options, start);
    if (valid === undefined || stored === undefined) return undefined;
    const source = valid.fetchedAt >= start ? 'api' : 'cache';
    return servesEveryAmount(stored) ? forEvery[source](valid.detection) : answered(valid.detection, source);
  }

  function fromFetched(fetched: Fetched, codRub: number, start: number): Answered | Deferred | undefined {
    if (fetched.kind === 'deferred') return fetched;
    // Another gorod says so where it answered in place of the API: the row is worth asking again.
    if (fetched.kind === 'passed')
      return answered(fetched.detection, fetched.detection.fallback === true ? 'local' : 'api');
    return fromStored(fetched.stored, codRub, start);
  }

  async function attempt(query: AddressQuery): Promise<Detection | Deferred> {
    try {
      return await upstream.ask(query, run);
    } catch (error) {
      if (!(error instanceof UpstreamFailure)) throw error;
      return { kind: 'deferred', reason: error.message };
    }
  }

  async function fetchOnce(query: AddressQuery, key: string, start: number): Promise<Fetched> {
    let before: StoredAnswer | undefined;
    const look = () => {
      [before] = cache.getMany([key]);
      return fromStored(before, query.codRub, start) && before;
    };
    const stored = await leaseOrAnswer(key, { leases, together }, look, sleep);
    if (stored !== undefined) return { kind: 'stored', stored };
    try {
      // What lay there when we got the lease: nobody else writes it while we hold that.
      const fetched = await fetchAnswer(query, before, start);
      return await together(() => {
        const end: Fetched =
          fetched.kind === 'stored' ? { ...fetched, stored: cache.set(key, fetched.stored) } : fetched;
        leases.release(key);
        return end;
      });
    } catch (error) {
      await together(() => leases.release(key));
      throw error;
    }
  }

  async function fetchAnswer(query: AddressQuery, before: StoredAnswer | undefined, start: number): Promise<Fetched> {
    const detection = await attempt(query);
    if ('kind' in detection) return detection;
    if (!isKept(detection)) return { kind: 'passed', detection };
    // A clock that was set back must not make the job's own answer look older than the job.
    const by = { fiasOnly: query.fiasOnly, now: Math.max(now(), start), jobStart: start };
    const known = validPart(before, options, start);
    let stored = absorb(known, detection, { ...by, codRub: query.codRub });
    if (owesCity(stored)) {
      const second = await attempt({ ...query, codRub: 0 });
      // Whatever is no answer about the amount leaves the first answer as it stands.
      if (!('kind' in second) && isPositive(second) && isKept(second))
        stored = absorb(stored, second, { ...by, codRub: 0 });
    }
    if (stored.earlier === undefined && before !== undefined && isExpiredRefusal(before, options, start)) {
      stored = { ...stored, earlier: { detection: before.detection, fetchedAt: before.fetchedAt, expired: true } };
    }
    return { kind: 'stored', stored };
  }

  return {
    id,

    recall(queries) {
      const start = startOfJob();
      const stored = cache.getMany(queries.map((query) => questionKey(asked, query)));
      return queries.map((query, i) => fromStored(stored[i], query.codRub, start));
    },

    async ask(query, { signal } = {}) {
      const key = questionKey(asked, query);
      const start = startOfJob();
      for (;;) {
        signal?.throwIfAborted();
        const shared = inFlight.get(key);
        const request = shared ?? inFlight.begin(key, () => fetchOnce(query, key, start));
        const outcome = fromFetched(await until(request, signal), query.codRub, start);
        if (outcome !== undefined) return outcome;
        if (shared === undefined) throw new Error('an answer serves the amount it was asked with');
        // The answer to another amount leaves this one open: one of those who waited asks.
      }
    },
  };
}

function answered(detection: Detection, source: 'api' | 'cache' | 'local'): Answered {
  return { kind: 'answered', detection, source };
}

/** Answers that serve every amount: the very same object for the same one, so that what follows from it is made once. */
function forEveryAmount(source: 'api' | 'cache'): (detection: Detection) => Answered {
  const known = new WeakMap<Detection, Answered>();
  return (detection) => {
    const answer = known.get(detection) ?? { ...answered(detection, source), forEveryAmount: true };
    known.set(detection, answer);
    return answer;
  };
}
