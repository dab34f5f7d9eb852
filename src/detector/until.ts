import { setMaxListeners } from 'node:events';

/** Waits for a promise, but no longer than until `signal` aborts: then it rejects with the signal's reason at once. */
export function until<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    shareable(signal);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** Lets any number of requests listen to one signal: a run has one for all its rows, and Node warns from eleven on. */
export function shareable(signal: AbortSignal): void {
  setMaxListeners(0, signal);
}
