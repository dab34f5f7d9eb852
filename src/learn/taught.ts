import { phrase } from '../languages.ts';

/** A city that is the answer from now on. */
export const taughtCity = phrase<[code: string, name: string]>({
  en: (code, name) => `city ${code} ${name}`.trim(),
  zh: (code, name) => `城市 ${code} ${name}`.trim(),
  ru: (code, name) => `город ${code} ${name}`.trim(),
});

/** A place that is the answer from now on, where only FIAS is asked for. */
export const taughtPlace = phrase<[name: string]>({
  en: (name) => `place ${name}`.trim(),
  zh: (name) => `地点 ${name}`.trim(),
  ru: (name) => `место ${name}`.trim(),
});

/** Another question that is asked from now on, with the city that it is answered with now, where somebody asked. */
export const taughtQuestion = phrase<[city: string]>({
  en: (city) => (city === '' ? 'another question' : `another question, answered ${city}`),
  zh: (city) => (city === '' ? '改问更正后的内容' : `改问更正后的内容，回答为 ${city}`),
  ru: (city) => (city === '' ? 'исправленный вопрос' : `исправленный вопрос, ответ: ${city}`),
});
