import { questionKeyStart } from '../../address/key.ts';
import type { AddressQuery } from '../../address/query.ts';
import type { AnswerCache } from '../../cache/cache.ts';
import type { Lifetimes } from '../../cache/validity.ts';
import type { Locator } from '../located/candidates.ts';
import { type AsOf, learnFacts } from './facts.ts';
import { createLesson, type Lesson } from './infer.ts';

/** Where facts come from. */
export interface Source {
  /** Names the way of answering and the origin of the API, as in every question key. */
  readonly asked: Parameters<typeof questionKeyStart>[0];
  readonly cache: Pick<AnswerCache, 'getStarting'>;
  readonly lifetimes: Lifetimes;
  readonly locate: Locator;
}

/** What the stored answers teach, postcode by postcode. */
export interface Lessons {
  /**
   * The lessons for each question from what was stored before a job that began at `jobStart`; undefined where that
   * teaches nothing. Those not at hand are read in one go.
   */
  of(queries: readonly AddressQuery[], jobStart: number): readonly (Lesson | undefined)[];
  /** The lesson from all that is stored by now, or was when it was last outdated, until it is complete. */
  now(query: AddressQuery, jobStart: number): Lesson | undefined;
  /** Makes `now` look again for a question's postcode. */
  outdate(query: AddressQuery): void;
  /** The complete lesson that `now` has given of a question's postcode; undefined where it has given none. */
  complete(query: AddressQuery): Lesson | undefined;
  /** Makes what was stored before be read anew. */
  forget(query: AddressQuery): void;
}

const POSTCODES_IN_MEMORY = 4096;

/** For a server, where every call is a job: what other processes store shows after so many milliseconds. */
const FRESH_MS = 10_000;

interface Remembered {
  readonly jobStart: number;
  readonly lesson: Lesson | undefined;
}

/** Reads lessons from a source. The lessons of the postcodes that came last stay in memory. */
export function openLessons({ asked, cache, lifetimes, locate }: Source): Lessons {
  const remembered = new Map<string, Remembered>();
  const completed = new Map<string, Lesson>();
  const latest = new Map<string, Lesson>();
  const startOf = (query: AddressQuery) => questionKeyStart(asked, query);

  function isFresh(known: Remembered | undefined, jobStart: number): boolean {
    return known !== undefined && jobStart >= known.jobStart && jobStart - known.jobStart < FRESH_MS;
  }

  function read(starts: ReadonlyMap<string, AddressQuery>, asOf: Omit<AsOf, 'lifetimes'>): (Lesson | undefined)[] {
    const stored = cache.getStarting([...starts.keys()]);
    return [...starts].map(([start, { postcode, fiasOnly }], index) => {
      const witnesses = (stored[index] ?? []).map(({ key, answer }) => ({ address: key.slice(start.length), answer }));
      const facts = learnFacts(witnesses, { ...asOf, lifetimes });
      return facts && createLesson(postcode, facts, fiasOnly, locate);
    });
  }

  return {
    of(queries, jobStart) {
      const starts = queries.map(startOf);
      const missing = new Map<string, AddressQuery>();
      for (const [index, query] of queries.entries()) {
        const start = starts[index] ?? '';
        if (!isFresh(remembered.get(start), jobStart)) missing.set(start, query);
      }
      if (missing.size > 0) {
        const lessons = read(missing, { jobStart, before: jobStart });
        for (const [index, start] of [...missing.keys()].entries()) {
          remembered.delete(start);
          remembered.set(start, { jobStart, lesson: lessons[index] });
        }
      }
      const lessons = starts.map((start) => remembered.get(start)?.lesson);
      shrink(remembered);
      return lessons;
    },
    now(query, jobStart) {
      const start = startOf(query);
      const known = completed.get(start) ?? latest.get(start);
      if (known !== undefined) return known;
      const [lesson] = read(new Map([[start, query]]), { jobStart, before: Number.POSITIVE_INFINITY });
      if (lesson !== undefined) {
        const kept = lesson.isComplete ? completed : latest;
        kept.set(start, lesson);
        shrink(kept);
      }
      return lesson;
    },
    outdate: (query) => {
      latest.delete(startOf(query));
    },
    complete: (query) => completed.get(startOf(query)),
    forget: (query) => {
      remembered.delete(startOf(query));
    },
  };
}

/** Keeps the entries that were set last. */
function shrink(entries: Map<string, unknown>): void {
  for (const key of entries.keys()) {
    if (entries.size <= POSTCODES_IN_MEMORY) return;
    entries.delete(key);
  }
}
