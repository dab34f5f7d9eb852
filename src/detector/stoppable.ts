import type { RateLimit } from './rate-limit.ts';
import { shareable } from './until.ts';

/** Wraps a rate limit so that nothing starts any more once `stop` has aborted; who waits is turned away with its reason. */
export function stoppable(limit: RateLimit, stop: AbortSignal): RateLimit {
  shareable(stop);
  return {
    acquire: (signal) =>
      signal === undefined ? limit.acquire(stop) : untilEither(stop, signal, (either) => limit.acquire(either)),
    penalize: (waitMs) => limit.penalize(waitMs),
  };
}

/** AbortSignal.any would leave a trace of every question on `stop`, which in a server lives for months. */
async function untilEither(
  stop: AbortSignal,
  signal: AbortSignal,
  acquire: (either: AbortSignal) => Promise<void>,
): Promise<void> {
  const either = new AbortController();
  const onStop = () => either.abort(stop.reason);
  const onSignal = () => either.abort(signal.reason);
  if (stop.aborted) onStop();
  else if (signal.aborted) onSignal();
  stop.addEventListener('abort', onStop, { once: true });
  signal.addEventListener('abort', onSignal, { once: true });
  try {
    await acquire(either.signal);
  } finally {
    stop.removeEventListener('abort', onStop);
    signal.removeEventListener('abort', onSignal);
  }
}
