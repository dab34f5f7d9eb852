import type { CdekCity, Detection, FiasCity } from '../address/detection.ts';
import { type Foretold, ORDER_ERRORS } from '../address/order-error.ts';
import type { Note } from '../address/outcome.ts';
import { code, isObject, kladr, limit, own, parseJson, present, text, within } from './json-fields.ts';

/** What a body turned out to be. `unusable` says why in a few words and never quotes the body. */
export type ParsedBody = { readonly detection: Detection } | { readonly unusable: string };

/** The longest known code has 30 characters. Unknown ones are counted and shown, so that they must not be long. */
const LONGEST_STATUS = 100;

/**
 * Reads the body of an answer: any JSON object with a string `status_code` is one, everything else is unusable. Codes
 * that come as numbers become strings, unknown fields and the echoed question are left out, and an optional field of
 * the wrong type counts as absent.
 */
export function parseAnswer(body: string): ParsedBody {
  const parsed = parseJson(body);
  if ('unusable' in parsed) return parsed;
  const { json } = parsed;
  if (!isObject(json)) return { unusable: 'body is not a JSON object' };
  const detection = readDetection(json);
  return detection === undefined ? { unusable: 'body has no status_code' } : { detection };
}

/** The detection in a parsed JSON object, or undefined where it has no `status_code`. */
function readDetection(json: unknown): Detection | undefined {
  if (!isObject(json)) return undefined;
  const status_code = own(json, 'status_code');
  if (typeof status_code !== 'string' || status_code.trim() === '') return undefined;
  if (status_code.length > LONGEST_STATUS) return undefined;
  return present({
    status_code: status_code.trim(),
    status_msg: text(json, 'status_msg'),
    detected_cdek_city: readCdekCity(own(json, 'detected_cdek_city')),
    detected_fias_city: readFiasCity(own(json, 'detected_fias_city')),
    possible_cities: texts(own(json, 'possible_cities')),
    confidence: confidence(own(json, 'confidence')),
    fallback: isSaid(own(json, 'fallback')) || undefined,
    order_error: foretold(own(json, 'order_error')),
    note: readNote(own(json, 'note')),
  });
}

function readCdekCity(json: unknown): CdekCity | undefined {
  if (!isObject(json)) return undefined;
  const cityCode = code(json, 'cityCode');
  const cityName = text(json, 'cityName');
  // A city without its code or name cannot be ordered to: it is as good as none.
  if (cityCode === undefined || cityName === undefined) return undefined;
  return present({
    cityCode,
    cityName,
    cityUuid: text(json, 'cityUuid'),
    country: text(json, 'country'),
    countryCode: text(json, 'countryCode'),
    fiasGuid: text(json, 'fiasGuid'),
    kladr: kladr(json, 'kladr'),
    latitude: within(json, 'latitude', 90),
    longitude: within(json, 'longitude', 180),
    paymentLimit: limit(json, 'paymentLimit'),
    region: text(json, 'region'),
    regionCode: code(json, 'regionCode'),
    regionCodeExt: code(json, 'regionCodeExt'),
    regionFiasGuid: text(json, 'regionFiasGuid'),
    subRegion: text(json, 'subRegion'),
    timezone: text(json, 'timezone'),
  });
}

function readFiasCity(json: unknown): FiasCity | undefined {
  if (!isObject(json)) return undefined;
  const formal_name = text(json, 'formal_name') ?? text(json, 'official_name');
  if (formal_name === undefined) return undefined;
  return present({
    formal_name,
    official_name: text(json, 'official_name'),
    prefix: text(json, 'prefix'),
    guid: text(json, 'guid'),
    ao_level: code(json, 'ao_level'),
  });
}

function texts(json: unknown): readonly string[] | undefined {
  if (!Array.isArray(json)) return undefined;
  return json.filter((item): item is string => typeof item === 'string' && item.trim() !== '');
}

/** A doubt that cannot be read is the greatest one: it must not be taken for none. */
function confidence(json: unknown): number | undefined {
  if (!isSaid(json)) return undefined;
  return typeof json === 'number' && json >= 0 && json <= 1 ? json : 0;
}

/** What is no known error foretells nothing. */
function foretold(json: unknown): Foretold | undefined {
  return isSaid(json) ? (ORDER_ERRORS.find((error) => error === json) ?? '') : undefined;
}

/** What is no note that this gorod knows is none. */
function readNote(json: unknown): Note | undefined {
  if (!isObject(json)) return undefined;
  const named = text(json, 'named');
  const postcode = sixDigits(own(json, 'postcode'));
  switch (own(json, 'kind')) {
    case 'unowned-postcode':
      return named === undefined ? undefined : { kind: 'unowned-postcode', named };
    case 'foreign-postcode':
      return postcode === undefined ? undefined : { kind: 'foreign-postcode', postcode };
    case 'gazetteer-short':
      return { kind: 'gazetteer-short' };
    case 'elsewhere':
      if (named === undefined || postcode === undefined) return undefined;
      return present({
        kind: 'elsewhere' as const,
        named,
        namedPostcode: sixDigits(own(json, 'namedPostcode')),
        postcode,
        postcodePlace: text(json, 'postcodePlace'),
        byPrefix: own(json, 'byPrefix') === true ? (true as const) : undefined,
      });
    default:
      return undefined;
  }
}

function sixDigits(json: unknown): string | undefined {
  return typeof json === 'string' && /^\d{6}$/.test(json) ? json : undefined;
}

function isSaid(json: unknown): boolean {
  return json !== undefined && json !== null && json !== false;
}
