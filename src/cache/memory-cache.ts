import type { AnswerCache } from './cache.ts';
import type { StoredAnswer } from './stored-answer.ts';

/** A cache that lives as long as the process: what `--no-cache` runs with. */
export function memoryCache(): AnswerCache {
  const answers = new Map<string, StoredAnswer>();
  return {
    getMany: (keys) => keys.map((key) => answers.get(key)),
    set: (key, answer) => {
      answers.set(key, answer);
    },
    close: () => answers.clear(),
  };
}
