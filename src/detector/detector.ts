import type { Answered, Outcome } from '../address/outcome.ts';
import type { AddressQuery } from '../address/query.ts';

/** A row's question with its outcome; without a question where the row's own cells made none. */
export interface Settling {
  readonly query: AddressQuery | undefined;
  readonly outcome: Outcome;
}

/**
 * Answers address questions: at once what is at hand, the rest by asking.
 * The batch run and the server speak to detectors only through this interface.
 */
export interface Detector {
  /** Names the way of answering; part of the cache key, e.g. `api` or `local`. */
  readonly id: string;
  /** The answers that need no waiting, in the order of `queries`; undefined where `ask` is needed. */
  recall(queries: readonly AddressQuery[]): readonly (Answered | undefined)[];
  /**
   * Asks one question that `recall` left open. Resolves with an answer, or deferred when the upstream cannot be asked.
   * Rejects with GorodError only where going on is pointless (refused key, broken cache) or `signal` aborted.
   */
  ask(query: AddressQuery, options?: { readonly signal?: AbortSignal }): Promise<Exclude<Outcome, { kind: 'invalid' }>>;
  /** Whether a person has settled a question; one whose postcode has no six digits is answered only then. */
  isSettled?(query: AddressQuery): boolean;
  /** Another number once people have settled something else; absent where that is not followed. */
  revision?(): number;
  /**
   * Takes the outcomes of a job in the order of its rows, right before they are passed on, and resolves with those that
   * stand: what one row brings to light may undo the answers of later ones, however early they were given. Absent where
   * every answer stands.
   */
  settle?(rows: readonly Settling[], options?: { readonly signal?: AbortSignal }): Promise<readonly Outcome[]>;
}
