import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { jointWith } from '../../src/detector/joint-signal.ts';

/** Work that lasts until it is told to end, and tells what its signal did. */
function lasting() {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const signals: AbortSignal[] = [];
  const work = async (either: AbortSignal) => {
    signals.push(either);
    await ended;
    return either.aborted ? String(either.reason) : 'whole';
  };
  return { work, signals, end: () => end() };
}

const newSignal = () => new AbortController().signal;
const listeners = (signal: AbortSignal) => getEventListeners(signal, 'abort').length;

describe('work under either of two signals', () => {
  test.each(['first', 'second'])('hears of the %s, with its reason', async (which) => {
    const [first, second] = [new AbortController(), new AbortController()];
    const { work, end } = lasting();
    const worked = jointWith(first.signal)(second.signal, work);
    (which === 'first' ? first : second).abort(which);
    end();
    expect(await worked).toBe(which);
  });

  test('that have aborted before has an aborted signal', async () => {
    const [over, open] = [AbortSignal.abort('over'), newSignal()];
    expect(await jointWith(over)(open, async ({ reason }) => reason)).toBe('over');
    expect(await jointWith(open)(over, async ({ reason }) => reason)).toBe('over');
  });

  test('shares one signal with all who come with the same, and leaves nothing behind with the last of them', async () => {
    const [other, mine, yours] = [newSignal(), newSignal(), newSignal()];
    const under = jointWith(other);
    const [early, late] = [lasting(), lasting()];
    const first = under(mine, early.work);
    const second = under(mine, late.work);
    const third = under(yours, early.work);
    expect([new Set(early.signals).size, late.signals[0]]).toEqual([2, early.signals[0]]);
    expect(listeners(other)).toBe(2);
    early.end();
    await Promise.all([first, third]);
    expect([listeners(mine), listeners(yours)]).toEqual([1, 0]);
    late.end();
    await second;
    expect([listeners(other), listeners(mine)]).toEqual([0, 0]);
  });

  test('that fails leaves nothing behind either', async () => {
    const [other, mine] = [newSignal(), newSignal()];
    const failed = jointWith(other)(mine, () => Promise.reject(new Error('no')));
    await expect(failed).rejects.toThrow('no');
    expect([listeners(other), listeners(mine)]).toEqual([0, 0]);
  });
});
