import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { createSecureContext, type SecureContext } from 'node:tls';
import { GorodError } from '../errors.ts';
import { isLoopback } from './plain-http.ts';

/** Who makes and keeps the connections of one endpoint. */
export interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

export interface AgentOptions {
  /** The proxy variables are looked for here; their values are read from the process. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Certificate authorities in place of Node's own, as PEM. */
  readonly authorities: readonly string[] | undefined;
  /** A proxy that says nothing for so long is given up. */
  readonly timeoutMs: number;
}

const PROXY_VARIABLE = /^(?:https?|all)_proxy$/i;

/** Connections that are kept alive, by way of nobody. */
export function directAgents(tls: { readonly secureContext?: SecureContext } = {}): Agents {
  return { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true, ...tls }) };
}

/**
 * Connections to an endpoint, by way of the proxy that HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY name for it.
 * This machine is never asked through a proxy: it would ask itself. Throws GorodError BAD_OPTION for a proxy that is
 * none; its address is not shown, for it may hold a password.
 */
export async function openAgents(endpoint: string, { env, authorities, timeoutMs }: AgentOptions): Promise<Agents> {
  const tls = authorities === undefined ? {} : { secureContext: createSecureContext({ ca: [...authorities] }) };
  const proxy = await proxyFor(new URL(endpoint), env);
  if (proxy === undefined) return directAgents(tls);
  const { HttpProxyAgent, HttpsProxyAgent } = await import('hpagent');
  const ofProxy = authorities === undefined ? {} : { ca: [...authorities] };
  const tunnel = {
    proxy,
    keepAlive: true,
    timeout: timeoutMs,
    proxyRequestOptions: { rejectUnauthorized: true, ...ofProxy },
  };
  return { http: new HttpProxyAgent(tunnel), https: new HttpsProxyAgent({ ...tunnel, ...tls }) };
}

async function proxyFor(endpoint: URL, env: AgentOptions['env']): Promise<URL | undefined> {
  const isSet = Object.entries(env).some(([name, value]) => PROXY_VARIABLE.test(name) && value);
  if (!isSet || isLoopback(endpoint)) return undefined;
  const { getProxyForUrl } = await import('proxy-from-env');
  const address = getProxyForUrl(endpoint.href);
  if (address === '') return undefined;
  const proxy = URL.canParse(address) ? new URL(address) : undefined;
  if (proxy?.protocol === 'http:' || proxy?.protocol === 'https:') return proxy;
  throw new GorodError(
    'BAD_OPTION',
    `The proxy set for ${endpoint.origin} has no http or https address: check ` +
      `${endpoint.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY'} and ALL_PROXY, or exempt the host with NO_PROXY.`,
  );
}
