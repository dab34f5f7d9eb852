import { describe, expect, test } from 'vitest';
import type { StoredAnswer } from '../../src/cache/stored-answer.ts';
import { isValid, validAnswer, validPart } from '../../src/cache/validity.ts';

const JOB_START = 1_000_000;
const LIFETIMES = { ttlMs: 1000, negativeTtlMs: 100 };
const OK: StoredAnswer = { detection: { status_code: 'OK' }, okUpTo: 100, fetchedAt: JOB_START - 500 };
const NOT_FOUND: StoredAnswer = {
  detection: { status_code: 'ERR_NOT_DETECT_CITY_IN_ADDRESS' },
  fetchedAt: JOB_START - 500,
};

describe('an answer is valid', () => {
  test.each([
    ['OK within the ttl', { ...OK, fetchedAt: JOB_START - 999 }, true],
    ['OK whose ttl ends as the job begins', { ...OK, fetchedAt: JOB_START - 1000 }, false],
    ['not found within the negative ttl', { ...NOT_FOUND, fetchedAt: JOB_START - 99 }, true],
    ['not found past the negative ttl', { ...NOT_FOUND, fetchedAt: JOB_START - 100 }, false],
    ['fetched as the job began', { ...NOT_FOUND, fetchedAt: JOB_START }, true],
  ])('%s: %j %s', (_, stored, valid) => {
    expect(isValid(stored, LIFETIMES, JOB_START)).toBe(valid);
  });

  test('for the whole job, however long it runs', () => {
    expect(isValid({ ...OK, fetchedAt: JOB_START }, { ttlMs: 0, negativeTtlMs: 0 }, JOB_START)).toBe(true);
  });

  test('with --refresh only when the job fetched it', () => {
    const refreshed = { ...LIFETIMES, refresh: true };
    expect(isValid({ ...OK, fetchedAt: JOB_START - 1 }, refreshed, JOB_START)).toBe(false);
    expect(isValid({ ...OK, fetchedAt: JOB_START }, refreshed, JOB_START)).toBe(true);
  });

  test('only for its own job when it is half an answer', () => {
    const half = { detection: { status_code: 'COD_LIMIT_EXCEEDED' }, exceededFrom: 5000 };
    expect(isValid({ ...half, fetchedAt: JOB_START - 1 }, LIFETIMES, JOB_START)).toBe(false);
    expect(isValid({ ...half, fetchedAt: JOB_START }, LIFETIMES, JOB_START)).toBe(true);
  });
});

describe('of an answer with an earlier one', () => {
  const both: StoredAnswer = {
    detection: { status_code: 'COD_LIMIT_EXCEEDED' },
    okUpTo: 300,
    exceededFrom: 5000,
    fetchedAt: JOB_START + 5,
    earlier: OK,
  };

  test('the earlier one serves first, so that reading order does not change the source', () => {
    expect(validAnswer(both, 50, LIFETIMES, JOB_START)).toEqual({ detection: OK.detection, fetchedAt: OK.fetchedAt });
    expect(validAnswer(both, 200, LIFETIMES, JOB_START)?.fetchedAt).toBe(JOB_START + 5);
    expect(validAnswer(both, 400, LIFETIMES, JOB_START)).toBeUndefined();
  });

  test('the earlier one is forgotten when it has expired', () => {
    const late = { ...both, earlier: { ...OK, fetchedAt: JOB_START - 1000 } };
    expect(validAnswer(late, 50, LIFETIMES, JOB_START)?.fetchedAt).toBe(JOB_START + 5);
    expect(validPart(late, LIFETIMES, JOB_START)).not.toHaveProperty('earlier');
    expect(validPart(both, LIFETIMES, JOB_START)).toEqual(both);
    expect(validPart(OK, { ttlMs: 0, negativeTtlMs: 0 }, JOB_START)).toBeUndefined();
  });

  test('an expired refusal serves nothing, not even where refusals hold longer by now', () => {
    const both: StoredAnswer = { ...OK, fetchedAt: JOB_START - 50, earlier: { ...NOT_FOUND, expired: true } };
    const longer = { ttlMs: 1000, negativeTtlMs: 1000 };
    expect(validAnswer(both, 0, longer, JOB_START)?.detection.status_code).toBe('OK');
    expect(validPart(both, longer, JOB_START)).not.toHaveProperty('earlier');
  });
});
