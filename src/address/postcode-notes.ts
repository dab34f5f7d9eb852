import type { Language } from '../languages.ts';
import { NO_CODE_TEXTS } from './doubt-texts.ts';
import { renderForeign } from './foreign-postcode.ts';
import type { Note, PostcodeRemark } from './outcome.ts';

/** What an answer says of where its postcode and the named place lie. */
export function renderNote(note: Note, language: Language): string {
  switch (note.kind) {
    case 'unowned-postcode':
      return UNOWNED[language](note.named);
    case 'foreign-postcode':
      return renderForeign(note.postcode, language);
    case 'gazetteer-short':
      return NO_CODE_TEXTS[language];
    case 'elsewhere': {
      const named = note.namedPostcode === undefined ? note.named : `${note.named}, ${note.namedPostcode}`;
      const say = note.byPrefix === true ? PERHAPS_ELSEWHERE : ELSEWHERE;
      return say[language](named, note.postcode, note.postcodePlace);
    }
  }
}

/** What is said of the postcode that a row was asked with. */
export function renderRemark({ kind, postcode }: PostcodeRemark, language: Language): string {
  return kind === 'not-russian' ? renderForeign(postcode, language) : REMARKS[kind][language](postcode);
}

const REMARKS: Readonly<
  Record<Exclude<PostcodeRemark['kind'], 'not-russian'>, Readonly<Record<Language, (postcode: string) => string>>>
> = {
  'taken-from-address': {
    en: (postcode) => `the postcode ${postcode} was taken from the address`,
    zh: (postcode) => `邮编 ${postcode} 取自地址`,
    ru: (postcode) => `индекс ${postcode} взят из адреса`,
  },
  'address-has-another': {
    en: (postcode) => `the address has another postcode, ${postcode}`,
    zh: (postcode) => `地址中的邮编不同：${postcode}`,
    ru: (postcode) => `в адресе другой индекс: ${postcode}`,
  },
};

const ELSEWHERE: Readonly<Record<Language, (named: string, postcode: string, place: string | undefined) => string>> = {
  en: (named, postcode, place) =>
    `address names ${named}; postcode ${postcode} is ${place === undefined ? 'elsewhere' : place}`,
  zh: (named, postcode, place) =>
    `地址中的城市是 ${named}；邮编 ${postcode} 属于${place === undefined ? '其他地区' : ` ${place}`}`,
  ru: (named, postcode, place) =>
    `в адресе указан ${named}; индекс ${postcode} — ${place === undefined ? 'другое место' : place}`,
};

/** Where only the first digits of the postcode are known, it is not stated whose it is. */
const PERHAPS_ELSEWHERE: typeof ELSEWHERE = {
  en: (named, postcode, place) =>
    place === undefined
      ? `address names ${named}, which is not known to have the postcode ${postcode}`
      : `address names ${named}; by its first digits the postcode ${postcode} is probably ${place}`,
  zh: (named, postcode, place) =>
    place === undefined
      ? `地址中的城市是 ${named}，未知邮编 ${postcode} 是否属于它`
      : `地址中的城市是 ${named}；从前几位看，邮编 ${postcode} 可能属于 ${place}`,
  ru: (named, postcode, place) =>
    place === undefined
      ? `в адресе указан ${named}; неизвестно, относится ли к нему индекс ${postcode}`
      : `в адресе указан ${named}; судя по первым цифрам, индекс ${postcode} — вероятно, ${place}`,
};

const UNOWNED: Readonly<Record<Language, (named: string) => string>> = {
  en: (named) => `${named} is not known to have this postcode`,
  zh: (named) => `未知该邮编是否属于 ${named}`,
  ru: (named) => `неизвестно, относится ли индекс к месту ${named}`,
};
