import { expect, test } from 'vitest';
import { GorodError } from '../src/errors.ts';
import { inEach, phrase, sentences } from '../src/languages.ts';

const broken = phrase({
  en: (file: string, line: number, why: string) => `${file}, line ${line}: ${why}.`,
  zh: (file, line, why) => `${file}，第 ${line} 行：${why}。`,
  ru: (file, line, why) => `${file}, строка ${line}: ${why}.`,
});

test('a phrase is filled in every language at once', () => {
  expect(broken('a.csv', 3, 'no end')).toEqual({
    en: 'a.csv, line 3: no end.',
    zh: 'a.csv，第 3 行：no end。',
    ru: 'a.csv, строка 3: no end.',
  });
});

test('a text within a phrase is in its language', () => {
  const why = { en: 'no end', zh: '没有结尾', ru: 'нет конца' };
  expect(broken('a.csv', 3, why)).toEqual({
    en: 'a.csv, line 3: no end.',
    zh: 'a.csv，第 3 行：没有结尾。',
    ru: 'a.csv, строка 3: нет конца.',
  });
});

test('sentences follow each other with a space, in Chinese without one', () => {
  const one = inEach((language) => `1 ${language}.`);
  const two = inEach((language) => `2 ${language}.`);
  expect(sentences(one, two)).toEqual({ en: '1 en. 2 en.', zh: '1 zh.2 zh.', ru: '1 ru. 2 ru.' });
});

test('an error has its English text as message, and says the same in every language', () => {
  const error = new GorodError('BAD_INPUT', broken('a.csv', 3, 'no end'));
  expect(error.message).toBe('a.csv, line 3: no end.');
  expect(error.texts.ru).toBe('a.csv, строка 3: no end.');
});

test('an error with one text has it in every language', () => {
  const error = new GorodError('BAD_OPTION', '--rate: must be a number.');
  expect(new Set(Object.values(error.texts))).toEqual(new Set([error.message]));
});
