import { API_STATUS_CODES } from '../../address/detection.ts';
import { CREDENTIAL_SOURCES, type CredentialName, howToGive, readCredential } from '../../cdek/credential-sources.ts';
import { type Api, apiOf, DETECT_CITY_URL, PRESETS } from '../../cdek/hosts.ts';
import { secureOf } from '../../cdek/legacy/secure.ts';
import type { AUTH_CHECK_OPTIONS } from '../../config/auth-options.ts';
import type { Values } from '../../config/option.ts';
import { UpstreamFailure } from '../../detector/upstream.ts';
import { GorodError } from '../../errors.ts';
import type { Terminal } from '../terminal.ts';
import { askDetectCity, askForAccess, askForToken } from './ask.ts';
import { today } from './secure.ts';

export type CheckConfig = Values<typeof AUTH_CHECK_OPTIONS>;

/**
 * What a check has found. `works` and `refused` are the API's word; an `unusable` credential was not sent, since a part
 * of it is missing, unreadable or of a wrong form; with an `unasked` one nobody could be asked, or was; an
 * `unverifiable` one is well formed, and there is nobody to ask; an `absent` one is not configured.
 */
export type CheckState = 'works' | 'refused' | 'unusable' | 'unasked' | 'unverifiable' | 'absent';

export interface Check {
  readonly credential: string;
  readonly state: CheckState;
  /** Where each part comes from, and its length in characters; never the part itself. */
  readonly configured: readonly { readonly from: string; readonly length: number }[];
  /** Whom it goes to. */
  readonly endpoints: readonly string[];
  /** What was said or is in the way. */
  readonly detail: string;
}

type Finding = Pick<Check, 'state' | 'detail'>;

/** How one kind of credential is checked. */
interface Subject {
  readonly credential: string;
  readonly parts: readonly CredentialName[];
  readonly endpoints: readonly string[];
  /** Asks with the parts' values. */
  readonly ask: (...values: readonly string[]) => Promise<Finding>;
}

/** Reads every credential and asks with each that is configured, one attempt each, all at one time. */
export function checkCredentials(config: CheckConfig, terminal: Terminal): Promise<readonly Check[]> {
  const detectCity = endpointsOf('detect-city', config, DETECT_CITY_URL);
  const v2 =
    config.oauthEndpoint === undefined ? endpointsOf('v2', config, PRESETS.v2.url) : ([config.oauthEndpoint] as const);
  const subjects: readonly Subject[] = [
    {
      credential: 'developer key',
      parts: ['developerKey'],
      endpoints: detectCity,
      ask: async (key = '') => {
        const { status_code } = await askDetectCity(key, detectCity, config, terminal);
        const isKnown = API_STATUS_CODES.some((code) => code === status_code);
        if (!isKnown) throw new UpstreamFailure(`the answer ${status_code} says nothing about the key`);
        return { state: 'works', detail: `answered ${status_code}` };
      },
    },
    {
      credential: 'OAuth client',
      parts: ['clientId', 'clientSecret'],
      endpoints: v2,
      ask: async (clientId = '', clientSecret = '') => {
        await askForAccess({ clientId, clientSecret }, v2, config, terminal);
        return { state: 'works', detail: 'got a token' };
      },
    },
    {
      credential: 'token user',
      parts: ['tokenUser', 'tokenPassword'],
      endpoints: [config.tokenEndpoint],
      ask: async (user = '', password = '') => {
        await askForToken({ user, password }, config, terminal);
        return { state: 'works', detail: 'got a token' };
      },
    },
    {
      credential: 'account',
      parts: ['account', 'securePassword'],
      endpoints: [],
      ask: async (_, securePassword = '') => {
        const date = today();
        secureOf(date, securePassword);
        const detail = `secure computed for ${date}; the old API has no request that would only check it`;
        return { state: 'unverifiable', detail };
      },
    },
  ];
  return Promise.all(subjects.map((subject) => check(subject, config, terminal)));
}

/** The endpoints that speak this API: those on its own hosts, and those on unknown hosts where its detector is chosen. */
function endpointsOf(
  api: Api,
  { endpoint, detector }: CheckConfig,
  documented: string,
): readonly [string, ...string[]] {
  const chosen = detector === 'cdek' ? 'v2' : 'detect-city';
  const [first = documented, ...further] = endpoint.filter((url) => (apiOf(url) ?? chosen) === api);
  return [first, ...further];
}

async function check(subject: Subject, config: CheckConfig, terminal: Terminal): Promise<Check> {
  const { credential, parts, endpoints, ask } = subject;
  const facts = { credential, endpoints, configured: [] };
  const read = await readAll(parts, config, terminal);
  if ('unusable' in read) return { ...facts, state: 'unusable', detail: read.unusable };
  const found = read.found.filter((part) => part !== undefined);
  const configured = found.map(({ from, value }) => ({ from, length: [...value].length }));
  const missing = parts.find((_, index) => read.found[index] === undefined);
  if (found.length === 0) return { ...facts, state: 'absent', detail: parts.map(howToGive).join(', and ') };
  if (missing !== undefined) return { ...facts, configured, state: 'unusable', detail: `${howToGive(missing)} too` };
  const values = found.map(({ value }) => value);
  const bad = parts.find((part, index) => PLAIN.includes(part) && !/^[\x21-\x7e]+$/.test(values[index] ?? ''));
  if (bad !== undefined) {
    const detail = `${CREDENTIAL_SOURCES[bad].variable} has characters other than visible ones of ASCII`;
    return { ...facts, configured, state: 'unusable', detail };
  }
  return { ...facts, configured, ...(await answerOf(() => ask(...values))) };
}

/** What goes out as it is, in a header or beside it; a password may be any text. */
const PLAIN: readonly CredentialName[] = ['developerKey', 'clientId', 'account'];

async function readAll(parts: readonly CredentialName[], config: CheckConfig, terminal: Terminal) {
  try {
    return { found: await Promise.all(parts.map((part) => readCredential(part, config, terminal.env))) };
  } catch (error) {
    if (error instanceof GorodError && error.code === 'BAD_KEY') return { unusable: error.message };
    throw error;
  }
}

async function answerOf(ask: () => Promise<Finding>): Promise<Finding> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof UpstreamFailure) return { state: 'unasked', detail: error.message };
    if (!(error instanceof GorodError)) throw error;
    if (error.code === 'BAD_KEY') return { state: 'refused', detail: error.message };
    if (error.code === 'BAD_OPTION') return { state: 'unasked', detail: error.message };
    throw error;
  }
}
