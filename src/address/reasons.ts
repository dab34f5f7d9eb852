import type { Language } from '../languages.ts';

/** The part of a reason that is translated, and its wording with what was caught in place of $1. */
interface Wording {
  readonly en: RegExp;
  readonly zh: string;
  readonly ru: string;
}

/** Every reason for which a request brings no answer, as those who ask word it in English. */
const WORDINGS: readonly Wording[] = [
  { en: /^connection reset$/, zh: '连接被中断', ru: 'соединение разорвано' },
  { en: /^connection refused$/, zh: '连接被拒绝', ru: 'в соединении отказано' },
  { en: /^connection timed out$/, zh: '连接超时', ru: 'время соединения истекло' },
  { en: /^timed out after (\S+) s$/, zh: '$1 秒内没有应答', ru: 'нет ответа за $1 с' },
  { en: /^host not found$/, zh: '找不到主机', ru: 'хост не найден' },
  { en: /^host unreachable$/, zh: '无法连接主机', ru: 'хост недоступен' },
  { en: /^network unreachable$/, zh: '网络不通', ru: 'сеть недоступна' },
  { en: /^request failed$/, zh: '请求失败', ru: 'запрос не удался' },
  { en: /^request failed \((\w+)\)$/, zh: '请求失败（$1）', ru: 'запрос не удался ($1)' },
  {
    en: /^TLS certificate of an unknown authority; --ca makes one known \((\w+)\)$/,
    zh: 'TLS 证书的签发机构未知，可用 --ca 指定（$1）',
    ru: 'TLS-сертификат неизвестного центра, задайте его через --ca ($1)',
  },
  { en: /^TLS certificate refused \((\w+)\)$/, zh: 'TLS 证书无效（$1）', ru: 'TLS-сертификат отклонён ($1)' },
  { en: /^proxy refused: HTTP (\d+)$/, zh: '代理拒绝：HTTP $1', ru: 'прокси отказал: HTTP $1' },
  { en: /^no response$/, zh: '没有应答', ru: 'нет ответа' },
  { en: /^no answer$/, zh: '没有应答', ru: 'нет ответа' },
  { en: /^no answer in time$/, zh: '未在时限内应答', ru: 'ответ не пришёл вовремя' },
  { en: /^the server is stopping$/, zh: '服务正在停止', ru: 'сервер останавливается' },
  { en: /^no endpoint$/, zh: '没有可用的地址', ru: 'нет адреса для запроса' },
  { en: /^body is empty$/, zh: '应答为空', ru: 'ответ пуст' },
  { en: /^body is truncated$/, zh: '应答不完整', ru: 'ответ обрывается' },
  { en: /^body is damaged$/, zh: '应答已损坏', ru: 'ответ повреждён' },
  { en: /^body is too large$/, zh: '应答过大', ru: 'ответ слишком велик' },
  { en: /^body is not JSON$/, zh: '应答不是 JSON', ru: 'ответ не в JSON' },
  { en: /^body is not a JSON object$/, zh: '应答不是 JSON 对象', ru: 'ответ не объект JSON' },
  { en: /^body has no status_code$/, zh: '应答中没有 status_code', ru: 'в ответе нет status_code' },
  { en: /^body is no list of cities$/, zh: '应答不是城市列表', ru: 'в ответе нет списка городов' },
  {
    en: /^body holds no city that can be read$/,
    zh: '应答中没有可识别的城市',
    ru: 'в ответе ни одного понятного города',
  },
  { en: /^no token in the answer$/, zh: '应答中没有令牌', ru: 'в ответе нет токена' },
];

const NO_TOKEN = /^no token: (.+)$/s;
const LONG_DOWN = /^(.+); down for more than (\S+) s$/s;

/**
 * Why a question could not be asked, in the user's language. What has no wording (an HTTP status, a code of the
 * service) is the same in all of them and passes as it is.
 */
export function renderReason(reason: string, language: Language): string {
  if (language === 'en') return reason;
  const [, cause, seconds] = LONG_DOWN.exec(reason) ?? [];
  if (cause !== undefined) {
    const told = renderReason(cause, language);
    return language === 'zh' ? `${told}；已中断超过 ${seconds} 秒` : `${told}; не отвечает дольше ${seconds} с`;
  }
  const [, withoutToken] = NO_TOKEN.exec(reason) ?? [];
  if (withoutToken !== undefined) {
    const told = renderReason(withoutToken, language);
    return language === 'zh' ? `未取得令牌：${told}` : `токен не получен: ${told}`;
  }
  const wording = WORDINGS.find(({ en }) => en.test(reason));
  return wording === undefined ? reason : reason.replace(wording.en, wording[language]);
}
