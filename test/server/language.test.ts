import { expect, test } from 'vitest';
import { namedLanguage, preferredLanguage } from '../../src/server/language.ts';

test.each([
  [undefined, 'zh'],
  ['*', 'zh'],
  ['', 'zh'],
  ['en', 'en'],
  ['ru-RU', 'ru'],
  ['RU', 'ru'],
  ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
  ['de-DE,de;q=0.9,ru;q=0.4,en;q=0.5', 'en'],
  ['en;q=0', 'zh'],
  ['fr, *;q=0.1', 'zh'],
  ['en;q=nonsense', 'en'],
  ['english', 'zh'],
])('Accept-Language %j is %s', (header, language) => {
  expect(preferredLanguage(header, 'zh')).toBe(language);
});

test('only a language that is known can be named', () => {
  expect([namedLanguage('ru'), namedLanguage('RU'), namedLanguage(['ru']), namedLanguage(undefined)]).toEqual([
    'ru',
    undefined,
    undefined,
    undefined,
  ]);
});
