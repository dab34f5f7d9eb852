import { textOfStatus } from '../address/status-texts.ts';
import type { Language, Texts } from '../languages.ts';

/** Codes of the server's own, documented as extensions of the API. */
export const SERVER_STATUS_CODES = ['ERR_BAD_REQUEST', 'ERR_RATE_LIMIT', 'ERR_UNAVAILABLE'] as const;

/** A reply that is no answer to a question. */
export interface Refusal {
  readonly http: number;
  readonly code: string;
  /** Undefined where the text of the code itself says it. */
  readonly texts?: Texts;
  /** Seconds after which it is worth another try. */
  readonly retryAfter?: number;
}

const badRequest = (http: number, en: string, zh: string, ru: string): Refusal => ({
  http,
  code: 'ERR_BAD_REQUEST',
  texts: { en, zh, ru },
});

const unavailable = (retryAfter: number, en: string, zh: string, ru: string): Refusal => ({
  http: 503,
  code: 'ERR_UNAVAILABLE',
  texts: { en, zh, ru },
  retryAfter,
});

/** Everything that the server says instead of an answer. */
export const REFUSALS = {
  noKey: { http: 401, code: 'ERR_NO_DEVKEY' },
  badKey: { http: 403, code: 'ERR_BAD_DEVKEY' },
  notJson: badRequest(400, 'The body is not JSON', '请求内容不是JSON', 'Тело запроса — не JSON'),
  wrongShape: badRequest(400, 'A field has the wrong type', '字段类型不正确', 'Поле не того типа'),
  contentType: badRequest(
    400,
    'This Content-Type is not read here',
    '不支持该Content-Type',
    'Такой Content-Type здесь не читается',
  ),
  badBody: badRequest(400, 'The body cannot be read', '请求内容无法读取', 'Тело запроса не удалось прочитать'),
  badHttp: badRequest(400, 'The request is not HTTP', '不是有效的HTTP请求', 'Запрос не по правилам HTTP'),
  badQuery: badRequest(400, 'A parameter cannot be read', '参数无效', 'Параметр не удалось прочитать'),
  badFile: badRequest(400, 'The file cannot be enriched', '文件无法处理', 'Файл не удалось обработать'),
  tooLarge: badRequest(413, 'The body is too large', '请求内容过大', 'Тело запроса слишком велико'),
  tooSlow: badRequest(408, 'The request took too long to arrive', '请求发送超时', 'Запрос шёл слишком долго'),
  headersTooLarge: badRequest(431, 'The headers are too large', '请求头过大', 'Заголовки слишком велики'),
  notFound: badRequest(404, 'There is nothing at this address', '请求地址不存在', 'По этому адресу ничего нет'),
  wrongMethod: badRequest(405, 'This method is not answered here', '不支持该请求方式', 'Этот метод здесь не работает'),
  tooFast: {
    http: 429,
    code: 'ERR_RATE_LIMIT',
    texts: {
      en: 'More requests than this key may make a second',
      zh: '请求过于频繁，超过该识别码的限额',
      ru: 'Больше запросов в секунду, чем позволено этому ключу',
    },
  },
  internal: { http: 500, code: 'ERR_INTERNAL' },
  draining: unavailable(1, 'The server is stopping', '服务正在停止', 'Сервер останавливается'),
  busy: unavailable(1, 'The server has too much to do', '服务繁忙，请稍后重试', 'Сервер перегружен, повторите позже'),
  unusable: unavailable(
    10,
    'The gazetteer or the cache cannot be read',
    '地名库或缓存无法读取',
    'Газеттир или кэш не читается',
  ),
  unasked: unavailable(
    10,
    'The service could not be asked; ask again later',
    '暂时无法查询，请稍后重试',
    'Сервис не ответил, повторите позже',
  ),
} as const satisfies Record<string, Refusal>;

/** The `status_msg` of a refusal, with what exactly is wrong where that is known. */
export function refusalText(refusal: Refusal, language: Language, detail?: string | Texts): string {
  const text = refusal.texts?.[language] ?? textOfStatus(refusal.code, language) ?? refusal.code;
  if (detail === undefined) return text;
  const told = typeof detail === 'string' ? detail : detail[language];
  return language === 'zh' ? `${text}：${told}` : `${text}: ${told}`;
}

/** The body of a refusal, as JSON. */
export function refusalBody(refusal: Refusal, language: Language, detail?: string | Texts): string {
  return JSON.stringify({ status_code: refusal.code, status_msg: refusalText(refusal, language, detail) });
}

const HTTP_STATUS: ReadonlyMap<string, number> = new Map([
  ['ERR_NO_POSTCODE', 400],
  ['ERR_NO_ADDRESS', 400],
  ['ERR_BAD_COUNTRY', 400],
  ['ERR_BAD_REQUEST', 400],
  ['ERR_INTERNAL', 500],
  ['ERR_UNAVAILABLE', 503],
]);

/** The HTTP status with which an answer goes out: 200 for whatever is about the address. */
export function httpStatusOf(statusCode: string): number {
  return HTTP_STATUS.get(statusCode) ?? 200;
}
