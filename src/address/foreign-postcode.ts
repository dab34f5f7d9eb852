import type { Language, Texts } from '../languages.ts';
import { isRussianPostcode } from './postcode-in-address.ts';

/**
 * What is said of a postcode that is none of Russia: outside the range of its postcodes, or of no region that the gazetteer
 * knows. Where its beginning is that of a neighbour that has six digits too, that is named.
 */
export function renderForeign(postcode: string, language: Language): string {
  const neighbour = NEIGHBOURS.find(({ beginning }) => beginning.test(postcode))?.texts[language];
  const told = isRussianPostcode(postcode) ? OF_NO_REGION[language](postcode) : `${postcode}${NOT_RUSSIAN[language]}`;
  if (neighbour === undefined) return told;
  return language === 'zh' ? `${told}；${neighbour}` : `${told}; ${neighbour}`;
}

/** What to do about such a postcode. */
export const FOREIGN_ADVICE: Texts = {
  en: "Check the recipient's country; if the parcel goes to Russia, correct the postcode",
  zh: '请核对收件国家；如寄往俄罗斯，请更正邮编',
  ru: 'Проверьте страну получателя; если посылка едет в Россию, исправьте индекс',
};

const NOT_RUSSIAN: Texts = {
  en: ' is not a Russian postcode: those lie between 101000 and 694999',
  zh: ' 不是俄罗斯邮编：俄罗斯邮编在 101000 至 694999 之间',
  ru: ' — не российский индекс: они лежат между 101000 и 694999',
};

const OF_NO_REGION: Readonly<Record<Language, (postcode: string) => string>> = {
  en: (postcode) => `the gazetteer knows no region of Russia whose postcodes begin as ${postcode} does`,
  zh: (postcode) => `地名库中没有以 ${postcode.slice(0, 3)} 开头的俄罗斯邮编`,
  ru: (postcode) => `в справочнике мест нет региона России, чьи индексы начинаются как ${postcode}`,
};

/**
 * Neighbours whose postcodes have six digits: Belarus 21 to 24 (UPU, postal addressing system of Belarus: 220050, 222612,
 * 223709; validator.js, isPostalCode BY), Kazakhstan 0 and a digit above it (UPU, postal addressing system of Kazakhstan:
 * 040900; Almaty has 050000), so that 000000, which only fills a cell, is none of its postcodes.
 * Russian regions have postcodes from 214 to 249, too, so that this is said only where none of them is meant.
 */
const NEIGHBOURS: readonly { readonly beginning: RegExp; readonly texts: Texts }[] = [
  {
    beginning: /^0[1-9]/,
    texts: {
      en: 'Kazakhstan has postcodes like it',
      zh: '哈萨克斯坦有这样的邮编',
      ru: 'такие индексы есть в Казахстане',
    },
  },
  {
    beginning: /^2[1-4]/,
    texts: { en: 'Belarus has postcodes like it', zh: '白俄罗斯有这样的邮编', ru: 'такие индексы есть в Беларуси' },
  },
];
