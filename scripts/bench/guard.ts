/** Figures of which more is better, by name, as scripts/bench/baseline.json has them. */
export type GuardedFigures = Readonly<Record<string, number>>;

/** What became of a figure. */
export interface Verdict {
  readonly name: string;
  readonly baseline: number;
  /** Undefined where it could not be measured. */
  readonly measured: number | undefined;
  /** `measured / baseline`; undefined where there is nothing to compare. */
  readonly share: number | undefined;
  readonly isRegression: boolean;
}

/** A figure may fall so far short of the baseline: what less is, a noisy machine does too. */
export const TOLERANCE = 0.15;

/**
 * Compares what was measured with the baseline. A figure that falls short by more than the tolerance is a regression;
 * one that could not be measured is none, and one that the baseline lacks is not judged.
 */
export function judgeFigures(
  baseline: GuardedFigures,
  measured: Readonly<Record<string, number | undefined>>,
  tolerance = TOLERANCE,
): readonly Verdict[] {
  return Object.entries(baseline).map(([name, expected]) => {
    const found = measured[name];
    const share = found === undefined ? undefined : found / expected;
    return {
      name,
      baseline: expected,
      measured: found,
      share,
      isRegression: share !== undefined && share < 1 - tolerance,
    };
  });
}

/** A verdict in one line. */
export function renderVerdict({ name, baseline, measured, share, isRegression }: Verdict): string {
  const start = `  ${name.padEnd(46)}${baseline.toFixed(2).padStart(8)}`;
  if (measured === undefined || share === undefined) return `${start}  not measured here`;
  const word = isRegression ? 'SLOWER' : 'ok';
  return `${start} →${measured.toFixed(2).padStart(6)}  ${Math.round(share * 100)} %  ${word}`;
}
