import type { Language, Texts } from '../languages.ts';
import type { ApiStatusCode } from './detection.ts';
import type { Defect, InvalidStatus } from './outcome.ts';

/** Chinese texts of the API's codes are those of the seed's table; OK's is the one in its sample answer. */
export const STATUS_TEXTS: Readonly<Record<ApiStatusCode | InvalidStatus | 'DEFERRED', Texts>> = {
  OK: { en: 'CDEK city detected', zh: 'CDEK城市识别成功', ru: 'Город СДЭК определён' },
  COD_LIMIT_EXCEEDED: {
    en: 'Cash on delivery is above the limit of the destination',
    zh: '代收货款金额超过限额',
    ru: 'Наложенный платёж превышает лимит города',
  },
  ERR_CDEK_HAS_NO_FIAS_GUID: {
    en: 'The place is known, but no CDEK city is known for it',
    zh: '根据GUID无法获取CDEK城市',
    ru: 'Населённый пункт найден, но город СДЭК для него неизвестен',
  },
  ERR_MANY_CITIES_IN_ADDRESS: {
    en: 'Several places of this postcode fit the address',
    zh: '根据邮编识别了多个城市',
    ru: 'К адресу подходит несколько населённых пунктов этого индекса',
  },
  ERR_NOT_DETECT_CITY_IN_ADDRESS: {
    en: 'The address names no place of this postcode',
    zh: '地址字段没有邮编对应的城市名',
    ru: 'В адресе нет населённого пункта с этим индексом',
  },
  ERR_NO_POSTCODE: { en: 'No postcode given', zh: '没提交邮编', ru: 'Не указан почтовый индекс' },
  ERR_NO_DEVKEY: { en: 'No developer key given', zh: '没提交开发者识别码', ru: 'Не указан ключ разработчика' },
  ERR_BAD_DEVKEY: {
    en: 'The developer key is not registered',
    zh: '开发者识别码未注册',
    ru: 'Ключ разработчика не зарегистрирован',
  },
  ERR_BAD_COUNTRY: { en: 'Only Russia (ru) is supported', zh: '不支持的国家', ru: 'Поддерживается только Россия (ru)' },
  ERR_NO_ADDRESS: { en: 'No address given', zh: '没提交地址字段', ru: 'Не указан адрес' },
  ERR_INTERNAL: { en: 'Internal error of the service', zh: '接口内部错误', ru: 'Внутренняя ошибка сервиса' },
  ERR_BAD_POSTCODE: {
    en: 'The postcode is not six digits',
    zh: '邮编不是六位数字',
    ru: 'Индекс не состоит из шести цифр',
  },
  ERR_BAD_COD: {
    en: 'The cash-on-delivery amount cannot be read as roubles',
    zh: '代收货款金额无法识别为卢布',
    ru: 'Сумму наложенного платежа не удалось прочитать в рублях',
  },
  ERR_BAD_ROW: { en: 'The row is broken', zh: '该行格式错误', ru: 'Строка повреждена' },
  DEFERRED: {
    en: 'The service could not be asked',
    zh: '暂时无法查询',
    ru: 'Сервис не ответил',
  },
};

/** Chinese OK of a fias_only question: the text of the seed's table of codes. */
export const FIAS_ONLY_OK: Texts = {
  en: 'FIAS place detected',
  zh: '城市识别成功',
  ru: 'Населённый пункт ФИАС определён',
};

/** What exactly is wrong with a cell or a row. */
export const DEFECT_TEXTS: Readonly<Record<Defect, Texts>> = {
  'digit-count': { en: 'too few or too many digits', zh: '数字位数不对', ru: 'лишние или недостающие цифры' },
  'scientific-notation': {
    en: 'a spreadsheet made it a number in scientific notation',
    zh: '被表格软件转成了科学计数法',
    ru: 'таблица превратила его в экспоненциальную запись',
  },
  'not-six-digits': { en: 'other characters than digits', zh: '含有非数字字符', ru: 'есть посторонние символы' },
  'thousands-or-decimals': {
    en: 'the dot may mean thousands or decimals; write 1200 or 1.20',
    zh: '小数点含义不明，请写 1200 或 1.20',
    ru: 'точка может отделять тысячи или копейки; пишите 1200 или 1.20',
  },
  negative: { en: 'it is negative', zh: '金额为负', ru: 'сумма отрицательна' },
  'not-roubles': {
    en: 'not a number, or another currency',
    zh: '不是数字或为其他货币',
    ru: 'не число или другая валюта',
  },
  'amount-missing': { en: 'a currency without an amount', zh: '只有货币没有金额', ru: 'валюта без суммы' },
  'cod-without-amount': {
    en: 'paid on delivery, but without an amount',
    zh: '货到付款但没有金额',
    ru: 'оплата при получении, но без суммы',
  },
  'currency-missing': { en: 'an amount without a currency', zh: '只有金额没有货币', ru: 'сумма без валюты' },
  'totals-line': {
    en: 'it looks like a line of totals, not like an order',
    zh: '看起来是合计行，而不是订单',
    ru: 'похоже на строку итогов, а не на заказ',
  },
  'no-order': {
    en: 'no address either; perhaps a line of totals or a remark',
    zh: '也没有地址，或许是合计行或备注',
    ru: 'адреса тоже нет; возможно, это строка итогов или примечание',
  },
  'column-count': {
    en: 'its number of columns differs from the header',
    zh: '列数与表头不一致',
    ru: 'число столбцов не совпадает с заголовком',
  },
  'too-long': {
    en: 'it is longer than --max-row-bytes',
    zh: '该行长度超过 --max-row-bytes',
    ru: 'она длиннее --max-row-bytes',
  },
  quotes: { en: 'a quotation mark is out of place', zh: '引号位置错误', ru: 'кавычка не на месте' },
};

/** The text of a status code in a language; undefined for a code that is not known to gorod. */
export function textOfStatus(status: string, language: Language): string | undefined {
  return isKnownStatus(status) ? STATUS_TEXTS[status][language] : undefined;
}

function isKnownStatus(status: string): status is keyof typeof STATUS_TEXTS {
  return Object.hasOwn(STATUS_TEXTS, status);
}
