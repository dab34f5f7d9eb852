import { phrase } from '../languages.ts';

/** What is wrong with the value of an option; completes "--option: …". */
export const VALUE_TEXTS = {
  of: phrase({
    en: (option: string, what: string) => `${option}: ${what}.`,
    zh: (option, what) => `${option}：${what}。`,
    ru: (option, what) => `${option}: ${what}.`,
  }),
  timesGiven: phrase({
    en: (times: number) => `given ${times} times`,
    zh: (times) => `给出了 ${times} 次`,
    ru: (times) => `задано несколько раз (${times})`,
  }),
  empty: { en: 'must not be empty', zh: '不能为空', ru: 'не может быть пустым' },
  reportName: {
    en: 'must be named .html or .json',
    zh: '文件名须以 .html 或 .json 结尾',
    ru: 'имя должно оканчиваться на .html или .json',
  },
  number: phrase({
    en: (given: string) => `must be a number, not "${given}"`,
    zh: (given) => `必须是数字，而不是“${given}”`,
    ru: (given) => `нужно число, а не «${given}»`,
  }),
  integer: phrase({
    en: (given: string) => `must be a whole number, not "${given}"`,
    zh: (given) => `必须是整数，而不是“${given}”`,
    ru: (given) => `нужно целое число, а не «${given}»`,
  }),
  atLeast: phrase({
    en: (min: number) => `must be at least ${min}`,
    zh: (min) => `不能小于 ${min}`,
    ru: (min) => `должно быть не меньше ${min}`,
  }),
  within: phrase({
    en: (min: number, max: number) => `must be from ${min} to ${max}`,
    zh: (min, max) => `必须在 ${min} 到 ${max} 之间`,
    ru: (min, max) => `должно быть от ${min} до ${max}`,
  }),
  duration: phrase({
    en: (given: string) => `must be a time such as 90s, 12h or 30d, not "${given}"`,
    zh: (given) => `必须是 90s、12h 或 30d 这样的时长，而不是“${given}”`,
    ru: (given) => `нужен срок вроде 90s, 12h или 30d, а не «${given}»`,
  }),
  url: {
    en: 'must be an http or https address',
    zh: '必须是 http 或 https 地址',
    ru: 'нужен адрес http или https',
  },
  userInUrl: {
    en: 'must not hold a user name or password',
    zh: '不能含有用户名或密码',
    ru: 'не должен содержать имя или пароль',
  },
  urlOrName: phrase({
    en: (names: string) => `must be an http or https address, or one of ${names}`,
    zh: (names) => `必须是 http 或 https 地址，或 ${names} 之一`,
    ru: (names) => `нужен адрес http или https либо одно из ${names}`,
  }),
  day: phrase({
    en: (given: string) => `must be a day such as 2018-04-01, not "${given}"`,
    zh: (given) => `必须是 2018-04-01 这样的日期，而不是“${given}”`,
    ru: (given) => `нужна дата вроде 2018-04-01, а не «${given}»`,
  }),
  delimiter: {
    en: 'must be one character, or tab, comma, semicolon or pipe',
    zh: '必须是一个字符，或 tab、comma、semicolon、pipe',
    ru: 'нужен один знак либо tab, comma, semicolon или pipe',
  },
  oneOf: phrase({
    en: (choices: string) => `must be one of ${choices}`,
    zh: (choices) => `必须是 ${choices} 之一`,
    ru: (choices) => `нужно одно из ${choices}`,
  }),
  onOrOff: { en: 'must be on or off', zh: '必须是 on 或 off', ru: 'нужно on или off' },
} as const;
