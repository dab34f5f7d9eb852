import { expect, test } from 'vitest';
import { sharedRows } from '../../../src/pipeline/at-hand/answered-row.ts';
import type { CountedAlike } from '../../../src/pipeline/at-hand/counted-alike.ts';

test('rows that are written alike are one object, until too much is held', () => {
  const shared = sharedRows();
  const counted: CountedAlike = {
    outcome: { kind: 'invalid', status: 'ERR_NO_ADDRESS' },
    judgement: { status: 'ERR_NO_ADDRESS', verdict: 'reject', codFlag: '', orderError: '', paymentLimit: undefined },
    isUnpaid: false,
    rows: 0,
  };
  const first = shared('first', counted);
  expect(shared('first', counted)).toBe(first);
  const long = 'x'.repeat(70_000);
  for (let line = 0; line < 120; line += 1) shared(`${line}${long}`, counted);
  const again = shared('first', counted);
  expect(again).not.toBe(first);
  expect(again).toEqual(first);
});
