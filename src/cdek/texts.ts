import { phrase } from '../languages.ts';

/** What is said of credentials that are missing or not taken. */
export const CREDENTIAL_TEXTS = {
  fileUnreadable: phrase({
    en: (option: string, file: string, reason: string) => `${option}: cannot read ${file}: ${reason}.`,
    zh: (option, file, reason) => `${option}：无法读取 ${file}：${reason}。`,
    ru: (option, file, reason) => `${option}: не удалось прочитать ${file}: ${reason}.`,
  }),
  fileEmpty: phrase({
    en: (option: string, file: string) => `${option}: ${file} is empty.`,
    zh: (option, file) => `${option}：${file} 为空。`,
    ru: (option, file) => `${option}: файл ${file} пуст.`,
  }),
  halfSet: phrase({
    en: (found: string, variable: string, option: string) =>
      `${found} is set, but what goes with it is not: set ${variable} or ${option}.`,
    zh: (found, variable, option) => `已设置 ${found}，但缺少与之配套的一项：请设置 ${variable} 或 ${option}。`,
    ru: (found, variable, option) => `${found} задан, а то, что к нему, — нет: задайте ${variable} или ${option}.`,
  }),
  keyRefused: phrase({
    en: (origin: string, code: string) =>
      `The developer key for ${origin} was refused (${code}): check CDEK_DEVELOPER_KEY or --developer-key-file`,
    zh: (origin, code) => `${origin} 拒绝了开发者识别码（${code}）：请检查 CDEK_DEVELOPER_KEY 或 --developer-key-file`,
    ru: (origin, code) =>
      `${origin} не принимает ключ разработчика (${code}): проверьте CDEK_DEVELOPER_KEY или --developer-key-file`,
  }),
  keyMalformed: phrase({
    en: (origin: string) =>
      `The developer key for ${origin} is empty or has characters that no HTTP header can carry: check CDEK_DEVELOPER_KEY or --developer-key-file`,
    zh: (origin) =>
      `用于 ${origin} 的开发者识别码为空或含有 HTTP 头不允许的字符：请检查 CDEK_DEVELOPER_KEY 或 --developer-key-file`,
    ru: (origin) =>
      `Ключ разработчика для ${origin} пуст или содержит символы, недопустимые в заголовке HTTP: проверьте CDEK_DEVELOPER_KEY или --developer-key-file`,
  }),
  clientRefused: phrase({
    en: (origin: string, told: string) =>
      `The OAuth client for ${origin} was refused (${told}): check CDEK_CLIENT_ID and CDEK_CLIENT_SECRET, or ` +
      '--client-id-file and --client-secret-file.',
    zh: (origin, told) =>
      `${origin} 拒绝了 OAuth 客户端（${told}）：请检查 CDEK_CLIENT_ID 与 CDEK_CLIENT_SECRET，或 --client-id-file 与 --client-secret-file。`,
    ru: (origin, told) =>
      `${origin} не принимает клиента OAuth (${told}): проверьте CDEK_CLIENT_ID и CDEK_CLIENT_SECRET либо ` +
      '--client-id-file и --client-secret-file.',
  }),
  clientForbidden: phrase({
    en: (origin: string) => `The OAuth client for ${origin} may not ask for cities (HTTP 403).`,
    zh: (origin) => `OAuth 客户端无权向 ${origin} 查询城市（HTTP 403）。`,
    ru: (origin) => `Клиенту OAuth для ${origin} нельзя спрашивать города (HTTP 403).`,
  }),
  tokensRefused: phrase({
    en: (origin: string) =>
      `The host ${origin} gives tokens to the OAuth client but does not take them: may this client ask for cities?`,
    zh: (origin) => `${origin} 给 OAuth 客户端发放了令牌却不接受：该客户端有权查询城市吗？`,
    ru: (origin) => `${origin} выдаёт клиенту OAuth токены, но не принимает их: можно ли ему спрашивать города?`,
  }),
} as const;
