import { type Measured, median } from './measure.ts';

/** Measurements of several things, round by round. */
export type Rounds<Name extends string> = Readonly<Record<Name, readonly Measured[]>>;

/**
 * Measures each in turn, round after round: what else the machine does then burdens all of them alike. One that is
 * undefined is left out, and has no measurements.
 */
export async function inTurn<Name extends string>(
  rounds: number,
  measures: Readonly<Record<Name, (() => Promise<Measured>) | undefined>>,
): Promise<Rounds<Name>> {
  const names = Object.keys(measures) as Name[];
  const all = Object.fromEntries(names.map((name) => [name, [] as Measured[]])) as Record<Name, Measured[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) {
      const measured = await measures[name]?.();
      if (measured !== undefined) all[name].push(measured);
    }
  }
  return all;
}

/**
 * How many times as fast one is as the other: the median of the rounds' ratios, for neighbours in time compare best.
 * Undefined where either was not measured.
 */
export function timesAsFast(one: readonly Measured[], other: readonly Measured[]): number | undefined {
  return known(median(one.map(({ ms }, round) => (other[round]?.ms ?? Number.NaN) / ms)));
}

/** The same of processor time; undefined also where the system does not tell it. */
export function timesAsThrifty(one: readonly Measured[], other: readonly Measured[]): number | undefined {
  return known(median(one.map(({ cpuMs }, round) => (other[round]?.cpuMs ?? Number.NaN) / (cpuMs ?? Number.NaN))));
}

/** Median seconds of the wall clock; undefined where nothing was measured. */
export function seconds(measured: readonly Measured[]): number | undefined {
  return known(median(measured.map(({ ms }) => ms)) / 1000);
}

/** How many a second, of so many in a run; undefined where nothing was measured. */
export function perSecond(count: number, measured: readonly Measured[]): number | undefined {
  const time = seconds(measured);
  return time === undefined ? undefined : count / time;
}

/** The highest peak in megabytes; undefined where the system does not tell. */
export function peakMb(measured: readonly Measured[]): number | undefined {
  const peaks = measured.flatMap((run) => (run.peakMb === undefined ? [] : [run.peakMb]));
  return peaks.length === 0 ? undefined : Math.max(...peaks);
}

function known(figure: number): number | undefined {
  return Number.isNaN(figure) ? undefined : figure;
}
