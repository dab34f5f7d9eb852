import { GorodError } from '../errors.ts';

/** The APIs of CDEK that gorod knows. Each has credentials of its own, which go to its own hosts alone. */
export type Api = 'detect-city' | 'v2' | 'legacy' | 'legacy-token';

interface ApiFacts {
  /** Completes "belongs to …". */
  readonly title: string;
  /** The value of `--detector` that asks it; undefined where none does. */
  readonly detector: string | undefined;
}

const APIS: Readonly<Record<Api, ApiFacts>> = {
  'detect-city': { title: "CDEK's detect-city", detector: 'api' },
  v2: { title: "CDEK's API v2", detector: 'cdek' },
  legacy: { title: "CDEK's old integration API", detector: undefined },
  'legacy-token': { title: "the token service of CDEK's old API", detector: undefined },
};

/** A host of CDEK under a short name. */
export interface Preset {
  readonly api: Api;
  /** What `--endpoint` takes for this API: detect-city's question, the others' base address, the token request. */
  readonly url: string;
}

/**
 * The hosts that CDEK's documents name: detect-city's by the seed document "detect-city", those of the old API by the
 * seed document "CDEK API Reference" (API Servers, Auth), v2's by its public documentation.
 */
export const PRESETS = {
  'detect-city': { api: 'detect-city', url: 'https://int.cdek-express.cn/api/v2/detect-city' },
  v2: { api: 'v2', url: 'https://api.cdek.ru' },
  'v2-test': { api: 'v2', url: 'https://api.edu.cdek.ru' },
  'legacy-ru': { api: 'legacy', url: 'https://integration.cdek.ru' },
  'legacy-ru-http': { api: 'legacy', url: 'http://integration.cdek.ru' },
  'legacy-cn': { api: 'legacy', url: 'https://integration.cdek-asia.cn' },
  'legacy-cn-http': { api: 'legacy', url: 'http://integration.cdek-asia.cn' },
  'legacy-token': { api: 'legacy-token', url: 'http://auth.api.cdek.ru/api/tokenauth/authorize' },
} as const satisfies Record<string, Preset>;

/** The documented address of detect-city. */
export const DETECT_CITY_URL = PRESETS['detect-city'].url;

/** The preset of that name. */
export function presetNamed(name: string): Preset | undefined {
  return Object.entries<Preset>(PRESETS).find(([known]) => known === name)?.[1];
}

/** Whose host a URL names, whatever its scheme, port and path; undefined for hosts that are not CDEK's presets. */
export function apiOf(url: string): Api | undefined {
  const host = hostOf(url);
  return Object.values<Preset>(PRESETS).find((preset) => hostOf(preset.url) === host)?.api;
}

/**
 * Throws GorodError BAD_OPTION for an endpoint on a host of another API than `api`: its credential would be shown to
 * somebody it does not belong to. Hosts that are no presets may speak any API.
 */
export function refuseForeignHosts(api: Api, endpoints: readonly string[], option = '--endpoint'): void {
  for (const endpoint of endpoints) {
    const actual = apiOf(endpoint);
    if (actual === undefined || actual === api) continue;
    const { title, detector } = APIS[actual];
    const who = detector === undefined ? 'no detector asks it' : `--detector ${detector} asks it`;
    throw new GorodError(
      'BAD_OPTION',
      `${option}: ${new URL(endpoint).hostname} belongs to ${title}; ${who}. It does not get the credentials of ${APIS[api].title}.`,
    );
  }
}

/** A name may end with the root's dot, which changes nothing. */
function hostOf(url: string): string {
  return new URL(url).hostname.replace(/\.$/, '');
}
