import type { Answered } from '../../src/address/outcome.ts';
import type { Detector } from '../../src/detector/detector.ts';
import { ACCEPT_CONFIDENCE } from '../../src/toponym/thresholds.ts';

/** One question and what should come of it. */
export interface EvalCase {
  readonly postcode: string;
  readonly address: string;
  /** City codes, names of places, or `ERR_…` for an answer that names no place. Any of them is right. */
  readonly expected: readonly string[];
}

export type Outcome = 'detected' | 'ambiguous' | 'missed' | 'wrong' | 'refused';

/** How one way of answering did on a set. */
export interface SetResult {
  readonly name: string;
  readonly by: string;
  readonly cases: number;
  readonly counts: Readonly<Record<Outcome, number>>;
  /** Detected with a confidence that asks for review. */
  readonly review: number;
  readonly microsecondsEach: number;
  readonly examples: readonly Example[];
}

export interface Example extends EvalCase {
  readonly outcome: Outcome;
  readonly got: string;
}

/** What a way of answering says: a place's code and name, several, or none. */
export interface Guess {
  readonly kind: 'one' | 'many' | 'none';
  readonly code?: string | undefined;
  readonly name?: string | undefined;
  readonly confidence?: number | undefined;
}

export type Guesser = (postcode: string, address: string) => Guess;

/** The engine as a guesser. */
export function engineGuesser(detector: Detector): Guesser {
  return (postcode, address) => {
    const [answered] = detector.recall([{ postcode, address, codRub: 0, countryCode: 'ru', fiasOnly: false }]);
    return answered === undefined ? { kind: 'none' } : guessOf(answered);
  };
}

function guessOf({ detection, confidence }: Answered): Guess {
  if (detection.status_code === 'ERR_MANY_CITIES_IN_ADDRESS') return { kind: 'many' };
  const name = detection.detected_fias_city?.formal_name;
  if (name === undefined) return { kind: 'none' };
  return { kind: 'one', name, code: detection.detected_cdek_city?.cityCode, confidence };
}

/** Asks every case and counts. Everything but a detection is kept as an example. */
export function score(name: string, by: string, cases: readonly EvalCase[], guess: Guesser): SetResult {
  const counts: Record<Outcome, number> = { detected: 0, ambiguous: 0, missed: 0, wrong: 0, refused: 0 };
  const examples: Example[] = [];
  let review = 0;
  const started = performance.now();
  for (const one of cases) {
    const guessed = guess(one.postcode, one.address);
    const outcome = outcomeOf(one, guessed);
    counts[outcome] += 1;
    const doubted = guessed.confidence !== undefined && guessed.confidence < ACCEPT_CONFIDENCE;
    if (outcome === 'detected' && doubted) review += 1;
    if (outcome !== 'detected' && outcome !== 'refused') {
      examples.push({ ...one, outcome, got: guessed.name ?? guessed.kind });
    }
  }
  const microsecondsEach = ((performance.now() - started) * 1000) / Math.max(1, cases.length);
  return { name, by, cases: cases.length, counts, review, microsecondsEach, examples };
}

function outcomeOf({ expected }: EvalCase, guessed: Guess): Outcome {
  const refusal = expected.some((one) => one.startsWith('ERR_'));
  if (refusal) return guessed.kind === 'one' ? 'wrong' : 'refused';
  if (guessed.kind === 'many') return 'ambiguous';
  if (guessed.kind === 'none') return 'missed';
  const right = expected.some((one) => one === guessed.code || samePlaceName(one, guessed.name ?? ''));
  return right ? 'detected' : 'wrong';
}

function samePlaceName(one: string, other: string): boolean {
  return one.toLowerCase().replaceAll('ё', 'е') === other.toLowerCase().replaceAll('ё', 'е');
}
