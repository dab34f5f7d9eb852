import { phrase, type Texts } from '../languages.ts';

/** Why something that a person wrote is not taken, and what to do about it; without an address. */
export const REFUSALS = {
  cityAlone: {
    en: 'fix_city_code settles the city alone; empty it, or the other fix columns',
    zh: 'fix_city_code 单独决定城市；请清空它，或清空其他 fix 列',
    ru: 'fix_city_code сам определяет город; очистите его или остальные столбцы fix',
  },
  badPostcode: {
    en: 'fix_postcode must be six digits',
    zh: 'fix_postcode 必须是六位数字',
    ru: 'fix_postcode должен состоять из шести цифр',
  },
  emptyAddress: {
    en: 'fix_address must hold a letter or a digit',
    zh: 'fix_address 须含字母或数字',
    ru: 'в fix_address должна быть буква или цифра',
  },
  noPostcode: {
    en: 'the postcode is no six digits; fill fix_postcode too',
    zh: '邮编不是六位数字；请同时填写 fix_postcode',
    ru: 'индекс не из шести цифр; заполните и fix_postcode',
  },
  sameQuestion: {
    en: 'the fix is what the row asks already; write what is right',
    zh: '填写的内容与该行原有内容相同；请填写正确内容',
    ru: 'исправление повторяет то, что уже стоит в строке; впишите верное',
  },
  badCityCode: {
    en: 'fix_city_code must be digits, as CDEK numbers its cities',
    zh: 'fix_city_code 必须是数字，即CDEK的城市代码',
    ru: 'fix_city_code должен состоять из цифр: это код города СДЭК',
  },
  brokenRow: {
    en: 'the row is broken; its cells do not fit the header',
    zh: '该行格式错误，列数与表头不符',
    ru: 'строка повреждена: её ячейки не подходят к заголовку',
  },
  brokenInput: {
    en: 'the row is broken in the input already; correct it there',
    zh: '该行在输入文件中已损坏；请在输入文件中更正',
    ru: 'строка повреждена уже во входном файле; исправьте её там',
  },
  noAddress: {
    en: 'the row has no address by which it could be known again; correct the input itself',
    zh: '该行没有地址，以后无法识别；请直接更正输入文件',
    ru: 'в строке нет адреса, по которому её можно узнать снова; исправьте сам входной файл',
  },
  badCountry: {
    en: 'the country is not Russia; correct the input itself',
    zh: '国家不是俄罗斯；请直接更正输入文件',
    ru: 'страна не Россия; исправьте сам входной файл',
  },
  noQuestion: {
    en: 'the row makes no question; correct the input itself',
    zh: '该行无法构成查询；请直接更正输入文件',
    ru: 'из строки не выходит вопроса; исправьте сам входной файл',
  },
  noGuid: {
    en: 'no FIAS GUID is known for this city, which --fias-only asks for',
    zh: '未知该城市的 FIAS GUID，而 --fias-only 需要它',
    ru: 'для этого города не известен FIAS GUID, которого требует --fias-only',
  },
  contradicting: {
    en: 'other lines teach another thing about the same question; leave one',
    zh: '其他行对同一查询给出了不同内容；请只保留一行',
    ru: 'другие строки учат иному о том же вопросе; оставьте одну',
  },
} as const satisfies Readonly<Record<string, Texts>>;

/** Another line of the same file teaches something else. */
export const contradictingLines = phrase<[lines: string]>({
  en: (lines) => `teaches another thing about the same question as line ${lines}; leave one`,
  zh: (lines) => `与第 ${lines} 行对同一查询给出了不同内容；请只保留一行`,
  ru: (lines) => `учит иному о том же вопросе, что и строка ${lines}; оставьте одну`,
});

/** Nobody knows a city of this code. */
export const unknownCity = phrase<[code: string]>({
  en: (code) =>
    `no city with the code ${code} is known to the cache or the gazetteer; renew that with gorod gazetteer sync and ` +
    'name it with --gazetteer, or fill fix_postcode and fix_address instead',
  zh: (code) =>
    `缓存和地名库中都没有代码为 ${code} 的城市；请用 gorod gazetteer sync 更新地名库并用 --gazetteer 指定，或改填 ` +
    'fix_postcode 和 fix_address',
  ru: (code) =>
    `город с кодом ${code} не известен ни кэшу, ни газеттиру; обновите его через gorod gazetteer sync и укажите ` +
    '--gazetteer, либо заполните fix_postcode и fix_address',
});

/** The corrected question has no answer with which the row could be shipped. */
export const notAccepted = phrase<[status: string, message: string]>({
  en: (status, message) => `the corrected question is not accepted: ${status}: ${message}`,
  zh: (status, message) => `更正后的查询未被接受：${status}：${message}`,
  ru: (status, message) => `исправленный вопрос не принят: ${status}: ${message}`,
});

/** What is wrong with a line of an exported table. */
export const IMPORT_REFUSALS = {
  country: {
    en: 'country_code must be ru',
    zh: 'country_code 必须是 ru',
    ru: 'country_code должен быть ru',
  },
  fiasOnly: {
    en: 'fias_only must be true or false',
    zh: 'fias_only 必须是 true 或 false',
    ru: 'fias_only должен быть true или false',
  },
  address: {
    en: 'address must hold a letter or a digit',
    zh: 'address 须含字母或数字',
    ru: 'в address должна быть буква или цифра',
  },
  time: {
    en: 'at must be a time such as 2026-01-31T12:00:00Z',
    zh: 'at 必须是时间，例如 2026-01-31T12:00:00Z',
    ru: 'at должен быть временем, например 2026-01-31T12:00:00Z',
  },
  either: {
    en: 'either fix_city_code with its answer, or fix_postcode and fix_address must be filled',
    zh: '须填写 fix_city_code 及其 answer，或填写 fix_postcode 和 fix_address，二者择一',
    ru: 'должны быть заполнены либо fix_city_code с его answer, либо fix_postcode и fix_address',
  },
  answer: {
    en: 'answer is none that gorod learn --export wrote',
    zh: 'answer 不是 gorod learn --export 写出的内容',
    ru: 'answer не из тех, что пишет gorod learn --export',
  },
  noCity: { en: 'answer holds no city', zh: 'answer 中没有城市', ru: 'в answer нет города' },
  otherCity: {
    en: 'fix_city_code is not the city of the answer',
    zh: 'fix_city_code 与 answer 中的城市不符',
    ru: 'fix_city_code не совпадает с городом из answer',
  },
} as const satisfies Readonly<Record<string, Texts>>;
