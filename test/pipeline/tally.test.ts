import { expect, test } from 'vitest';
import type { Answered, Source } from '../../src/address/outcome.ts';
import type { Judgement } from '../../src/address/verdict.ts';
import { auditedIn, count, countsToJson, emptyTally } from '../../src/pipeline/tally.ts';

const OK: Judgement = { status: 'OK', verdict: 'accept', codFlag: '', orderError: '', paymentLimit: undefined };

function answered(source: Source, fallback = false): Answered {
  return { kind: 'answered', source, detection: { status_code: 'OK' }, ...(fallback ? { fallback } : {}) };
}

test('every written row is counted once under each heading', () => {
  const tally = emptyTally();
  count(tally, { outcome: answered('api'), judgement: OK });
  count(tally, { outcome: answered('cache'), judgement: OK });
  count(tally, { outcome: answered('local', true), judgement: { ...OK, verdict: 'review' } });
  count(tally, {
    outcome: { kind: 'deferred', reason: '503' },
    judgement: { ...OK, status: 'DEFERRED', verdict: 'retry' },
  });
  count(tally, {
    outcome: { kind: 'invalid', status: 'ERR_BAD_ROW' },
    judgement: { ...OK, status: 'ERR_BAD_ROW', verdict: 'reject' },
  });
  expect(tally).toMatchObject({ rowsIn: 0, rowsOut: 5, cacheHits: 1, deferred: 1, fallbacks: 1 });
  expect(Object.fromEntries(tally.statuses)).toEqual({ OK: 3, DEFERRED: 1, ERR_BAD_ROW: 1 });
  expect(Object.fromEntries(tally.verdicts)).toEqual({ accept: 2, review: 1, retry: 1, reject: 1 });
  expect(Object.fromEntries(tally.sources)).toEqual({ api: 1, cache: 1, local: 1 });
});

test('audits are counted, and told to the next attempt', () => {
  const tally = emptyTally();
  count(tally, { outcome: { ...answered('api'), audit: 'agreeing' }, judgement: OK });
  count(tally, { outcome: { ...answered('api'), audit: 'differing' }, judgement: OK });
  count(tally, { outcome: answered('inferred'), judgement: OK });
  expect(tally).toMatchObject({ audited: 2, auditsDiffering: 1 });
  expect(auditedIn(countsToJson(tally, undefined))).toEqual({ audited: 2, differing: 1 });
  expect(auditedIn('{"rowsIn":1}')).toEqual({ audited: 0, differing: 0 });
});
