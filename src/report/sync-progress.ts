import type { Writable } from 'node:stream';

/** Shows how far a sync has got. */
export interface SyncBar {
  cities(read: number): void;
  postcodes(done: number, total: number): void;
  stop(): void;
}

/** A line that is not a terminal's is written so often, in milliseconds. */
const LINE_EVERY_MS = 30_000;

/** A bar with the time left on a terminal; elsewhere a line now and then. */
export async function syncBar(
  stream: Writable & { readonly isTTY?: boolean },
  now: () => number = () => performance.now(),
): Promise<SyncBar> {
  return stream.isTTY === true ? terminalBar(stream) : lines(stream, now);
}

/** Shows nothing. */
export const silentSyncBar: SyncBar = { cities: () => {}, postcodes: () => {}, stop: () => {} };

async function terminalBar(stream: Writable): Promise<SyncBar> {
  const { Presets, SingleBar } = (await import('cli-progress')).default;
  const options = { stream: stream as NodeJS.WritableStream, clearOnComplete: true, hideCursor: true };
  const reading = new SingleBar({ ...options, format: '{value} cities' }, Presets.shades_classic);
  const asking = new SingleBar(
    { ...options, format: '{bar} {percentage}%  postcodes of {value} of {total} cities  {eta_formatted} left' },
    Presets.shades_classic,
  );
  return {
    cities(read) {
      if (!reading.isActive) reading.start(read, 0);
      reading.update(read);
    },
    postcodes(done, total) {
      if (reading.isActive) reading.stop();
      if (!asking.isActive) asking.start(total, done);
      asking.update(done);
    },
    stop() {
      reading.stop();
      asking.stop();
    },
  };
}

function lines(stream: Writable, now: () => number): SyncBar {
  let last = now();
  let first: { readonly at: number; readonly done: number } | undefined;

  function isTime(): boolean {
    if (now() - last < LINE_EVERY_MS) return false;
    last = now();
    return true;
  }

  return {
    cities(read) {
      if (isTime()) stream.write(`gorod: ${read} cities read\n`);
    },
    postcodes(done, total) {
      first ??= { at: now(), done };
      if (!isTime() || done === first.done) return;
      const leftMs = ((now() - first.at) / (done - first.done)) * (total - done);
      stream.write(`gorod: postcodes of ${done} of ${total} cities, ${minutes(leftMs)} left\n`);
    },
    stop: () => {},
  };
}

function minutes(ms: number): string {
  const whole = Math.ceil(ms / 60_000);
  return whole < 120 ? `${whole} min` : `${Math.round(whole / 60)} h`;
}
