import type { Detection } from '../address/detection.ts';
import type { Answered } from '../address/outcome.ts';
import { type Correction, correctedQuery, type FindCorrection } from '../address/override.ts';
import type { AddressQuery } from '../address/query.ts';
import type { Detector } from './detector.ts';

/**
 * Wraps a detector so that what people have settled wins over whatever it would say. A corrected question is asked in
 * place of the row's own. Its answer has no confidence of its own any more, unless that is under `acceptConfidence`: what
 * was sure when it was settled may have become doubtful since.
 */
export function overridden(detector: Detector, find: FindCorrection, acceptConfidence: number): Detector {
  const settled = (answer: Answered): Answered => {
    const { confidence, runnerUp, ...sure } = answer;
    const isSure = confidence === undefined || confidence >= acceptConfidence;
    return { ...(isSure ? sure : answer), source: 'override' };
  };

  return {
    id: detector.id,
    isSettled: (query) => find(query) !== undefined,

    recall(queries) {
      const corrections = queries.map(find);
      const asked = queries.flatMap((query, index) => toAsk(query, corrections[index]));
      const recalled = detector.recall(asked).values();
      return corrections.map((correction) => {
        if (correction?.kind === 'answer') return answered(correction.detection);
        const known = recalled.next().value;
        return known !== undefined && correction !== undefined ? settled(known) : known;
      });
    },

    async ask(query, options) {
      const correction = find(query);
      if (correction === undefined) return detector.ask(query, options);
      if (correction.kind === 'answer') return answered(correction.detection);
      const corrected = correctedQuery(query, correction);
      const outcome = detector.recall([corrected])[0] ?? (await detector.ask(corrected, options));
      return outcome.kind === 'answered' ? settled(outcome) : outcome;
    },
  };
}

function answered(detection: Detection): Answered {
  return { kind: 'answered', source: 'override', detection };
}

/** The question for the wrapped detector; none where the answer itself is settled. */
function toAsk(query: AddressQuery, correction: Correction | undefined): readonly AddressQuery[] {
  if (correction === undefined) return [query];
  return correction.kind === 'answer' ? [] : [correctedQuery(query, correction)];
}
