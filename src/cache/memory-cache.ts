import type { AnswerCache } from './cache.ts';
import { newest } from './newest.ts';
import type { StoredAnswer } from './stored-answer.ts';

/**
 * A cache that lives as long as the process: what `--no-cache` runs with. A job needs all its answers; a server, which
 * may live for months, keeps the `most` newest.
 */
export function memoryCache(most = Number.POSITIVE_INFINITY): AnswerCache {
  const answers = newest<StoredAnswer>(most);
  return {
    getMany: (keys) => keys.map((key) => answers.get(key)),
    getStarting: (starts) =>
      starts.map((start) =>
        [...answers.entries()]
          .flatMap(([key, answer]) => (key.startsWith(start) ? { key, answer } : []))
          .sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key))),
      ),
    set: (key, answer) => {
      answers.set(key, answer);
      return answer;
    },
    close: () => answers.clear(),
  };
}
