import type { Detector } from './detector.ts';

/**
 * Wraps a detector so that a question which it cannot ask is answered by another one, marked as a fallback. What the
 * other cannot answer stays deferred.
 */
export function withFallback(detector: Detector, other: Detector): Detector {
  return {
    id: detector.id,
    recall: (queries) => detector.recall(queries),
    async ask(query, options) {
      const outcome = await detector.ask(query, options);
      if (outcome.kind !== 'deferred') return outcome;
      const substitute = other.recall([query])[0] ?? (await other.ask(query, options));
      return substitute.kind === 'answered' ? { ...substitute, fallback: true } : outcome;
    },
  };
}
