import { expect, test } from 'vitest';
import { parseRetryAfter } from '../../src/cdek/retry-after.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');

test.each([
  ['0', 0],
  ['7', 7000],
  [' 7 ', 7000],
  ['1.5', 1500],
  ['Sun, 22 Nov 2026 10:00:05 GMT', 5000],
  ['Sunday, 22-Nov-26 10:00:05 GMT', 5000],
  ['Sun Nov 22 10:00:05 2026', 5000],
  ['Sun, 22 Nov 2026 09:00:00 GMT', 0],
  ['86400', 3_600_000],
  ['99999999999999999999', 3_600_000],
  ['Fri, 31 Dec 9999 23:59:59 GMT', 3_600_000],
])('%j is a pause of %d ms', (header, ms) => {
  expect(parseRetryAfter(header, NOW)).toBe(ms);
});

test.each([undefined, '', 'soon', '-5', '1e3', '5 minutes', '0x10', 'Someday, not now'])(
  '%j says nothing',
  (header) => {
    expect(parseRetryAfter(header, NOW)).toBeUndefined();
  },
);
