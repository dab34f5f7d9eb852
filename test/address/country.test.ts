import { describe, expect, test } from 'vitest';
import { parseCountry } from '../../src/address/country.ts';

describe('parseCountry', () => {
  test.each([
    'RU',
    'ru',
    ' Ru ',
    'RUS',
    '643',
    'Russia',
    'RUSSIA',
    'Russian  Federation',
    'The Russian Federation',
    'Россия',
    'РОССИЯ',
    'РФ',
    'Р.Ф.',
    'Российская Федерация',
    'Rossiya',
    'ＲＵ',
    'RU\u200b',
    '俄罗斯',
    '俄罗斯联邦',
  ])('knows "%s" for Russia', (cell) => {
    expect(parseCountry(cell, 'xx')).toBe('ru');
  });

  test.each([
    ['KZ', 'kz'],
    ['Belarus', 'belarus'],
    ['Казахстан', 'казахстан'],
    ['Prussia', 'prussia'],
    ['rue', 'rue'],
    ['白俄罗斯', '白俄罗斯'],
    ['-', '-'],
  ])('leaves "%s" another country', (cell, country) => {
    expect(parseCountry(cell, 'ru')).toBe(country);
  });

  test.each(['', '  ', '\u00a0', '\ufeff'])('takes the default for the empty cell "%s"', (cell) => {
    expect(parseCountry(cell, 'ru')).toBe('ru');
    expect(parseCountry(cell, 'kz')).toBe('kz');
  });

  test('reads the default as it reads a cell', () => {
    expect(parseCountry('', 'Russia')).toBe('ru');
  });
});
