import type { PostcodeCity } from '../address/postcode-city.ts';
import { type Upstream, UpstreamFailure } from '../detector/upstream.ts';
import { GorodError } from '../errors.ts';
import { type Authorised, TokenRefused } from './authorised.ts';
import { type ExchangeOptions, type HttpAnswer, openExchange } from './exchange.ts';
import { code, isObject, type JsonObject, kladr, limit, own, parseJson, present, text, within } from './json-fields.ts';
import { CREDENTIAL_TEXTS } from './texts.ts';

export interface LocationsOptions extends ExchangeOptions {
  /** The base address of API v2, without a slash at its end. */
  readonly base: string;
}

/** API v2's cities of a Russian postcode (six digits): one attempt per question. */
export function citiesUpstream({
  base,
  ...line
}: LocationsOptions): Upstream<Authorised<string>, readonly PostcodeCity[]> {
  const { origin } = new URL(base);
  const exchange = openExchange(line);
  return {
    origin,
    async ask({ question: postcode, token }, signal) {
      const url = `${base}/v2/location/cities?country_codes=RU&postal_code=${encodeURIComponent(postcode)}`;
      const headers = { authorization: `Bearer ${token}` };
      return judgeCities(await exchange.send({ url, method: 'GET', headers, secrets: [token] }, signal), origin);
    },
  };
}

/** Codes of API v2 for a postcode that it does not know: an answer, and no failure. */
const UNKNOWN_POSTCODE = /postal_?code|postcode/i;

function judgeCities(answer: HttpAnswer, origin: string): readonly PostcodeCity[] {
  const json = judgeAnswer(answer, origin);
  if (Array.isArray(json)) return readCities(json, answer);
  const errors = errorCodes(json);
  // The request is always well-formed: what it may be wrong in is that nobody has such a postcode.
  if (errors.length > 0 && errors.every((error) => UNKNOWN_POSTCODE.test(error))) return [];
  throw new UpstreamFailure(describeErrors(answer, errors, 'body is no list of cities'), answer);
}

/**
 * The JSON of a response of API v2. Throws TokenRefused where the token was not taken, GorodError BAD_KEY where the
 * client may not ask, UpstreamFailure for what is no answer.
 */
export function judgeAnswer(answer: HttpAnswer, origin: string): unknown {
  const { status } = answer;
  if (status === 401 || status === 500) throw new TokenRefused(`HTTP ${status}`, answer);
  const parsed = parseJson(answer.body);
  if ('unusable' in parsed) throw new UpstreamFailure(status === 200 ? parsed.unusable : `HTTP ${status}`, answer);
  if (status === 403 && errorCodes(parsed.json).length > 0) {
    throw new GorodError('BAD_KEY', CREDENTIAL_TEXTS.clientForbidden(origin));
  }
  // A gateway says with which status it failed also where the response's own is 200.
  const gateway = isObject(parsed.json) ? own(parsed.json, 'status') : undefined;
  if (typeof gateway === 'number' && gateway >= 400) throw new UpstreamFailure(`HTTP ${gateway}`, answer);
  return parsed.json;
}

/** The codes in API v2's `{errors: [{code, message}]}`; empty for anything else. */
export function errorCodes(json: unknown): readonly string[] {
  const errors = isObject(json) ? own(json, 'errors') : undefined;
  if (!Array.isArray(errors)) return [];
  return errors.map((error) => (isObject(error) ? text(error, 'code') : undefined) ?? 'unknown');
}

/** What a failed answer says. Codes are shown only where they look like codes: they are the server's own words. */
export function describeErrors({ status }: HttpAnswer, errors: readonly string[], otherwise: string): string {
  const shown = errors.filter((error) => /^\w{1,60}$/.test(error)).join(', ');
  if (shown !== '') return `API v2: ${shown}`;
  return status === 200 ? otherwise : `HTTP ${status}`;
}

function readCities(list: readonly unknown[], answer: HttpAnswer): readonly PostcodeCity[] {
  if (answer.status !== 200) throw new UpstreamFailure(`HTTP ${answer.status}`, answer);
  const cities = list.filter(isObject).flatMap(readCity);
  if (list.length > 0 && cities.length === 0) throw new UpstreamFailure('body holds no city that can be read', answer);
  return cities.filter(({ countryCode = 'RU' }) => countryCode.toUpperCase() === 'RU');
}

function readCity(json: JsonObject): readonly PostcodeCity[] {
  const cityName = text(json, 'city');
  // No address can name it.
  if (cityName === undefined) return [];
  return [
    present({
      cityCode: code(json, 'code'),
      cityName,
      cityUuid: text(json, 'city_uuid'),
      country: text(json, 'country'),
      countryCode: text(json, 'country_code'),
      fiasGuid: text(json, 'fias_guid'),
      kladr: kladr(json, 'kladr_code'),
      latitude: within(json, 'latitude', 90),
      longitude: within(json, 'longitude', 180),
      paymentLimit: limit(json, 'payment_limit'),
      region: text(json, 'region'),
      regionCode: code(json, 'region_code'),
      regionFiasGuid: text(json, 'fias_region_guid'),
      subRegion: text(json, 'sub_region'),
      timezone: text(json, 'time_zone'),
    }),
  ];
}
