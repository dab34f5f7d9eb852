import { type ClientCredentials, readClient, readDeveloperKey } from '../cdek/credentials.ts';
import { DETECT_CITY_URL, PRESETS, refuseForeignHosts } from '../cdek/hosts.ts';
import { refusePlainHttp } from '../cdek/plain-http.ts';
import { v2Base } from '../cdek/v2-base.ts';
import type { DETECTOR_OPTIONS } from '../config/detector-options.ts';
import type { Values } from '../config/option.ts';
import type { Environment } from '../config/resolve.ts';
import { GorodError } from '../errors.ts';
import type { Texts } from '../languages.ts';
import { assertCanInfer } from './inference.ts';
import { PLAN_TEXTS } from './texts.ts';

export type DetectorConfig = Values<typeof DETECTOR_OPTIONS>;

interface NetworkPlan {
  readonly endpoints: readonly [string, ...string[]];
  /** Certificate authorities in place of Node's own, as PEM. */
  readonly authorities: readonly string[] | undefined;
  readonly described: Texts;
}

/** How API v2 is reached. Its endpoints are base addresses, without a slash at their end. */
export type V2Plan = Omit<NetworkPlan, 'described'> & { readonly client: ClientCredentials };

interface Fallback {
  /** The gazetteer that answers where the API cannot be asked; undefined where nobody does. */
  readonly fallbackFile: string | undefined;
}

/** Who is going to answer, decided from the options before anything is opened. */
export type Plan =
  | { readonly kind: 'local'; readonly gazetteerFile: string; readonly described: Texts }
  | (NetworkPlan & Fallback & { readonly kind: 'api'; readonly developerKey: string })
  | (NetworkPlan &
      V2Plan &
      Fallback & {
        readonly kind: 'cdek';
        /** The gazetteer that knows what lies around a postcode's cities. */
        readonly surroundingsFile: string;
      });

const { setKey, setClient } = PLAN_TEXTS;

/** Decides who answers. Throws GorodError BAD_OPTION or BAD_KEY naming the flag. */
export async function planDetector(config: DetectorConfig, env: Environment): Promise<Plan> {
  const plan = await choosePlan(config, env);
  assertCanInfer(config, plan.kind);
  return plan;
}

async function choosePlan(config: DetectorConfig, env: Environment): Promise<Plan> {
  const asked = config.detector;
  if (asked === 'local') return planLocal(config);
  const developerKey = asked === 'cdek' ? undefined : await readDeveloperKey(config, env);
  if (developerKey !== undefined) {
    const [first = DETECT_CITY_URL, ...further] = config.endpoint;
    const endpoints = [first, ...further] as const;
    refuseForeignHosts('detect-city', endpoints);
    return { kind: 'api', developerKey, ...(await planNetwork('api', endpoints, config)) };
  }
  if (asked === 'api') throw new GorodError('BAD_KEY', PLAN_TEXTS.needsKey('--detector api', setKey));
  const client = await readClient(config, env);
  if (client !== undefined) return planCdek(client, config);
  if (asked === 'cdek') throw new GorodError('BAD_KEY', PLAN_TEXTS.needsClient('--detector cdek', setClient));
  return planLocal(config);
}

/** How API v2 is reached by a command that asks nothing else. Throws GorodError BAD_OPTION or BAD_KEY naming the flag. */
export async function planV2(command: string, config: V2Config, env: Environment): Promise<V2Plan> {
  const client = await readClient(config, env);
  if (client === undefined) throw new GorodError('BAD_KEY', PLAN_TEXTS.needsClient(command, setClient));
  return { client, ...(await planEndpoints(v2Endpoints(config), config)) };
}

/** What decides how API v2 is reached. */
export type V2Config = Pick<DetectorConfig, 'endpoint' | 'allowHttp' | 'ca' | 'clientIdFile' | 'clientSecretFile'>;

function v2Endpoints({ endpoint }: Pick<DetectorConfig, 'endpoint'>): readonly [string, ...string[]] {
  refuseForeignHosts('v2', endpoint);
  const [first = PRESETS.v2.url, ...further] = endpoint.map(v2Base);
  return [first, ...further];
}

async function planCdek(client: ClientCredentials, config: DetectorConfig): Promise<Plan> {
  const endpoints = v2Endpoints(config);
  const { builtinGazetteerFile } = await import('../gazetteer/builtin-file.ts');
  const surroundingsFile = builtinGazetteerFile();
  return { kind: 'cdek', client, surroundingsFile, ...(await planNetwork('cdek', endpoints, config)) };
}

async function planNetwork(
  name: string,
  endpoints: readonly [string, ...string[]],
  config: DetectorConfig,
): Promise<NetworkPlan & Fallback> {
  if (config.gazetteer !== undefined && config.fallback === 'none') {
    throw new GorodError('BAD_OPTION', PLAN_TEXTS.uselessGazetteer);
  }
  const reached = await planEndpoints(endpoints, config);
  const { builtinGazetteerFile } = await import('../gazetteer/builtin-file.ts');
  const fallbackFile = config.fallback === 'none' ? undefined : (config.gazetteer ?? builtinGazetteerFile());
  const origins = [...new Set(endpoints.map((url) => new URL(url).origin))].join(', ');
  const asked = PLAN_TEXTS.network(name, origins);
  const described = config.fallback === 'none' ? asked : PLAN_TEXTS.elseLocal(asked, gazetteerName(config));
  return { ...reached, fallbackFile, described };
}

async function planEndpoints(
  endpoints: readonly [string, ...string[]],
  { allowHttp, ca }: Pick<DetectorConfig, 'allowHttp' | 'ca'>,
): Promise<Omit<NetworkPlan, 'described'>> {
  refusePlainHttp(endpoints, allowHttp);
  const authorities = ca === undefined ? undefined : await (await import('../cdek/authorities.ts')).loadAuthorities(ca);
  return { endpoints, authorities };
}

async function planLocal(config: DetectorConfig): Promise<Plan> {
  if (config.detector === 'auto' && config.endpoint.length > 0) {
    throw new GorodError('BAD_OPTION', PLAN_TEXTS.endpointNeeds(setKey, setClient));
  }
  const { builtinGazetteerFile } = await import('../gazetteer/builtin-file.ts');
  const why = config.detector === 'auto' ? PLAN_TEXTS.noCredentials : PLAN_TEXTS.asAsked;
  return {
    kind: 'local',
    gazetteerFile: config.gazetteer ?? builtinGazetteerFile(),
    described: PLAN_TEXTS.local(why, gazetteerName(config)),
  };
}

function gazetteerName({ gazetteer }: DetectorConfig): Texts {
  return gazetteer === undefined ? PLAN_TEXTS.builtIn : PLAN_TEXTS.gazetteer(gazetteer);
}
