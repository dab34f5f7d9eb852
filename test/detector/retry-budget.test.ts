import { describe, expect, test } from 'vitest';
import type { AdjustableRate } from '../../src/detector/rate-limit.ts';
import { retryBudget } from '../../src/detector/retry-budget.ts';

function setUp(perSecond: number) {
  let rate = perSecond;
  const rates: number[] = [];
  const limit: AdjustableRate = {
    acquire: async () => {},
    penalize: () => {},
    perSecond: () => rate,
    setRate(changed) {
      rate = changed;
      rates.push(changed);
    },
  };
  const budget = retryBudget(limit, perSecond);
  const requests = (count: number, retries: number) => {
    for (let i = 0; i < count; i++) budget.onAttempt(i < retries);
  };
  return { budget, rates, requests };
}

describe('the rate', () => {
  test('stays while at most half of the last requests were retries', () => {
    const { rates, requests } = setUp(10);
    for (let i = 0; i < 100; i++) requests(5, 2);
    expect(rates).toEqual([]);
  });

  test('is halved when more than half were, again and again, but never below one a second', () => {
    const { rates, requests } = setUp(10);
    requests(200, 200);
    expect(rates).toEqual([5, 2.5, 1.25, 1]);
  });

  test('doubles back to what it was when they no longer are', () => {
    const { rates, requests } = setUp(10);
    requests(50, 50);
    rates.length = 0;
    requests(200, 0);
    expect(rates).toEqual([5, 10]);
  });

  test('below one a second is left as it is', () => {
    const { rates, requests } = setUp(0.5);
    requests(100, 100);
    expect(rates).toEqual([]);
  });

  test('is judged by the last 50 requests alone', () => {
    const { rates, requests } = setUp(10);
    requests(500, 0);
    requests(25, 25);
    expect(rates).toEqual([]);
    requests(1, 1);
    expect(rates).toEqual([5]);
  });

  test('needs some requests before it is judged', () => {
    const { rates, requests } = setUp(10);
    requests(19, 19);
    expect(rates).toEqual([]);
  });

  test('that is set anew keeps its share', () => {
    const { budget, rates, requests } = setUp(10);
    requests(20, 20);
    budget.rate.setRate(20);
    requests(20, 0);
    expect(rates).toEqual([5, 10, 20]);
  });
});
