import { CITY_WITHOUT_CDEK, SCRIPTED_CITIES, type ScriptedCity } from './scripted-cities.ts';

/** The quirks of an API whose documents leave them open. */
export interface AnswerOptions {
  /** Only this developer key is accepted; without it any is. */
  readonly developerKey?: string;
  /** Leave `paymentLimit` out of every city, though the limit still holds. */
  readonly hideLimits?: boolean;
  /** Leave the city out of COD_LIMIT_EXCEEDED. */
  readonly hideExceededCity?: boolean;
}

type JsonObject = Readonly<Record<string, unknown>>;

/** What detect-city would say to a question: HTTP status and body, taken from the table and never from gorod's matcher. */
export function scriptedAnswer(
  question: unknown,
  developerKey: string | undefined,
  options: AnswerOptions = {},
): { readonly status: number; readonly body: JsonObject } {
  const asked = (typeof question === 'object' && question !== null ? question : {}) as JsonObject;
  const { address, postcode, cod_rub = 0, fias_only = false, country_code = 'ru' } = asked;
  const say = (status: number, status_code: string, more: JsonObject = {}) => ({
    status,
    body: { address, postcode, ...more, status_code, status_msg: MESSAGES[status_code] },
  });

  if (developerKey === undefined || developerKey === '') return say(401, 'ERR_NO_DEVKEY');
  if (options.developerKey !== undefined && developerKey !== options.developerKey) return say(403, 'ERR_BAD_DEVKEY');
  if (typeof postcode !== 'string' || postcode === '') return say(400, 'ERR_NO_POSTCODE');
  if (typeof address !== 'string' || address === '') return say(400, 'ERR_NO_ADDRESS');
  if (String(country_code).toLowerCase() !== 'ru') return say(400, 'ERR_BAD_COUNTRY');

  if (postcode.startsWith(CITY_WITHOUT_CDEK.prefix) && names(address, [CITY_WITHOUT_CDEK.spelling])) {
    const { name } = CITY_WITHOUT_CDEK;
    const fias = { ao_level: '4', formal_name: name, official_name: name, prefix: 'г' };
    return say(200, 'ERR_CDEK_HAS_NO_FIAS_GUID', { detected_fias_city: fias, possible_cities: [name] });
  }
  const candidates = SCRIPTED_CITIES.filter((city) => postcode.startsWith(city.prefix));
  const possible_cities = candidates.map((city) => city.cdek.cityName);
  const named = candidates.filter((city) => names(address, city.spellings));
  const [city, second] = named;
  if (city === undefined) return say(200, 'ERR_NOT_DETECT_CITY_IN_ADDRESS', { possible_cities });
  if (second !== undefined) return say(200, 'ERR_MANY_CITIES_IN_ADDRESS', { possible_cities });
  const found = { detected_fias_city: city.fias, possible_cities };
  if (fias_only === true) return say(200, 'OK', found);
  const exceeded = isExceeded(city, Number(cod_rub));
  const cityFields = exceeded && options.hideExceededCity ? {} : { detected_cdek_city: cdekCity(city, options) };
  return say(200, exceeded ? 'COD_LIMIT_EXCEEDED' : 'OK', { ...found, ...cityFields });
}

const MESSAGES: Readonly<Record<string, string>> = {
  OK: 'CDEK城市识别成功',
  COD_LIMIT_EXCEEDED: '代收货款金额超过限额',
  ERR_CDEK_HAS_NO_FIAS_GUID: '根据GUID无法获取CDEK城市',
  ERR_MANY_CITIES_IN_ADDRESS: '根据邮编识别了多个城市',
  ERR_NOT_DETECT_CITY_IN_ADDRESS: '地址字段没有邮编对应的城市名',
  ERR_NO_POSTCODE: '没提交邮编',
  ERR_NO_DEVKEY: '没提交开发者识别码',
  ERR_BAD_DEVKEY: '开发者识别码未注册',
  ERR_BAD_COUNTRY: '不支持的国家 目前仅支持俄罗斯 - ru',
  ERR_NO_ADDRESS: '没提交地址字段',
};

function names(address: string, spellings: readonly string[]): boolean {
  const text = address.toLowerCase();
  return spellings.some((spelling) => text.includes(spelling.toLowerCase()));
}

function isExceeded(city: ScriptedCity, codRub: number): boolean {
  const limit = city.cdek.paymentLimit ?? -1;
  return limit !== -1 && codRub > limit;
}

function cdekCity(city: ScriptedCity, { hideLimits = false }: AnswerOptions): JsonObject {
  const { paymentLimit, ...rest } = city.cdek;
  return hideLimits ? rest : { ...rest, paymentLimit };
}
