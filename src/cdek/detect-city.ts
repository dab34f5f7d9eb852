import type { Detection } from '../address/detection.ts';
import type { AddressQuery } from '../address/query.ts';
import { type Upstream, UpstreamFailure } from '../detector/upstream.ts';
import { GorodError } from '../errors.ts';
import { type Agents, directAgents } from './agents.ts';
import { type ParsedBody, parseAnswer } from './answer.ts';
import { type HttpAnswer, openExchange } from './exchange.ts';
import { CREDENTIAL_TEXTS } from './texts.ts';

export interface DetectCityOptions {
  /** The full URL of the question. */
  readonly url: string;
  readonly developerKey: string;
  /** For the whole attempt: connecting, sending, reading the last byte. */
  readonly timeoutMs: number;
  /** Who makes the connections; by default nobody stands between. */
  readonly agents?: Agents;
}

/**
 * CDEK's detect-city: one attempt per question, over connections that are kept alive. Redirects are not followed: the
 * key would go with them.
 */
export function detectCityUpstream({
  url,
  developerKey,
  timeoutMs,
  agents = directAgents(),
}: DetectCityOptions): Upstream {
  const { origin } = new URL(url);
  if (!/^[\x21-\x7e]+$/.test(developerKey)) {
    throw new GorodError('BAD_KEY', CREDENTIAL_TEXTS.keyMalformed(origin));
  }
  const exchange = openExchange({ timeoutMs, agents });
  const headers = { 'CDEK-Developer-Key': developerKey, 'content-type': 'application/json' };

  return {
    origin,
    async ask(query, signal) {
      const secrets = [developerKey];
      const request = { url, method: 'POST', headers, body: JSON.stringify(body(query)), secrets } as const;
      return judge(await exchange.send(request, signal), origin);
    },
  };
}

function body(query: AddressQuery): Readonly<Record<string, unknown>> {
  return {
    address: query.address,
    postcode: query.postcode,
    cod_rub: query.codRub,
    fias_only: query.fiasOnly,
    country_code: query.countryCode,
  };
}

function judge(answer: HttpAnswer, origin: string): Detection {
  const { status, retryAfterMs } = answer;
  const parsed: ParsedBody = parseAnswer(answer.body);
  if ('unusable' in parsed) {
    throw new UpstreamFailure(status === 200 ? parsed.unusable : `HTTP ${status}`, { status, retryAfterMs });
  }
  const { status_code } = parsed.detection;
  if (status_code === 'ERR_INTERNAL') throw new UpstreamFailure(status_code, { status, retryAfterMs });
  if (status_code === 'ERR_NO_DEVKEY' || status_code === 'ERR_BAD_DEVKEY') {
    throw new GorodError('BAD_KEY', CREDENTIAL_TEXTS.keyRefused(origin, status_code));
  }
  return parsed.detection;
}
