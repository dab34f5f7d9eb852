/** What is remembered of the requests that started at one origin. Times are milliseconds of the log's own clock. */
export interface StartView {
  readonly now: number;
  /** The lowest rate that anyone who asks there at this time has announced, in starts a second. */
  readonly lowestRate: number;
  /** The place of the last start in an even spread; -Infinity before the first. */
  planned: number;
  /** Nothing may start before. */
  pausedUntil: number;
  /** When the start was that has `count` - 1 newer ones; -Infinity where that is too long ago to matter. */
  nthLast(count: number): number;
  /** Notes a start at `now`, forgets those before `keepSince`, and returns the number of the new one for `amend`. */
  start(keepSince: number): number;
}

/** The starts at one origin as everyone sees them who asks there. */
export interface StartLog {
  /** The log's clock, in milliseconds; it never goes back while the machine runs. */
  now(): number;
  /** Runs `work`, which may look and write while nobody else does. */
  exclusively<T>(work: (view: StartView) => T): T;
  /** Corrects starts that were noted one after the other: they were as late as `at`. Does nothing once the log is closed. */
  amend(starts: readonly number[], at: number): void;
  /** Tells the others the rate this process wants, in starts a second. */
  announce(perSecond: number): void;
}
