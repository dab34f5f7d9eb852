import type { Language, Texts } from '../languages.ts';
import { renderAdvice } from './advice.ts';
import type { ApiStatusCode, Detection } from './detection.ts';
import { DOUBT_TEXTS, NO_CODE_TEXTS } from './doubt-texts.ts';
import { renderForeign } from './foreign-postcode.ts';
import {
  type Answered,
  type Defect,
  type InvalidStatus,
  isFallback,
  isGazetteerShort,
  type Note,
  noteOf,
  type Outcome,
  type PostcodeRemark,
} from './outcome.ts';
import { renderReason } from './reasons.ts';
import { renderSettlement } from './settlement-text.ts';
import type { Doubt, Judgement } from './verdict.ts';

/** Chinese texts of the API's codes are those of the seed's table; OK's is the one in its sample answer. */
const STATUS_TEXTS: Readonly<Record<ApiStatusCode | InvalidStatus | 'DEFERRED', Texts>> = {
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
const FIAS_ONLY_OK: Texts = { en: 'FIAS place detected', zh: '城市识别成功', ru: 'Населённый пункт ФИАС определён' };

const DEFECT_TEXTS: Readonly<Record<Defect, Texts>> = {
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

/** The text of the `message` column: what happened, and what to do next where there is anything to do. */
export function renderRowMessage(outcome: Outcome, judgement: Judgement, language: Language): string {
  const message = settledMessage(outcome, judgement, language);
  const advice = renderAdvice(outcome, judgement, language);
  return advice === undefined ? message : `${message}${FULL_STOP[language]}${advice}`;
}

/** A person who reads a row must not wonder at an answer that is none to what stands in it. */
function settledMessage(outcome: Outcome, judgement: Judgement, language: Language): string {
  const message = renderMessage(outcome, judgement, language);
  if (outcome.kind !== 'answered' || outcome.settled === undefined) return message;
  return `${message}${SEMICOLON[language]}${renderSettlement(outcome.settled, language)}`;
}

/** What happened; `status_msg` where the answer is gorod's own. */
export function renderMessage(outcome: Outcome, judged: JudgedStatus, language: Language): string {
  if (outcome.kind === 'invalid') {
    const detail = outcome.defect === undefined ? undefined : DEFECT_TEXTS[outcome.defect][language];
    return joined(STATUS_TEXTS[outcome.status][language], detail, language);
  }
  if (outcome.kind === 'deferred') {
    return joined(STATUS_TEXTS.DEFERRED[language], renderReason(outcome.reason, language), language);
  }
  const text = joined(
    statusText(outcome.detection, judged.status, language),
    detailOf(outcome, judged, language),
    language,
  );
  const remark = remarkOn(outcome);
  const remarks = [
    ...(remark === undefined ? [] : [renderRemark(remark, language)]),
    ...(outcome.isUnpaid === true ? [UNPAID[language]] : []),
  ];
  return [text, ...remarks].join(SEMICOLON[language]);
}

const UNPAID: Texts = {
  en: 'the order is unpaid, but nothing says that it is paid on delivery: no COD was counted',
  zh: '订单未付清，但未说明货到付款，因此未计代收货款',
  ru: 'заказ не оплачен, но не сказано, что платят при получении: наложенный платёж не учтён',
};

/** What was said of the postcode already is not said twice. */
function remarkOn(outcome: Answered): PostcodeRemark | undefined {
  return outcome.remark?.kind === 'not-russian' && noteOf(outcome)?.kind === 'foreign-postcode'
    ? undefined
    : outcome.remark;
}

const SEMICOLON: Texts = { en: '; ', zh: '；', ru: '; ' };
const FULL_STOP: Texts = { en: '. ', zh: '。', ru: '. ' };

/** A status with what was doubted about it. */
export interface JudgedStatus {
  readonly status: string;
  readonly doubt?: Doubt;
}

function detailOf(outcome: Answered, judged: JudgedStatus, language: Language): string | undefined {
  if (!isFallback(outcome)) return ownDetail(outcome, judged, language);
  const { status, doubt } = judged;
  const detail = ownDetail(outcome, doubt === undefined || doubt === 'fallback' ? { status } : judged, language);
  const fallback = DOUBT_TEXTS.fallback[language];
  return detail === undefined ? fallback : detail + SEMICOLON[language] + fallback;
}

function ownDetail(outcome: Answered, { status, doubt }: JudgedStatus, language: Language): string | undefined {
  if (isGazetteerShort(outcome, status)) {
    const name = outcome.detection.detected_fias_city?.formal_name;
    return name === undefined ? NO_CODE_TEXTS[language] : `${name}; ${NO_CODE_TEXTS[language]}`;
  }
  const found = noteOf(outcome);
  const note = found === undefined ? undefined : renderNote(found, language);
  // What makes a choice unsure is said by its note.
  if (doubt === undefined || (note !== undefined && doubt === 'low-confidence')) return note;
  const doubted = DOUBT_TEXTS[doubt][language];
  return note === undefined ? doubted : `${note}${SEMICOLON[language]}${doubted}`;
}

/** The text of a status code in a language; undefined for a code that is not known to gorod. */
export function textOfStatus(status: string, language: Language): string | undefined {
  return isKnownStatus(status) ? STATUS_TEXTS[status][language] : undefined;
}

function statusText(detection: Detection, status: string, language: Language): string {
  if (status === 'OK' && detection.detected_cdek_city === undefined) return FIAS_ONLY_OK[language];
  return textOfStatus(status, language) ?? detection.status_msg ?? status;
}

function renderNote(note: Note, language: Language): string {
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

function renderRemark({ kind, postcode }: PostcodeRemark, language: Language): string {
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

function joined(text: string, detail: string | undefined, language: Language): string {
  if (detail === undefined) return text;
  return language === 'zh' ? `${text}：${detail}` : `${text}: ${detail}`;
}

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

function isKnownStatus(status: string): status is keyof typeof STATUS_TEXTS {
  return Object.hasOwn(STATUS_TEXTS, status);
}
