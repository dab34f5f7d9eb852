import type { Detection } from '../../address/detection.ts';
import type { AddressQuery } from '../../address/query.ts';
import type { ClientCredentials } from '../../cdek/credentials.ts';
import type { ExchangeOptions } from '../../cdek/exchange.ts';
import { type Api, refuseForeignHosts } from '../../cdek/hosts.ts';
import type { TokenUser } from '../../cdek/legacy/token.ts';
import { refusePlainHttp } from '../../cdek/plain-http.ts';
import { v2Base } from '../../cdek/v2-base.ts';
import type { Upstream } from '../../detector/upstream.ts';
import type { Terminal } from '../terminal.ts';

/** What decides how a credential travels. */
export interface WayConfig {
  readonly ca: string | undefined;
  readonly allowHttp: boolean;
  /** Seconds. */
  readonly timeout: number;
}

/** The successful example of the seed document "detect-city": nobody's address. */
const EXAMPLE: AddressQuery = {
  postcode: '675000',
  address: 'Lenina 21, 2 Blagoveschensk',
  codRub: 0,
  countryCode: 'ru',
  fiasOnly: false,
};

/** Asks for a token of the old API. Throws as `requestToken`, and GorodError BAD_OPTION where the way is not safe. */
export async function askForToken(
  { user, password }: TokenUser,
  config: WayConfig & { readonly tokenEndpoint: string },
  terminal: Terminal,
): Promise<string> {
  const { requestToken } = await import('../../cdek/legacy/token.ts');
  const url = config.tokenEndpoint;
  const what = { api: 'legacy-token', option: '--token-endpoint', travels: "the password's MD5" } as const;
  return requestToken({ url, user, password, ...(await openWay(url, what, config, terminal)) }, terminal.signal);
}

/** Asks detect-city the documents' own question with a key. Throws as its upstream, and GorodError BAD_OPTION. */
export async function askDetectCity(
  developerKey: string,
  urls: Endpoints,
  config: WayConfig,
  terminal: Terminal,
): Promise<Detection> {
  const { detectCityUpstream } = await import('../../cdek/detect-city.ts');
  const what = { api: 'detect-city', option: '--endpoint', travels: 'the key' } as const;
  const open = async (url: string) =>
    detectCityUpstream({ url, developerKey, ...(await openWay(url, what, config, terminal)) });
  return (await oneOf(urls, open)).ask(EXAMPLE, terminal.signal);
}

/** Asks API v2 for a token and forgets it. Throws as its upstream, and GorodError BAD_OPTION. */
export async function askForAccess(
  client: ClientCredentials,
  urls: Endpoints,
  config: WayConfig,
  terminal: Terminal,
): Promise<void> {
  const { tokenUpstream } = await import('../../cdek/oauth.ts');
  const what = { api: 'v2', option: '--oauth-endpoint', travels: 'the client secret' } as const;
  const open = async (url: string) =>
    tokenUpstream({ base: v2Base(url), client, ...(await openWay(url, what, config, terminal)) });
  await (await oneOf(urls, open)).ask('token', terminal.signal);
}

type Endpoints = readonly [string, ...string[]];

async function oneOf<Q, A>([first, ...further]: Endpoints, open: (url: string) => Promise<Upstream<Q, A>>) {
  const { failover } = await import('../../detector/failover.ts');
  return failover([await open(first), ...(await Promise.all(further.map(open)))]);
}

interface Cargo {
  readonly api: Api;
  /** Names the endpoint. */
  readonly option: string;
  /** What could be read on a way without encryption. */
  readonly travels: string;
}

/** Connections as those of a run: proxies, authorities and refusals hold for them too. */
async function openWay(
  url: string,
  { api, option, travels }: Cargo,
  { ca, allowHttp, timeout }: WayConfig,
  terminal: Terminal,
): Promise<ExchangeOptions> {
  const { openAgents } = await import('../../cdek/agents.ts');
  refuseForeignHosts(api, [url], option);
  refusePlainHttp([url], allowHttp, option, travels);
  const authorities =
    ca === undefined ? undefined : await (await import('../../cdek/authorities.ts')).loadAuthorities(ca);
  const timeoutMs = timeout * 1000;
  return { timeoutMs, agents: await openAgents(url, { env: terminal.env, authorities, timeoutMs }) };
}
