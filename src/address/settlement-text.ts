import type { Language } from '../languages.ts';
import type { Settlement } from './outcome.ts';

/** Longer texts of a person are cut: a cell is no letter. */
const LONGEST = 100;

/** Says that an answer comes from what a person has settled: who, when and why, and what was asked in the row's place. */
export function renderSettlement(settlement: Settlement, language: Language): string {
  const { by, at, why, postcode, address } = settlement;
  const words = WORDS[language];
  const date = at === undefined ? undefined : new Date(at).toISOString().slice(0, 10);
  const who = [by, date].flatMap((part) => (part === undefined ? [] : [short(part)])).join(words.comma);
  const told = [who, ...(why === undefined ? [] : [short(why)])].filter((part) => part !== '').join(words.colon);
  const asked = [
    ...(postcode === undefined ? [] : [`${words.postcode} ${postcode}`]),
    ...(address === undefined ? [] : [`${words.address} ${short(address)}`]),
  ].join(words.comma);
  return words.learnt + (asked === '' ? '' : words.colon + asked) + (told === '' ? '' : words.inBrackets(told));
}

interface Words {
  readonly learnt: string;
  readonly postcode: string;
  readonly address: string;
  readonly comma: string;
  readonly colon: string;
  readonly inBrackets: (text: string) => string;
}

/** In letters that every encoding of an output has that can have the language at all. */
const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    learnt: 'as learnt with gorod learn',
    postcode: 'postcode',
    address: 'address',
    comma: ', ',
    colon: ': ',
    inBrackets: (text) => ` (${text})`,
  },
  zh: {
    learnt: '依据 gorod learn 所学的修正',
    postcode: '邮编',
    address: '地址',
    comma: '，',
    colon: '：',
    inBrackets: (text) => `（${text}）`,
  },
  ru: {
    learnt: 'по исправлению из gorod learn',
    postcode: 'индекс',
    address: 'адрес',
    comma: ', ',
    colon: ': ',
    inBrackets: (text) => ` (${text})`,
  },
};

function short(text: string): string {
  const oneLine = text.replace(/\s+/gu, ' ').trim();
  const letters = [...oneLine];
  return letters.length <= LONGEST ? oneLine : `${letters.slice(0, LONGEST).join('').trimEnd()}...`;
}
