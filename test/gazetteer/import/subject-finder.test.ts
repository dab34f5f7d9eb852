import { describe, expect, it } from 'vitest';
import { builtinFinder } from './finder.ts';

const finder = builtinFinder();

describe('a federal subject is recognised', () => {
  it.each([
    ['Амурская', '28'],
    ['Амурская область', '28'],
    ['Амурская обл.', '28'],
    ['Респ Коми', '11'],
    ['Республика Саха (Якутия)', '14'],
    ['Саха /Якутия/', '14'],
    ['Якутия', '14'],
    ['Чувашская Республика', '21'],
    ['Чувашия', '21'],
    ['Алтай Республика', '04'],
    ['Алтайский Край', '22'],
    ['Ханты-Мансийский авт. округ', '86'],
    ['Ханты-Мансийский автономный округ - Югра', '86'],
    ['Кемеровская область - Кузбасс ', '42'],
    ['Кемеровская область', '42'],
    ['Республика Северная Осетия', '15'],
    ['Читинская Область', '75'],
    ['Москва', '77'],
    ['Московская область', '50'],
    ['г. Санкт-Петербург', '78'],
  ])('by its name %s', (name, code) => {
    expect(finder.byName(name)).toBe(code);
  });

  it('by its codes and GUID', () => {
    expect([finder.byCode('1'), finder.byCode('28'), finder.byCode('98')]).toEqual(['01', '28', undefined]);
    expect([finder.byRegionCode('56'), finder.byRegionCode('999')]).toEqual(['28', undefined]);
    expect(finder.byGuid('844a80d6-5e31-4017-b422-4d9c01e9942c')).toBe('28');
  });

  it('by a postcode, perhaps among several', () => {
    expect(finder.byPostcode('675000')).toEqual(['28']);
    expect(finder.byPostcode('649000')).toEqual(['04', '22']);
    expect(finder.byPostcode('999999')).toEqual([]);
  });

  it('not by a word that every subject bears, nor by nothing', () => {
    expect([finder.byName('область'), finder.byName(''), finder.byName('Область Московия')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

it('a position may lie in a subject unless it is known to be far outside', () => {
  expect(finder.mayHold('28', { latitude: 50.3, longitude: 127.5 })).toBe(true);
  expect(finder.mayHold('28', { latitude: 55.7, longitude: 37.6 })).toBe(false);
  expect(finder.mayHold('28', {})).toBe(true);
});
