import { phrase } from '../languages.ts';

/** What is said of who answers. */
export const PLAN_TEXTS = {
  local: phrase({
    en: (why: string, gazetteer: string) => `local detector (${why}), ${gazetteer}`,
    zh: (why, gazetteer) => `本地识别（${why}），${gazetteer}`,
    ru: (why, gazetteer) => `локальный детектор (${why}), ${gazetteer}`,
  }),
  noCredentials: {
    en: 'neither developer key nor OAuth client is set',
    zh: '未设置开发者识别码或 OAuth 客户端',
    ru: 'не заданы ни ключ разработчика, ни клиент OAuth',
  },
  asAsked: { en: 'as asked', zh: '按要求', ru: 'как задано' },
  builtIn: { en: 'built-in gazetteer', zh: '内置地名库', ru: 'встроенный справочник мест' },
  gazetteer: phrase({
    en: (file: string) => `gazetteer ${file}`,
    zh: (file) => `地名库 ${file}`,
    ru: (file) => `справочник мест ${file}`,
  }),
  network: phrase({
    en: (name: string, origins: string) => `${name} detector at ${origins}`,
    zh: (name, origins) => `${name} 识别，地址 ${origins}`,
    ru: (name, origins) => `детектор ${name}, адрес ${origins}`,
  }),
  elseLocal: phrase({
    en: (network: string, gazetteer: string) => `${network}, else the local one with the ${gazetteer}`,
    zh: (network, gazetteer) => `${network}，不可用时改用本地识别与${gazetteer}`,
    ru: (network, gazetteer) => `${network}, а если не ответит — локальный, ${gazetteer}`,
  }),
  setKey: {
    en: 'set CDEK_DEVELOPER_KEY or --developer-key-file',
    zh: '请设置 CDEK_DEVELOPER_KEY 或 --developer-key-file',
    ru: 'задайте CDEK_DEVELOPER_KEY или --developer-key-file',
  },
  setClient: {
    en: 'set CDEK_CLIENT_ID and CDEK_CLIENT_SECRET, or --client-id-file and --client-secret-file',
    zh: '请设置 CDEK_CLIENT_ID 与 CDEK_CLIENT_SECRET，或 --client-id-file 与 --client-secret-file',
    ru: 'задайте CDEK_CLIENT_ID и CDEK_CLIENT_SECRET или --client-id-file и --client-secret-file',
  },
  needsKey: phrase({
    en: (what: string, hint: string) => `${what} needs a developer key: ${hint}.`,
    zh: (what, hint) => `${what} 需要开发者识别码：${hint}。`,
    ru: (what, hint) => `для ${what} нужен ключ разработчика: ${hint}.`,
  }),
  needsClient: phrase({
    en: (what: string, hint: string) => `${what} needs an OAuth client: ${hint}.`,
    zh: (what, hint) => `${what} 需要 OAuth 客户端：${hint}。`,
    ru: (what, hint) => `для ${what} нужен клиент OAuth: ${hint}.`,
  }),
  endpointNeeds: phrase({
    en: (key: string, client: string) => `--endpoint needs a developer key or an OAuth client: ${key}; or ${client}.`,
    zh: (key, client) => `--endpoint 需要开发者识别码或 OAuth 客户端：${key}；或${client}。`,
    ru: (key, client) => `для --endpoint нужен ключ разработчика или клиент OAuth: ${key}; либо ${client}.`,
  }),
  uselessGazetteer: {
    en: '--gazetteer serves the local detector; drop it, or pass --detector local or --fallback local.',
    zh: '--gazetteer 用于本地识别；请去掉它，或加上 --detector local 或 --fallback local。',
    ru: '--gazetteer нужен локальному детектору; уберите его или задайте --detector local либо --fallback local.',
  },
} as const;
