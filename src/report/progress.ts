import type { Writable } from 'node:stream';
import type { Tally } from '../pipeline/tally.ts';

export interface Progress {
  /** Shows how far the job is. `bytesRead` of the input's size, where that is known. */
  update(bytesRead: number): void;
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
  bar.start(inputBytes ?? 1, 0, payload(tally));
  return {
    update: (bytesRead) => bar.update(inputBytes === undefined ? 0 : Math.min(bytesRead, inputBytes), payload(tally)),
    stop: () => bar.stop(),
  };
}

/** Shows nothing. */
export const silentProgress: Progress = { update: () => {}, stop: () => {} };

function payload(tally: Tally): Record<string, number> {
  return { rows: tally.rowsOut, deferred: tally.deferred };
}
