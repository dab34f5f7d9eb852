import { describe, expect, it } from 'vitest';
import { otherForms, plainName } from '../../src/gazetteer/plain-name.ts';

describe('plainName', () => {
  it.each([
    ['Орёл', 'орел'],
    ['Ростов-на-Дону', 'ростов на дону'],
    ['  Верх.  Пример ', 'верх пример'],
    ['Саха /Якутия/', 'саха якутия'],
  ])('writes %s as %s', (name, plain) => {
    expect(plainName(name)).toBe(plain);
  });
});

describe('otherForms', () => {
  it.each([
    ['Отрадное пос', ['Отрадное']],
    ['Киевский пгт', ['Киевский']],
    ['д.Пример', ['Пример']],
    ['Солнечный (Крым)', ['Солнечный']],
    ['Новое Село', []],
    ['Новая Деревня', []],
    ['Ростов-на-Дону', []],
    ['Яр с', []],
  ])('of %s are %j', (name, forms) => {
    expect(otherForms(name)).toEqual(forms);
  });
});
