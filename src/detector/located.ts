import { postcodeKey } from '../address/key.ts';
import type { Answered, Deferred } from '../address/outcome.ts';
import type { PostcodeCity } from '../address/postcode-city.ts';
import type { AddressQuery } from '../address/query.ts';
import { type Leases, noLeases } from '../cache/leases.ts';
import { type PostcodeCache, type StoredCities, validCities } from '../cache/postcode-cache.ts';
import { atOnce, type Together } from '../cache/together.ts';
import type { Lifetimes } from '../cache/validity.ts';
import { readAddress } from '../toponym/read.ts';
import type { Detector } from './detector.ts';
import { inFlightRequests } from './in-flight.ts';
import { leaseOrAnswer, sleepUntil } from './leased.ts';
import { answerOf } from './local/answer.ts';
import { choose, NOTHING_CHOSEN } from './local/choose.ts';
import { findingOf } from './local/finding.ts';
import type { Located, Locator } from './located/candidates.ts';
import { shareable, until } from './until.ts';
import { type Upstream, UpstreamFailure } from './upstream.ts';

export interface LocatedOptions extends Lifetimes {
  /** Names the way of answering, part of every key. */
  readonly id: string;
  readonly cache: PostcodeCache;
  /** Shared with the other runs on the cache, where it is shared. */
  readonly leases?: Leases;
  /** For what is written to the cache and the leases. */
  readonly together?: Together;
  readonly locate: Locator;
  /** As in `cached`: when the job began, in milliseconds since 1970, or a server's clock. */
  readonly jobStart: number | (() => number);
  /** The run's own signal: the only one that ends a request which several rows may be waiting for. */
  readonly signal?: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

const POSTCODES_IN_MEMORY = 4096;

/**
 * The detector that asks an upstream for a postcode's cities, one request per postcode, and chooses among them by the
 * address as the local detector does. The cities are committed to the cache before anyone gets an answer from them; a
 * failure leaves nothing behind.
 */
export function located(upstream: Upstream<string, readonly PostcodeCity[]>, options: LocatedOptions): Detector {
  const { id, cache, leases = noLeases, together = atOnce, locate, jobStart, now = Date.now, signal: run } = options;
  const startOfJob = typeof jobStart === 'number' ? () => jobStart : jobStart;
  const asked = { detectorId: id, origin: upstream.origin };
  const inFlight = inFlightRequests<StoredCities | Deferred>();
  const sleep = sleepUntil(run);
  const candidatesOf = remembersLocated(locate);
  if (run !== undefined) shareable(run);

  const valid = (stored: StoredCities | undefined, start: number) => validCities(stored, options, start);

  function answer(query: AddressQuery, stored: StoredCities, start: number): Answered {
    const candidates = candidatesOf(query.postcode, stored);
    const { set } = candidates;
    // Nobody has the postcode: where the address lies says nothing about it.
    const isKnown = set.owners.length > 0;
    const choice = isKnown ? choose(readAddress(query.address), query.postcode, candidates) : NOTHING_CHOSEN;
    const source = stored.fetchedAt >= start ? 'api' : 'cache';
    return { ...answerOf(set, findingOf(query, set, choice)), source };
  }

  async function fetchOnce(postcode: string, key: string, start: number): Promise<StoredCities | Deferred> {
    const look = () => valid(cache.getMany([key])[0], start);
    const known = await leaseOrAnswer(key, { leases, together }, look, sleep);
    if (known !== undefined) return known;
    try {
      const cities = await upstream.ask(postcode, run);
      // A clock that was set back must not make the job's own answer look older than the job.
      const stored = { cities, fetchedAt: Math.max(now(), start) };
      await together(() => cache.set(key, stored));
      return stored;
    } catch (error) {
      if (!(error instanceof UpstreamFailure)) throw error;
      return { kind: 'deferred', reason: error.message };
    } finally {
      await together(() => leases.release(key));
    }
  }

  return {
    id,

    recall(queries) {
      const start = startOfJob();
      const keys = queries.map((query) => postcodeKey(asked, query));
      const distinct = [...new Set(keys)];
      const found = cache.getMany(distinct);
      const stored = new Map(distinct.map((key, i) => [key, valid(found[i], start)]));
      return queries.map((query, i) => {
        const known = stored.get(keys[i] ?? '');
        return known && answer(query, known, start);
      });
    },

    async ask(query, { signal } = {}) {
      signal?.throwIfAborted();
      const key = postcodeKey(asked, query);
      const start = startOfJob();
      const known = valid(cache.getMany([key])[0], start);
      const request = known ?? inFlight.get(key) ?? inFlight.begin(key, () => fetchOnce(query.postcode, key, start));
      const got = request instanceof Promise ? await until(request, signal) : request;
      return 'kind' in got ? got : answer(query, got, start);
    },
  };
}

/** Keeps the candidates of the postcodes that came last: the rows of a file are of few places. */
function remembersLocated(locate: Locator): (postcode: string, stored: StoredCities) => Located {
  const remembered = new Map<string, { readonly fetchedAt: number; readonly located: Located }>();
  return (postcode, { cities, fetchedAt }) => {
    const known = remembered.get(postcode);
    remembered.delete(postcode);
    const entry = known?.fetchedAt === fetchedAt ? known : { fetchedAt, located: locate(postcode, cities) };
    remembered.set(postcode, entry);
    if (remembered.size > POSTCODES_IN_MEMORY) {
      const oldest = remembered.keys().next();
      if (oldest.done !== true) remembered.delete(oldest.value);
    }
    return entry.located;
  };
}
