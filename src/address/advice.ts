import type { Language, Texts } from '../languages.ts';
import type { ApiStatusCode } from './detection.ts';
import { FOREIGN_ADVICE } from './foreign-postcode.ts';
import { type InvalidStatus, isGazetteerShort, noteOf, type Outcome } from './outcome.ts';
import type { Doubt, Judgement } from './verdict.ts';

/** What to do about a status, by whoever has the file. */
const OF_STATUS: Readonly<
  Record<Exclude<ApiStatusCode, 'OK' | 'COD_LIMIT_EXCEEDED'> | InvalidStatus | 'DEFERRED', Texts>
> = {
  ERR_CDEK_HAS_NO_FIAS_GUID: {
    en: 'Choose a CDEK city or pickup point nearby, and order to its code',
    zh: '请改选附近的CDEK城市或取货点，并按其代码下单',
    ru: 'Выберите ближайший город или пункт выдачи СДЭК и оформите заказ на его код',
  },
  ERR_MANY_CITIES_IN_ADDRESS: {
    en: 'Add the region or district to the address, or correct the postcode',
    zh: '请在地址中补充州名或区名，或更正邮编',
    ru: 'Добавьте в адрес регион или район либо исправьте индекс',
  },
  ERR_NOT_DETECT_CITY_IN_ADDRESS: {
    en: 'Correct whichever of postcode and city is wrong; where no city stands in the address, write it in',
    zh: '邮编与城市哪一个有误就更正哪一个；地址中没有城市的，请写明城市',
    ru: 'Исправьте то, что неверно, индекс или город; если города в адресе нет, впишите его',
  },
  ERR_NO_POSTCODE: {
    en: 'Fill in the six-digit postcode',
    zh: '请填写六位邮编',
    ru: 'Впишите шестизначный индекс',
  },
  ERR_BAD_POSTCODE: {
    en: 'Correct it; in a spreadsheet, format its column as text first',
    zh: '请更正；如用表格软件，请先把该列设为文本格式',
    ru: 'Исправьте его; в таблице сначала задайте столбцу текстовый формат',
  },
  ERR_NO_ADDRESS: {
    en: 'Fill in city, street and house',
    zh: '请填写城市、街道和门牌号',
    ru: 'Впишите город, улицу и дом',
  },
  ERR_BAD_COUNTRY: {
    en: 'Correct the country, or ship this order another way',
    zh: '请更正国家，或改用其他方式寄送',
    ru: 'Исправьте страну или отправьте заказ другим способом',
  },
  ERR_BAD_COD: {
    en: 'Write it as 1500 or 1500.50',
    zh: '请写成 1500 或 1500.50',
    ru: 'Запишите её как 1500 или 1500.50',
  },
  ERR_BAD_ROW: {
    en: 'Correct the row in the input, and run again',
    zh: '请在输入文件中修正该行，然后重新运行',
    ru: 'Исправьте строку во входном файле и запустите снова',
  },
  ERR_NO_DEVKEY: {
    en: 'Set CDEK_DEVELOPER_KEY',
    zh: '请设置 CDEK_DEVELOPER_KEY',
    ru: 'Задайте CDEK_DEVELOPER_KEY',
  },
  ERR_BAD_DEVKEY: {
    en: 'Check CDEK_DEVELOPER_KEY',
    zh: '请检查 CDEK_DEVELOPER_KEY',
    ru: 'Проверьте CDEK_DEVELOPER_KEY',
  },
  ERR_INTERNAL: {
    en: 'Ask again later; if it stays so, write to CDEK support',
    zh: '请稍后重试；如仍出错，请联系CDEK技术支持',
    ru: 'Повторите позже; если не поможет, напишите в поддержку СДЭК',
  },
  DEFERRED: {
    en: 'Ask again later: gorod retry FILE',
    zh: '请稍后重新查询：gorod retry 文件',
    ru: 'Спросите ещё раз позже: gorod retry ФАЙЛ',
  },
};

const UNKNOWN_STATUS: Texts = {
  en: 'gorod does not know this code: look it up with CDEK',
  zh: 'gorod 不认识该代码，请向CDEK查询',
  ru: 'gorod не знает этот код: уточните его в СДЭК',
};

/** Where postcode and address name two places. */
const ELSEWHERE: Texts = {
  en: 'Ask the recipient which of the two is right, and correct the other',
  zh: '请向收件人核实哪一个正确，并更正另一个',
  ru: 'Уточните у получателя, что из двух верно, и исправьте другое',
};

const OF_DOUBT: Readonly<Record<Doubt, Texts>> = {
  'limit-unknown': {
    en: 'Give yours with --cod-limits, or take payment in advance',
    zh: '请用 --cod-limits 提供限额，或改为预付',
    ru: 'Задайте его через --cod-limits или возьмите предоплату',
  },
  'low-confidence': {
    en: 'Compare city, postcode and address before you ship',
    zh: '发货前请核对城市、邮编与地址',
    ru: 'Сверьте город, индекс и адрес перед отправкой',
  },
  'guids-differ': {
    en: 'Compare both with the address before you ship',
    zh: '发货前请将两者与地址核对',
    ru: 'Сверьте оба с адресом перед отправкой',
  },
  'no-city': {
    en: 'Choose the CDEK city yourself',
    zh: '请自行选择CDEK城市',
    ru: 'Выберите город СДЭК сами',
  },
  fallback: {
    en: 'Ask the service later: gorod retry FILE',
    zh: '请稍后向服务查询：gorod retry 文件',
    ru: 'Спросите сервис позже: gorod retry ФАЙЛ',
  },
};

/** Where a line may be none of an order. */
const NO_ORDER: Texts = {
  en: 'If it is no order, remove the line or leave it be; else fill in postcode and address',
  zh: '如果不是订单，可删除该行或不予理会；否则请填写邮编和地址',
  ru: 'Если это не заказ, удалите строку или оставьте как есть; иначе впишите индекс и адрес',
};

const PREPAY: Texts = {
  en: 'Lower the amount, or take payment in advance',
  zh: '请降低代收金额，或改为预付',
  ru: 'Уменьшите сумму или возьмите предоплату',
};

const PREPAY_ALL: Texts = {
  en: 'No cash is collected there: take payment in advance',
  zh: '该地不能代收货款，请改为预付',
  ru: 'Там наложенный платёж не принимают: возьмите предоплату',
};

const PREPAY_ABOVE: Readonly<Record<Language, (roubles: number) => string>> = {
  en: (roubles) => `At most ${roubles} roubles are collected there: lower the amount, or take payment in advance`,
  zh: (roubles) => `该地最多代收 ${roubles} 卢布：请降低代收金额，或改为预付`,
  ru: (roubles) => `Там принимают не больше ${roubles} ₽: уменьшите сумму или возьмите предоплату`,
};

/** What to do next about a row; undefined where it can be shipped, or where its message says so already. */
export function renderAdvice(
  outcome: Outcome,
  { status, doubt, paymentLimit }: Pick<Judgement, 'status' | 'doubt' | 'paymentLimit'>,
  language: Language,
): string | undefined {
  if (status === 'OK') return doubt === undefined ? undefined : OF_DOUBT[doubt][language];
  if (status === 'COD_LIMIT_EXCEEDED') return codAdvice(paymentLimit, language);
  if (outcome.kind === 'invalid' && outcome.defect === 'thousands-or-decimals') return undefined;
  if (outcome.kind === 'invalid' && (outcome.defect === 'totals-line' || outcome.defect === 'no-order')) {
    return NO_ORDER[language];
  }
  if (outcome.kind === 'answered') {
    if (isGazetteerShort(outcome, status)) return undefined;
    const note = noteOf(outcome);
    if (note?.kind === 'elsewhere') return ELSEWHERE[language];
    if (note?.kind === 'foreign-postcode' || outcome.remark?.kind === 'not-russian') return FOREIGN_ADVICE[language];
  }
  return (hasAdvice(status) ? OF_STATUS[status] : UNKNOWN_STATUS)[language];
}

function codAdvice(paymentLimit: number | undefined, language: Language): string {
  if (paymentLimit === undefined || paymentLimit < 0) return PREPAY[language];
  return paymentLimit === 0 ? PREPAY_ALL[language] : PREPAY_ABOVE[language](paymentLimit);
}

function hasAdvice(status: string): status is keyof typeof OF_STATUS {
  return Object.hasOwn(OF_STATUS, status);
}
