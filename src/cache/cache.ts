import type { StoredAnswer } from './stored-answer.ts';

/** A stored answer with the key it is stored under. */
export interface KeyedAnswer {
  readonly key: string;
  readonly answer: StoredAnswer;
}

/** Remembers answers by question key. Failures are never stored. */
export interface AnswerCache {
  /** What is stored under each key, in the order of `keys`, whatever its age; undefined where there is nothing. */
  getMany(keys: readonly string[]): readonly (StoredAnswer | undefined)[];
  /** For each of `starts`: what is stored under the keys that begin with it, in the order of keys, whatever its age. */
  getStarting(starts: readonly string[]): readonly (readonly KeyedAnswer[])[];
  /**
   * Stores at once and durably: when it returns, a crash of the process no longer loses the answer. Gives the answer back,
   * with the very same detection as an earlier one that was equal: what follows from it is then made once.
   */
  set(key: string, answer: StoredAnswer): StoredAnswer;
  close(): void;
}
