import type { CdekCity, Detection } from '../../../src/address/detection.ts';
import type { Outcome } from '../../../src/address/outcome.ts';
import type { AddressQuery } from '../../../src/address/query.ts';
import type { AnswerCache } from '../../../src/cache/cache.ts';
import { memoryCache } from '../../../src/cache/memory-cache.ts';
import { type CachedOptions, cached } from '../../../src/detector/cached.ts';
import type { Detector } from '../../../src/detector/detector.ts';
import { type InferredOptions, inferred } from '../../../src/detector/inferred.ts';
import { createLocator } from '../../../src/detector/located/candidates.ts';
import { UpstreamFailure } from '../../../src/detector/upstream.ts';
import { builtinGazetteerFile } from '../../../src/gazetteer/builtin-file.ts';
import { loadSubjectFinder } from '../../../src/gazetteer/load-draft.ts';
import { openGazetteer } from '../../../src/gazetteer/sqlite-gazetteer.ts';
import { query } from '../query.ts';

export const JOB_START = 1_000_000_000_000;
export const DAY = 86_400_000;
const LIFETIMES = { ttlMs: 30 * DAY, negativeTtlMs: 3 * DAY };
const locate = createLocator(openGazetteer(builtinGazetteerFile()), loadSubjectFinder());

/** What an API says, looked up by the letter: it reads no address. */
export type Table = (query: AddressQuery) => Detection | 'down';

/** An answer that found a city of the Amur oblast. */
export function found(name: string, cityCode: string, possible = [name], more: Partial<CdekCity> = {}): Detection {
  const guid = `00000000-0000-4000-8000-${cityCode.padStart(12, '0')}`;
  return {
    status_code: 'OK',
    detected_cdek_city: {
      ...{ cityCode, cityName: name, fiasGuid: guid, paymentLimit: -1, region: 'Амурская', regionCode: '56' },
      ...more,
    },
    detected_fias_city: { formal_name: name, guid, prefix: 'г' },
    possible_cities: possible,
  };
}

/** An answer that found none. */
export function refused(possible: readonly string[], status_code = 'ERR_NOT_DETECT_CITY_IN_ADDRESS'): Detection {
  return { status_code, possible_cities: possible };
}

export interface TableApi {
  readonly cache: AnswerCache;
  /** Every question that was asked. */
  readonly asked: AddressQuery[];
  table: Table;
  /** A detector that infers, for a job that began at `jobStart`; it audits nothing unless told to. */
  job(
    options?: Partial<InferredOptions & Pick<CachedOptions, 'refresh' | 'cache'>> & { readonly own?: Wrap },
  ): Detector;
}

type Wrap = (detector: Detector) => Detector;

/** An API that answers from a table, with a cache in memory before it. */
export function tableApi(table: Table, cache = memoryCache()): TableApi {
  const asked: AddressQuery[] = [];
  const api: TableApi = {
    cache,
    asked,
    table,
    job({ jobStart = JOB_START, refresh = false, own = (detector: Detector) => detector, ...options } = {}) {
      const start = typeof jobStart === 'number' ? jobStart : jobStart();
      const upstream = {
        origin: 'http://api.test',
        ask: async (asking: AddressQuery) => {
          asked.push(asking);
          await new Promise(setImmediate);
          const answer = api.table(asking);
          if (answer === 'down') throw new UpstreamFailure('no answer');
          return answer;
        },
      };
      const now = typeof jobStart === 'number' ? () => start + 10_000 : jobStart;
      const detector = cached(upstream, { id: 'api', cache, jobStart, now, ...LIFETIMES, refresh });
      return inferred(own(detector), {
        ...{ asked: { detectorId: 'api', origin: 'http://api.test' }, cache, locate, jobStart },
        lifetimes: { ...LIFETIMES, refresh },
        audit: { share: 0, least: 0.995 },
        ...options,
      });
    },
  };
  return api;
}

/** What rows get, one after the other's begin, as a run asks them: status, city and source. */
export async function rows(detector: Detector, addresses: readonly (string | Partial<AddressQuery>)[]) {
  const queries = addresses.map((one) => query(typeof one === 'string' ? { address: one } : one));
  const recalled = detector.recall(queries);
  const outcomes = await Promise.all(queries.map((one, index) => recalled[index] ?? detector.ask(one)));
  const pairs = outcomes.map((outcome, index) => ({ query: queries[index], outcome }));
  const settled = (await detector.settle?.(pairs)) ?? outcomes;
  return settled.map(told);
}

function told(outcome: Outcome): string {
  if (outcome.kind !== 'answered') return outcome.kind;
  const { detection, source } = outcome;
  return `${detection.status_code} ${detection.detected_cdek_city?.cityCode ?? '-'} ${source}`;
}
