import type { Writable } from 'node:stream';
import type { Language } from '../languages.ts';
import { measurePace, type Pace, type PaceOptions } from './pace.ts';
import { renderPace } from './pace-text.ts';

export interface Progress {
  /** Shows that so many more rows are written, which took so many bytes of the input. */
  advance(rows: number, bytes: number): void;
  /** Writes a line of the log where it does not run into what is shown. */
  beside(write: () => void): void;
  stop(): void;
}

/** Calls back now and then until the returned function is called. */
export type Ticks = (tick: () => void) => () => void;

export interface ProgressOptions extends PaceOptions {
  /** Asked each time, since it may be known only once the file is open; undefined where it is not. */
  readonly inputBytes: () => number | undefined;
  readonly ticks: Ticks;
}

/** Shows nothing. */
export const silentProgress: Progress = { advance: () => {}, beside: (write) => write(), stop: () => {} };

/** Ticks of a timer that does not keep the process alive. */
export function every(ms: number): Ticks {
  return (tick) => {
    const timer = setInterval(tick, ms);
    timer.unref();
    return () => clearInterval(timer);
  };
}

/** Tells the pace now and then; a last time at the end where `last` says so or it was told before. */
export function toldProgress(
  tell: (pace: Pace) => void,
  { ticks, inputBytes, last, ...options }: ProgressOptions & { readonly last: boolean },
): Progress {
  const meter = measurePace(options);
  let isTold = last;
  const tellNow = () => {
    isTold = true;
    tell(meter.pace(inputBytes()));
  };
  const stop = ticks(tellNow);
  return {
    advance: meter.advance,
    beside: (write) => write(),
    stop: () => {
      stop();
      if (isTold) tellNow();
    },
  };
}

/** A bar on a terminal, over the bytes of the input; where their number is not known, only the figures. */
export async function barProgress(
  stream: Writable,
  { ticks, inputBytes, language, ...options }: ProgressOptions & { readonly language: Language },
): Promise<Progress> {
  const { Presets, SingleBar } = (await import('cli-progress')).default;
  const meter = measurePace(options);
  const bar = new SingleBar(
    {
      stream: stream as NodeJS.WritableStream,
      // The share is a word of its own, so that it can be missing.
      format: (_, { progress }, pace: Partial<Pace>) => {
        const isKnown = pace.percent !== undefined;
        const filled = Math.round(progress * BAR_WIDTH);
        const drawn = `${FULL.repeat(filled)}${EMPTY.repeat(BAR_WIDTH - filled)} `;
        return `${isKnown ? drawn : ''}${renderPace(pace as Pace, language)}`;
      },
      clearOnComplete: true,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  const show = () => {
    const pace = meter.pace(inputBytes());
    // Begun only with the first rows, so that what is said before them does not run into the bar.
    if (!bar.isActive) bar.start(100, 0, pace);
    bar.update(pace.percent ?? 0, pace);
  };
  const stop = ticks(() => {
    if (bar.isActive) show();
  });
  return {
    advance: (rows, bytes) => {
      meter.advance(rows, bytes);
      show();
    },
    beside: (write) => {
      if (!bar.isActive) return write();
      stream.write(CLEAR_LINE);
      write();
      show();
    },
    stop: () => {
      stop();
      bar.stop();
    },
  };
}

/** Back to the line's beginning, and what is on it erased (ECMA-48: CR, EL). */
const CLEAR_LINE = '\r\x1b[2K';
const BAR_WIDTH = 24;
const FULL = '█';
const EMPTY = '░';
