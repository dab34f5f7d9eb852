import { type ClientCredentials, readClient, readDeveloperKey } from '../cdek/credentials.ts';
import { DETECT_CITY_URL, PRESETS, refuseForeignHosts } from '../cdek/hosts.ts';
import { refusePlainHttp } from '../cdek/plain-http.ts';
import { v2Base } from '../cdek/v2-base.ts';
import type { DETECTOR_OPTIONS } from '../config/detector-options.ts';
import type { Values } from '../config/option.ts';
import type { Environment } from '../config/resolve.ts';
import { GorodError } from '../errors.ts';

export type DetectorConfig = Values<typeof DETECTOR_OPTIONS>;

interface NetworkPlan {
  readonly endpoints: readonly [string, ...string[]];
  /** Certificate authorities in place of Node's own, as PEM. */
  readonly authorities: readonly string[] | undefined;
  readonly described: string;
}

/** How API v2 is reached. Its endpoints are base addresses, without a slash at their end. */
export type V2Plan = Omit<NetworkPlan, 'described'> & { readonly client: ClientCredentials };

interface Fallback {
  /** The gazetteer that answers where the API cannot be asked; undefined where nobody does. */
  readonly fallbackFile: string | undefined;
}

/** Who is going to answer, decided from the options before anything is opened. */
export type Plan =
  | { readonly kind: 'local'; readonly gazetteerFile: string; readonly described: string }
  | (NetworkPlan & Fallback & { readonly kind: 'api'; readonly developerKey: string })
  | (NetworkPlan &
      V2Plan &
      Fallback & {
        readonly kind: 'cdek';
        /** The gazetteer that knows what lies around a postcode's cities. */
        readonly surroundingsFile: string;
      });

const KEY_HINT = 'set CDEK_DEVELOPER_KEY or --developer-key-file';
const CLIENT_HINT = 'set CDEK_CLIENT_ID and CDEK_CLIENT_SECRET, or --client-id-file and --client-secret-file';

/** Decides who answers. Throws GorodError BAD_OPTION or BAD_KEY naming the flag. */
export async function planDetector(config: DetectorConfig, env: Environment): Promise<Plan> {
  const asked = config.detector;
  if (asked === 'local') return planLocal(config);
  const developerKey = asked === 'cdek' ? undefined : await readDeveloperKey(config, env);
  if (developerKey !== undefined) {
    const [first = DETECT_CITY_URL, ...further] = config.endpoint;
    const endpoints = [first, ...further] as const;
    refuseForeignHosts('detect-city', endpoints);
    return { kind: 'api', developerKey, ...(await planNetwork('api', endpoints, config)) };
  }
  if (asked === 'api') throw new GorodError('BAD_KEY', `--detector api needs a developer key: ${KEY_HINT}.`);
  const client = await readClient(config, env);
  if (client !== undefined) return planCdek(client, config);
  if (asked === 'cdek') throw new GorodError('BAD_KEY', `--detector cdek needs an OAuth client: ${CLIENT_HINT}.`);
  return planLocal(config);
}

/** How API v2 is reached by a command that asks nothing else. Throws GorodError BAD_OPTION or BAD_KEY naming the flag. */
export async function planV2(command: string, config: V2Config, env: Environment): Promise<V2Plan> {
  const client = await readClient(config, env);
  if (client === undefined) throw new GorodError('BAD_KEY', `${command} needs an OAuth client: ${CLIENT_HINT}.`);
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
    throw new GorodError(
      'BAD_OPTION',
      '--gazetteer serves the local detector; drop it, or pass --detector local or --fallback local.',
    );
  }
  const reached = await planEndpoints(endpoints, config);
  const { builtinGazetteerFile } = await import('../gazetteer/builtin-file.ts');
  const fallbackFile = config.fallback === 'none' ? undefined : (config.gazetteer ?? builtinGazetteerFile());
  const origins = [...new Set(endpoints.map((url) => new URL(url).origin))].join(', ');
  const otherwise = config.fallback === 'none' ? '' : `, else the local one with the ${gazetteerName(config)}`;
  return { ...reached, fallbackFile, described: `${name} detector at ${origins}${otherwise}` };
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
    throw new GorodError(
      'BAD_OPTION',
      `--endpoint needs a developer key or an OAuth client: ${KEY_HINT}; or ${CLIENT_HINT}.`,
    );
  }
  const { builtinGazetteerFile } = await import('../gazetteer/builtin-file.ts');
  const why = config.detector === 'auto' ? 'neither developer key nor OAuth client is set' : 'as asked';
  return {
    kind: 'local',
    gazetteerFile: config.gazetteer ?? builtinGazetteerFile(),
    described: `local detector (${why}), ${gazetteerName(config)}`,
  };
}

function gazetteerName({ gazetteer }: DetectorConfig): string {
  return gazetteer === undefined ? 'built-in gazetteer' : `gazetteer ${gazetteer}`;
}
