import { expect, test } from 'vitest';
import { messageLanguage } from '../../src/config/message-language.ts';

test.each([
  { args: ['run', 'a.csv', '--lang', 'ru'], env: {}, language: 'ru' },
  { args: ['run', 'a.csv', '--lang=zh'], env: { GOROD_LANG: 'ru' }, language: 'zh' },
  { args: ['run', 'a.csv'], env: { GOROD_LANG: 'zh' }, language: 'zh' },
  { args: ['run', 'a.csv'], env: {}, language: 'en' },
  { args: ['run', '--', '--lang', 'ru'], env: {}, language: 'en' },
  { args: ['run', '--lang', 'de'], env: { GOROD_LANG: 'ru' }, language: 'en' },
  { args: ['run', '--lang'], env: {}, language: 'en' },
])('$args with $env asks for $language', ({ args, env, language }) => {
  expect(messageLanguage(args, env)).toBe(language);
});
