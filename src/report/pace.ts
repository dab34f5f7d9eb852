import type { Tally } from '../pipeline/tally.ts';

/** How far a job is and how fast it goes, at one moment. */
export interface Pace {
  /** Written, by earlier attempts too. */
  readonly rows: number;
  readonly rowsPerSecond: number;
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly cacheHits: number;
  readonly deferred: number;
  /** 0 to 100; undefined, like the time left, where nobody knows how much there is. */
  readonly percent?: number;
  readonly secondsLeft?: number;
}

export interface PaceOptions {
  readonly tally: Readonly<Tally>;
  readonly meter: { readonly requests: number };
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
}

export interface PaceMeter {
  /** So many more rows are done; they took so many bytes of the input. */
  advance(rows: number, bytes: number): void;
  /** `inputBytes`: what all rows take; undefined where that is not known. */
  pace(inputBytes: number | undefined): Pace;
}

/**
 * Measures a job from now on. Rows of an earlier attempt count as done: as long, on the average, as those that follow,
 * but not as fast.
 */
export function measurePace({ tally, meter, now = () => performance.now() }: PaceOptions): PaceMeter {
  const begun = now();
  const own = { rows: 0, bytes: 0 };

  function left(inputBytes: number | undefined, seconds: number): Pick<Pace, 'percent' | 'secondsLeft'> {
    if (inputBytes === undefined || inputBytes === 0 || own.bytes === 0) return {};
    const ownShare = own.bytes / inputBytes;
    const share = Math.min((ownShare * tally.rowsOut) / own.rows, 1);
    return { percent: Math.floor(share * 100), secondsLeft: Math.round((seconds * (1 - share)) / ownShare) };
  }

  return {
    advance: (rows, bytes) => {
      own.rows += rows;
      own.bytes += bytes;
    },
    pace: (inputBytes) => {
      const seconds = (now() - begun) / 1000;
      const perSecond = (count: number) => (seconds > 0 ? Math.round((count * 10) / seconds) / 10 : 0);
      return {
        rows: tally.rowsOut,
        rowsPerSecond: perSecond(own.rows),
        requests: meter.requests,
        requestsPerSecond: perSecond(meter.requests),
        cacheHits: tally.cacheHits,
        deferred: tally.deferred,
        ...left(inputBytes, seconds),
      };
    },
  };
}
