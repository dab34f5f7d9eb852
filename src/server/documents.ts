import { LANGUAGES } from '../languages.ts';
import { REFUSALS } from './refusals.ts';

const text = { type: 'string' } as const;
const degrees = { type: 'number' } as const;

const CDEK_CITY = {
  type: 'object',
  required: ['cityCode', 'cityName'],
  properties: {
    cityCode: text,
    cityName: text,
    cityUuid: text,
    country: text,
    countryCode: text,
    fiasGuid: text,
    kladr: text,
    latitude: degrees,
    longitude: degrees,
    paymentLimit: { type: 'number', description: 'Roubles; -1 no limit, 0 no cash on delivery, absent not known.' },
    region: text,
    regionCode: text,
    regionCodeExt: text,
    regionFiasGuid: text,
    subRegion: text,
    timezone: text,
  },
} as const;

const FIAS_CITY = {
  type: 'object',
  required: ['formal_name'],
  properties: { ao_level: text, formal_name: text, guid: text, official_name: text, prefix: text },
} as const;

/** JSON schema of an answer. */
export const ANSWER_SCHEMA = {
  type: 'object',
  required: ['address', 'postcode', 'status_code', 'status_msg'],
  properties: {
    address: text,
    detected_cdek_city: CDEK_CITY,
    detected_fias_city: FIAS_CITY,
    possible_cities: { type: 'array', items: text },
    postcode: text,
    status_code: text,
    status_msg: text,
    confidence: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      description: 'Only where the answer is in doubt: how sure the matcher is. Such an answer is for review.',
    },
    fallback: { type: 'boolean', description: 'True where the answer stands in for CDEK. It is for review.' },
    cod_flag: {
      type: 'string',
      enum: ['COD_LIMIT_UNKNOWN'],
      description: 'There is cash to collect and no limit is known: an OK for review.',
    },
    note: {
      type: 'object',
      required: ['kind'],
      description: 'What the matcher has to say about the answer; status_msg says it in words.',
      properties: {
        kind: { type: 'string', enum: ['elsewhere', 'unowned-postcode', 'foreign-postcode', 'gazetteer-short'] },
        named: text,
        namedPostcode: text,
        postcode: text,
        postcodePlace: text,
        byPrefix: { type: 'boolean' },
      },
    },
    order_error: {
      type: 'string',
      description: 'The error that an order would meet at CDEK, or empty for none. Only where the rest would mislead.',
    },
  },
} as const;

/** JSON schema of a reply that is no answer. */
export const REFUSAL_SCHEMA = {
  type: 'object',
  required: ['status_code', 'status_msg'],
  properties: { status_code: text, status_msg: text },
} as const;

/** What every route that needs a key can refuse with, by HTTP status. */
const COMMON_REFUSALS = Object.fromEntries(
  [...new Set(Object.values(REFUSALS).map(({ http }) => http))]
    .filter((http) => ![404, 405, 408, 431].includes(http))
    .map((http) => [
      http,
      {
        ...REFUSAL_SCHEMA,
        description: [
          ...new Set(
            Object.values(REFUSALS)
              .filter((refusal) => refusal.http === http)
              .map(({ code }) => code),
          ),
        ].join(', '),
      },
    ]),
);

/** The replies of a route that answers one question. */
export const ANSWER_RESPONSES = {
  200: { ...ANSWER_SCHEMA, description: 'An answer about the address, whatever it is' },
  ...COMMON_REFUSALS,
  400: { ...REFUSAL_SCHEMA, description: 'ERR_NO_POSTCODE, ERR_NO_ADDRESS, ERR_BAD_COUNTRY, ERR_BAD_REQUEST' },
};

/** The replies of a route that answers with a stream of `types`. */
export function streamResponses(description: string, types: readonly string[]) {
  const content = Object.fromEntries(types.map((type) => [type, { schema: text }]));
  return { 200: { description, content }, ...COMMON_REFUSALS };
}

/** The parameter that every route knows. */
export const LANG_PARAMETER = {
  lang: { type: 'string', enum: LANGUAGES, description: 'Language of messages' },
} as const;

/** Marks a route as one that needs a developer key, and lets it be asked in a language. */
export const KEYED = {
  security: [{ developerKey: [] }],
  querystring: { type: 'object', properties: LANG_PARAMETER },
} as const;

/** What the document of the API says beside its routes. */
export function openApi(version: string) {
  return {
    openapi: '3.1.0',
    info: {
      title: 'gorod',
      version,
      description: "CDEK's detect-city API, answered by gorod: one question, many at once, or a whole CSV.",
    },
    components: {
      securitySchemes: {
        developerKey: { type: 'apiKey' as const, in: 'header' as const, name: 'CDEK-Developer-Key' },
      },
    },
  };
}
