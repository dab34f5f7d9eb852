import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerKey, rememberedAnswers } from '../../src/server/remembered.ts';

const answer = (code: string) => ({ code, json: '{}' });

test('what is asked again stays, what is not is forgotten, and there is never more than twice the bound', () => {
  const answers = rememberedAnswers(10);
  answers.set('kept', answer('kept'));
  for (let number = 0; number < 1000; number += 1) {
    answers.set(`other ${number}`, answer(`${number}`));
    expect(answers.get('kept')?.code).toBe('kept');
  }
  const known = Array.from({ length: 1000 }, (_, number) => answers.get(`other ${number}`)).filter(Boolean);
  expect(known.length).toBeLessThanOrEqual(20);
  expect(answers.get('other 999')?.code).toBe('999');
});

test('two questions never have one key', () => {
  const piece = fc.string({ unit: fc.constantFrom('0', '1', '|', '-', 'r', 'n', 'y', '.'), maxLength: 4 });
  const question = fc.record({
    address: piece,
    postcode: fc.string({ unit: fc.constantFrom('0', '1', '|'), minLength: 6, maxLength: 6 }),
    cod_rub: fc.constantFrom(0, 1, 10, 0.1, 1e21, -1),
    fias_only: fc.constantFrom(true, false),
    country_code: fc.constantFrom(null, 'ru'),
  });
  fc.assert(
    fc.property(question, question, (one, other) => {
      const isSame = JSON.stringify(one) === JSON.stringify(other);
      expect(answerKey('zh', one) === answerKey('zh', other)).toBe(isSame);
      expect(answerKey('zh', one)).not.toBe(answerKey('en', one));
    }),
    { numRuns: 2000 },
  );
});

test.each([
  {},
  { address: 'x' },
  { address: 'x', postcode: 675000 },
  { address: 'x', postcode: '67500' },
  { address: 'x', postcode: '675000', cod_rub: '100' },
  { address: 'x', postcode: '675000', cod_rub: null },
  { address: 'x', postcode: '675000', country_code: 'RU' },
])('an unusual question is not remembered: %j', (body) => {
  expect(answerKey('zh', body)).toBeUndefined();
});
