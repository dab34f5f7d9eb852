import type { StoredAnswer } from './stored-answer.ts';

/** Remembers answers by question key. Failures are never stored. */
export interface AnswerCache {
  /** What is stored under each key, in the order of `keys`, whatever its age; undefined where there is nothing. */
  getMany(keys: readonly string[]): readonly (StoredAnswer | undefined)[];
  /** Stores at once and durably: when it returns, a crash of the process no longer loses the answer. */
  set(key: string, answer: StoredAnswer): void;
  close(): void;
}
