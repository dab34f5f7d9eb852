import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Token } from '../../src/cdek/oauth.ts';
import { sharedTokens } from '../../src/cdek/tokens.ts';
import { UpstreamFailure } from '../../src/detector/upstream.ts';

/** Tokens that are fetched only when the test says so, by a clock that it sets. */
function fetching(lifetimeMs = 3_600_000) {
  const state = { time: 0, signals: [] as AbortSignal[], settle: [] as ((end: Token | Error) => void)[] };
  const tokens = sharedTokens(
    (signal) => {
      state.signals.push(signal);
      return new Promise<Token>((resolve, reject) => {
        state.settle.push((end) => (end instanceof Error ? reject(end) : resolve(end)));
      });
    },
    { now: () => state.time },
  );
  const give = (value: string) => state.settle.at(-1)?.({ value, lifetimeMs });
  return { state, tokens, give };
}

test('all who come while a token is fetched wait for the same one', async () => {
  const { state, tokens, give } = fetching();
  const waiting = Promise.all(Array.from({ length: 32 }, () => tokens.current()));
  give('a');
  expect(await waiting).toEqual(Array(32).fill('a'));
  expect(await tokens.current()).toBe('a');
  expect(state.settle).toHaveLength(1);
});

test.each([
  ['an hour is kept until a minute before its end', 3_600_000, 3_540_000],
  ['ten seconds are kept for nine', 10_000, 9_000],
])('%s', async (_, lifetimeMs, keptMs) => {
  const { state, tokens, give } = fetching(lifetimeMs);
  const first = tokens.current();
  give('a');
  await first;
  state.time = keptMs - 1;
  expect(await tokens.current()).toBe('a');
  state.time = keptMs;
  const second = tokens.current();
  give('b');
  expect(await second).toBe('b');
});

test('the life of a token begins when it is asked for, not when it arrives', async () => {
  const { state, tokens, give } = fetching(10_000);
  const first = tokens.current();
  state.time = 9_500;
  give('a');
  expect(await first).toBe('a');
  const second = tokens.current();
  give('b');
  expect(await second).toBe('b');
});

test('a token that is not taken is forgotten, but not the one that replaced it', async () => {
  const { tokens, give } = fetching();
  const first = tokens.current();
  give('a');
  await first;
  tokens.forget('a');
  const second = tokens.current();
  give('b');
  expect(await second).toBe('b');
  tokens.forget('a');
  expect(await tokens.current()).toBe('b');
});

test('a failure fails all who wait, and the next one asks anew', async () => {
  const { state, tokens, give } = fetching();
  const waiting = Promise.allSettled([tokens.current(), tokens.current()]);
  state.settle[0]?.(new UpstreamFailure('no token: HTTP 503'));
  expect((await waiting).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const next = tokens.current();
  give('a');
  expect(await next).toBe('a');
});

test('who leaves leaves the others waiting; when all have left the request is given up', async () => {
  const { state, tokens, give } = fetching();
  const [one, other] = [new AbortController(), new AbortController()];
  const left = tokens.current(one.signal);
  const stayed = tokens.current(other.signal);
  one.abort('gone');
  await expect(left).rejects.toBe('gone');
  expect(state.signals[0]?.aborted).toBe(false);
  other.abort('gone too');
  await expect(stayed).rejects.toBe('gone too');
  expect(state.signals[0]?.aborted).toBe(true);
  // What still comes of it is nobody's.
  give('late');
  await sleep(0);
  const next = tokens.current();
  give('fresh');
  expect(await next).toBe('fresh');
});
