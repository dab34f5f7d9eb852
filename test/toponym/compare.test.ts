import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distance, letterMask, maskDifference } from '../../src/toponym/compare.ts';
import { fold } from '../../src/toponym/fold.ts';
import { allowedCost } from '../../src/toponym/thresholds.ts';

const apart = (one: string, other: string) => distance(fold(one), fold(other), Number.POSITIVE_INFINITY);

describe('distance', () => {
  it.each([
    ['Рязань', 'Rjasan', 'Rjavan'],
    ['Белгород', 'Bilgorod', 'Bulgorod'],
    ['Златоуст', 'Slatoust', 'Dlatoust'],
    ['Таганрог', 'Taganrok', 'Taganrol'],
    ['Новосибирск', 'Novosibirks', 'Novosibitsk'],
    ['Череповец', 'Cherepovez', 'Cherepovel'],
  ])('of %s, %s is a likelier spelling than %s', (name, likelier, other) => {
    expect(apart(name, likelier)).toBeLessThan(apart(name, other));
  });

  it.each([
    ['Киров', 'Кирово'],
    ['Заречный', 'Заречное'],
    ['Тула', 'Тура'],
    ['Иваново', 'Ивановка'],
    ['Горки-2', 'Горки-10'],
    ['Алексеевка', 'Новоалексеевка'],
    ['Нижняя Салда', 'Верхняя Салда'],
  ])('%s is never a misspelling of %s', (one, other) => {
    const length = Math.min(fold(one).length, fold(other).length);
    expect(apart(one, other)).toBeGreaterThan(allowedCost(length));
  });

  const names = fc.string({ unit: fc.constantFrom(...'abeiokmnrstvwqjhc12'), maxLength: 14 });

  it('is nothing for equals, the same both ways, and cut off only above its limit', () => {
    fc.assert(
      fc.property(names, names, fc.double({ min: 0, max: 4, noNaN: true }), (one, other, limit) => {
        expect(distance(one, one, 0)).toBe(0);
        const whole = distance(one, other, Number.POSITIVE_INFINITY);
        expect(distance(other, one, Number.POSITIVE_INFINITY)).toBeCloseTo(whole, 6);
        const cut = distance(one, other, limit);
        if (whole <= limit) expect(cut).toBeCloseTo(whole, 6);
        else expect(cut).toBe(Number.POSITIVE_INFINITY);
      }),
    );
  });

  it('is never ruled out by letter masks where it is small', () => {
    fc.assert(
      fc.property(names, names, (one, other) => {
        const cost = distance(one, other, 2.3);
        if (cost !== Number.POSITIVE_INFINITY) {
          expect(maskDifference(letterMask(one), letterMask(other))).toBeLessThanOrEqual(cost * 6.7 + 1e-6);
        }
      }),
    );
  });
});
