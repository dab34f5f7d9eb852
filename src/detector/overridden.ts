import type { Detection } from '../address/detection.ts';
import type { Answered, Settlement } from '../address/outcome.ts';
import { correctedQuery, type FindOverride, type Override, questionsToAsk, settlementOf } from '../address/override.ts';
import type { Detector } from './detector.ts';

/**
 * Wraps a detector so that what people have settled wins over whatever it would say. A corrected question is asked in
 * place of the row's own. Its answer has no confidence of its own any more, unless that is under `acceptConfidence`: what
 * was sure when it was settled may have become doubtful since.
 */
export function overridden(detector: Detector, find: FindOverride, acceptConfidence: number): Detector {
  const settled = (answer: Answered, override: Override): Answered => {
    const { confidence, runnerUp, ...sure } = answer;
    const isSure = confidence === undefined || confidence >= acceptConfidence;
    return { ...(isSure ? sure : answer), source: 'override', settled: settlementOf(override) };
  };

  return {
    id: detector.id,
    isSettled: (query) => find(query) !== undefined,

    recall(queries) {
      const overrides = queries.map(find);
      const asked = queries.flatMap((query, index) => questionsToAsk(query, overrides[index]));
      const recalled = detector.recall(asked).values();
      return overrides.map((override) => {
        if (override?.correction.kind === 'answer')
          return answered(override.correction.detection, settlementOf(override));
        const known = recalled.next().value;
        return known !== undefined && override !== undefined ? settled(known, override) : known;
      });
    },

    async ask(query, options) {
      const override = find(query);
      if (override === undefined) return detector.ask(query, options);
      const { correction } = override;
      if (correction.kind === 'answer') return answered(correction.detection, settlementOf(override));
      const corrected = correctedQuery(query, correction);
      const outcome = detector.recall([corrected])[0] ?? (await detector.ask(corrected, options));
      return outcome.kind === 'answered' ? settled(outcome, override) : outcome;
    },
  };
}

function answered(detection: Detection, settled: Settlement): Answered {
  return { kind: 'answered', source: 'override', detection, settled };
}
