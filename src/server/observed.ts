import type { Detector } from '../detector/detector.ts';
import type { Metrics } from './metrics.ts';

/** Wraps a detector so that its answers are counted by source, whichever route they are for. */
export function observed(detector: Detector, metrics: Pick<Metrics, 'answer'>): Detector {
  return {
    ...detector,
    recall(queries) {
      const answers = detector.recall(queries);
      for (const answer of answers) if (answer !== undefined) metrics.answer(answer.source);
      return answers;
    },
    async ask(query, options) {
      const outcome = await detector.ask(query, options);
      if (outcome.kind === 'answered') metrics.answer(outcome.source);
      return outcome;
    },
  };
}
