import type { Writable } from 'node:stream';
import type { Tally } from '../pipeline/tally.ts';

export interface Progress {
  /** Shows that these records of the input are written. */
  advance(records: readonly { readonly text: string }[]): void;
  stop(): void;
}

/** A bar on a terminal, over the bytes of the input; for stdin, whose size nobody knows, only the counts. */
export async function terminalProgress(
  stream: Writable,
  inputBytes: number | undefined,
  tally: Tally,
): Promise<Progress> {
  const { Presets, SingleBar } = (await import('cli-progress')).default;
  const format =
    inputBytes === undefined
      ? '{rows} rows, {deferred} deferred'
      : '{bar} {percentage}%  {rows} rows  {deferred} deferred  {eta_formatted} left';
  const bar = new SingleBar(
    { stream: stream as NodeJS.WritableStream, format, clearOnComplete: true, hideCursor: true },
    Presets.shades_classic,
  );
  let bytes = 0;
  return {
    advance: (records) => {
      // Begun only now, so that what is said before the first rows does not run into the bar.
      if (!bar.isActive) bar.start(inputBytes ?? 1, 0, payload(tally));
      for (const { text } of records) bytes += Buffer.byteLength(text) + 1;
      bar.update(inputBytes === undefined ? 0 : Math.min(bytes, inputBytes), payload(tally));
    },
    stop: () => bar.stop(),
  };
}

/** Shows nothing. */
export const silentProgress: Progress = { advance: () => {}, stop: () => {} };

function payload(tally: Tally): Record<string, number> {
  return { rows: tally.rowsOut, deferred: tally.deferred };
}
