import { expect, test } from 'vitest';
import { secureOf } from '../../../src/cdek/legacy/secure.ts';

test('the secure of the seed document is computed', () => {
  expect(secureOf('2018-04-01', 'ba9fe430acdcfd1b0266a4d6115454f2')).toBe('613ed76d69d6989406244dc955f5fa94');
});

test('another day has another', () => {
  expect(secureOf('2018-04-02', 'ba9fe430acdcfd1b0266a4d6115454f2')).toMatch(/^(?!613ed)[0-9a-f]{32}$/);
});
