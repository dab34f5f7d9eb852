import { type Upstream, UpstreamFailure } from '../detector/upstream.ts';
import type { Authorised } from './authorised.ts';
import { type HttpAnswer, openExchange } from './exchange.ts';
import { isObject, own } from './json-fields.ts';
import { describeErrors, errorCodes, judgeAnswer, type LocationsOptions } from './locations.ts';

/** What API v2 is asked for to copy its list of Russian cities. */
export type DirectoryQuestion =
  | { readonly kind: 'page'; readonly page: number; readonly size: number }
  | { readonly kind: 'city' | 'postcodes'; readonly code: string };

/** A list as it came; undefined where API v2 says that there is no such page or city. */
export type DirectoryAnswer = readonly unknown[] | undefined;

/** A page of a thousand cities has about 700 KB; a server without pages sends them all at once. */
const LARGEST_BODY = 128 * 1024 * 1024;

/** API v2's lists of cities and of a city's postcodes: one attempt per question. */
export function directoryUpstream({
  base,
  ...line
}: LocationsOptions): Upstream<Authorised<DirectoryQuestion>, DirectoryAnswer> {
  const { origin } = new URL(base);
  const exchange = openExchange(line);
  return {
    origin,
    async ask({ question, token }, signal) {
      const url = `${base}/v2/location/${pathOf(question)}`;
      const headers = { authorization: `Bearer ${token}` };
      const request = { url, method: 'GET', headers, secrets: [token], largestBody: LARGEST_BODY } as const;
      return listOf(await exchange.send(request, signal), question, origin);
    },
  };
}

function pathOf(question: DirectoryQuestion): string {
  switch (question.kind) {
    case 'page':
      return `cities?country_codes=RU&size=${question.size}&page=${question.page}`;
    case 'city':
      return `cities?country_codes=RU&code=${question.code}`;
    case 'postcodes':
      return `postalcodes?code=${question.code}`;
  }
}

/** "unknown" alone says nothing: an unknown error is a failure. */
const NOT_FOUND = /not_?found|no_?such|not_?exist|unknown_?(city|code|entity|location|page)/i;
/** A page is always asked for rightly: where its number is not taken, it lies behind the last. */
const INVALID_PAGE = /(invalid|wrong|illegal|bad).*page|page.*(invalid|wrong|illegal|range|bounds|exceed|too_)/i;

/** Whether an error says that there is no such thing. Any other error is a failure, never the end of a list. */
function isMissing(error: string, kind: DirectoryQuestion['kind']): boolean {
  return NOT_FOUND.test(error) || (kind === 'page' && INVALID_PAGE.test(error));
}

function listOf(answer: HttpAnswer, { kind }: DirectoryQuestion, origin: string): DirectoryAnswer {
  const json = judgeAnswer(answer, origin);
  const errors = errorCodes(json);
  if ([400, 404].includes(answer.status) && errors.length > 0 && errors.every((code) => isMissing(code, kind)))
    return undefined;
  const list = kind === 'postcodes' && isObject(json) ? own(json, 'postal_codes') : json;
  if (answer.status === 200 && Array.isArray(list)) return list;
  // A city of which only the code came has no postcodes.
  if (answer.status === 200 && kind === 'postcodes' && isObject(json) && own(json, 'code') !== undefined) return [];
  throw new UpstreamFailure(describeErrors(answer, errors, 'body is no list'), answer);
}
