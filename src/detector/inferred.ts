import { questionKeyStart } from '../address/key.ts';
import { type Answered, isFallback, type Outcome } from '../address/outcome.ts';
import type { AddressQuery } from '../address/query.ts';
import type { Detector, Settling } from './detector.ts';
import { type AuditCounts, type AuditRule, agree, isSampled } from './inferred/audit.ts';
import { openLessons, type Source } from './inferred/lessons.ts';
import { countTrust } from './inferred/trust.ts';
import { createTurns } from './inferred/turns.ts';

export interface InferredOptions extends Source {
  readonly audit: AuditRule;
  /** What the audits of the same job showed before this attempt. */
  readonly auditedBefore?: AuditCounts;
  /** Do not infer at all: an earlier part of the same run has shown that it is not to be trusted. */
  readonly startsOff?: boolean;
  /**
   * When the job began, in milliseconds since 1970: only answers from before teach. A server, where every call is a job,
   * gives its clock; there audits count in the order of their answers, and `settle` has nothing to do.
   */
  readonly jobStart: number | (() => number);
  /** Told once when agreement falls below the least one. */
  readonly onSwitchedOff?: (counts: AuditCounts) => void;
}

type Asking = Parameters<Detector['ask']>[1];
type Asked = Exclude<Outcome, { kind: 'invalid' }>;

/**
 * Wraps a cache-first detector so that questions are answered without a request where stored answers leave no doubt (see
 * docs/inference.md). Whether a row is inferred depends on what was stored before the job and on the rows before it, never
 * on which of them happens to be answered by then: where a postcode is not yet known as a whole, its rows have their turn
 * one after the other. So a resumed job infers what an uninterrupted one would.
 * What is inferred is never stored, so that it teaches nothing.
 */
export function inferred(detector: Detector, options: InferredOptions): Detector {
  const { asked, audit, jobStart, startsOff = false, onSwitchedOff = () => {} } = options;
  const lessons = openLessons(options);
  const turns = createTurns();
  const isServer = typeof jobStart !== 'number';
  const startOfJob = isServer ? jobStart : () => jobStart;
  const trust = countTrust(audit, {
    before: options.auditedBefore ?? { audited: 0, differing: 0 },
    startsLost: startsOff,
    onLost: onSwitchedOff,
  });

  /** Where a person has settled a question, nothing else is heard. */
  const isOpen = (query: AddressQuery) => detector.isSettled?.(query) !== true;
  const isAudited = (query: AddressQuery, start: number) => isSampled(query, start, audit);

  /** An answer to an audited question, with what it says of the inferred one. What was not the API's says nothing. */
  function audited<O extends Asked>(outcome: O, guess: Answered): O {
    if (outcome.kind !== 'answered' || isFallback(outcome)) return outcome;
    if (outcome.source !== 'api' && outcome.source !== 'cache') return outcome;
    const verdict = agree(guess.detection, outcome.detection) ? 'agreeing' : 'differing';
    if (!isServer) return { ...outcome, audit: verdict };
    trust.add(verdict);
    return outcome;
  }

  function recallOne(query: AddressQuery, known: Answered | undefined, guess: Answered | undefined, start: number) {
    if (guess === undefined) return undefined;
    // An answer that the job has already must not be passed over where it says something else.
    const isNeeded = isAudited(query, start) || (known !== undefined && !agree(guess.detection, known.detection));
    if (!isNeeded) return guess;
    return known === undefined ? undefined : audited(known, guess);
  }

  /** Once all rows before that have the same postcode are answered, and what they were told may teach this one. */
  async function askInTurn(query: AddressQuery, start: number, asking: Asking): Promise<Asked> {
    const [known] = detector.recall([query]);
    if (known !== undefined) return known;
    const guess = lessons.now(query, start)?.infer(query);
    if (guess !== undefined) return settledBy(guess, query, start, asking);
    return detector.ask(query, asking).finally(() => lessons.outdate(query));
  }

  /** What was inferred, or for a question of the sample what the API says. */
  async function settledBy(guess: Answered, query: AddressQuery, start: number, asking: Asking): Promise<Asked> {
    return isAudited(query, start) ? audited(await detector.ask(query, asking), guess) : guess;
  }

  /** Asks what `settle` takes back. */
  async function askAgain(query: AddressQuery, signal: AbortSignal | undefined): Promise<Outcome> {
    return detector.recall([query])[0] ?? detector.ask(query, signal === undefined ? {} : { signal });
  }

  function settleOne({ query, outcome }: Settling, signal: AbortSignal | undefined): Outcome | Promise<Outcome> {
    if (outcome.kind !== 'answered' || query === undefined) return outcome;
    const { audit: verdict, ...rest } = outcome;
    if (trust.isLost()) return outcome.source === 'inferred' ? askAgain(query, signal) : rest;
    if (verdict !== undefined) trust.add(verdict);
    return outcome;
  }

  return {
    ...detector,

    recall(queries) {
      const known = detector.recall(queries);
      if (trust.isLost()) return known;
      const start = startOfJob();
      // What the job has fetched itself is set aside again where it would have been inferred before.
      const open = [...queries.entries()].filter(
        ([index, query]) => (known[index] === undefined || known[index].source === 'api') && isOpen(query),
      );
      if (open.length === 0) return known;
      const taught = lessons.of(
        open.map(([, query]) => query),
        start,
      );
      const recalled = [...known];
      for (const [position, [index, query]] of open.entries()) {
        const guess = taught[position]?.infer(query);
        if (guess !== undefined) recalled[index] = recallOne(query, known[index], guess, start);
        else if (known[index] === undefined) {
          recalled[index] = recallOne(query, undefined, lessons.complete(query)?.infer(query), start);
        }
      }
      return recalled;
    },

    async ask(query, asking) {
      if (trust.isLost() || !isOpen(query)) return detector.ask(query, asking);
      const start = startOfJob();
      const [before] = lessons.of([query], start);
      const complete = lessons.complete(query) ?? (before?.isComplete === true ? before : undefined);
      const guess = before?.infer(query) ?? complete?.infer(query);
      if (guess !== undefined) return settledBy(guess, query, start, asking);
      if (isServer) return detector.ask(query, asking).finally(() => lessons.forget(query));
      if (complete !== undefined) return detector.ask(query, asking);
      return turns.take(questionKeyStart(asked, query), () => askInTurn(query, start, asking), asking?.signal);
    },

    ...(isServer
      ? {}
      : {
          settle: (rows: readonly Settling[], { signal }: { readonly signal?: AbortSignal } = {}) =>
            Promise.all(rows.map((row) => settleOne(row, signal))),
        }),
  };
}
