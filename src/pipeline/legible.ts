import type { Answered, Outcome, Settlement } from '../address/outcome.ts';
import type { Detector } from '../detector/detector.ts';
import type { Encoding } from '../encoding/encodings.ts';
import { inexpressibleIn } from '../encoding/expressible.ts';

/**
 * Leaves out of what answers tell of people's corrections the texts that an output's encoding has no bytes for: who has
 * learnt something last month, and why, is no reason for a file not to be written.
 */
export function legible(detector: Detector, encoding: Encoding): Detector {
  const find = inexpressibleIn(encoding);
  if (find === undefined) return detector;

  function told<Given extends Outcome | undefined>(outcome: Given): Given | Answered {
    if (outcome?.kind !== 'answered' || outcome.settled === undefined) return outcome;
    const kept = Object.entries(outcome.settled).filter(
      ([, value]) => typeof value !== 'string' || find?.(value) === undefined,
    );
    return { ...outcome, settled: Object.fromEntries(kept) as Settlement };
  }

  return {
    ...detector,
    recall: (queries) => detector.recall(queries).map((answer) => (answer === undefined ? answer : told(answer))),
    ask: async (query, options) => told(await detector.ask(query, options)),
  };
}
