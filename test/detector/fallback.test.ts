import { expect, test } from 'vitest';
import type { Answered, Deferred } from '../../src/address/outcome.ts';
import type { Detector } from '../../src/detector/detector.ts';
import { withFallback } from '../../src/detector/fallback.ts';
import { GorodError } from '../../src/errors.ts';
import { query } from './query.ts';

const OK: Answered = { kind: 'answered', source: 'api', detection: { status_code: 'OK' } };
const LOCAL: Answered = { ...OK, source: 'local', confidence: 0.9 };
const DEFERRED: Deferred = { kind: 'deferred', reason: 'HTTP 503' };

function detector(id: string, ask: () => Answered | Deferred, recalled?: Answered): Detector {
  return { id, recall: (queries) => queries.map(() => recalled), ask: async () => ask() };
}

test('an answer passes as it is, also one that was recalled', async () => {
  const both = withFallback(
    detector('api', () => OK, OK),
    detector('local', () => LOCAL, LOCAL),
  );
  expect(both.id).toBe('api');
  expect(both.recall([query(), query()])).toEqual([OK, OK]);
  expect(await both.ask(query())).toBe(OK);
});

test('a question that cannot be asked is answered by the other, marked so, at once or by asking it', async () => {
  const recalling = withFallback(
    detector('api', () => DEFERRED),
    detector('local', () => DEFERRED, LOCAL),
  );
  expect(recalling.recall([query()])).toEqual([undefined]);
  expect(await recalling.ask(query())).toEqual({ ...LOCAL, fallback: true });
  const asking = withFallback(
    detector('api', () => DEFERRED),
    detector('local', () => LOCAL),
  );
  expect(await asking.ask(query())).toEqual({ ...LOCAL, fallback: true });
});

test('what nobody can answer stays deferred, and a refused key ends everything', async () => {
  const helpless = withFallback(
    detector('api', () => DEFERRED),
    detector('local', () => DEFERRED),
  );
  expect(await helpless.ask(query())).toBe(DEFERRED);
  const refused = withFallback(
    detector('api', () => {
      throw new GorodError('BAD_KEY', 'refused');
    }),
    detector('local', () => LOCAL, LOCAL),
  );
  await expect(refused.ask(query())).rejects.toThrow('refused');
});
