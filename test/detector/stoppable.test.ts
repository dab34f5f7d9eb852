import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import type { RateLimit } from '../../src/detector/rate-limit.ts';
import { stoppable } from '../../src/detector/stoppable.ts';

/** A limit that grants nothing until it is told to. */
function closedLimit() {
  const waiting: (() => void)[] = [];
  const limit: RateLimit = {
    acquire: (signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted === true) return reject(signal.reason);
        waiting.push(resolve);
        signal?.addEventListener('abort', () => reject(signal.reason));
      }),
    penalize: () => {},
  };
  return { limit, grant: () => waiting.splice(0).forEach((resolve) => void resolve()) };
}

describe('a limit that can be stopped', () => {
  test.each([
    ['stop', undefined],
    ['stop', new AbortController()],
    ['question', new AbortController()],
  ])('turns away who waits when the %s aborts', async (who, question) => {
    const stop = new AbortController();
    const waiting = stoppable(closedLimit().limit, stop.signal).acquire(question?.signal);
    (who === 'stop' ? stop : question)?.abort(new Error(who));
    await expect(waiting).rejects.toThrow(who);
  });

  test('grants nothing any more', async () => {
    const limit = stoppable(closedLimit().limit, AbortSignal.abort(new Error('stopped')));
    await expect(limit.acquire(new AbortController().signal)).rejects.toThrow('stopped');
    await expect(limit.acquire()).rejects.toThrow('stopped');
  });

  test('keeps nothing of a question that has its turn', async () => {
    const stop = new AbortController();
    const { limit, grant } = closedLimit();
    const wrapped = stoppable(limit, stop.signal);
    const questions = Array.from({ length: 20 }, () => new AbortController().signal);
    const granted = Promise.all(questions.map((signal) => wrapped.acquire(signal)));
    grant();
    await granted;
    const listeners = [stop.signal, ...questions].map((signal) => getEventListeners(signal, 'abort').length);
    expect(listeners).toEqual(Array(21).fill(0));
  });
});
