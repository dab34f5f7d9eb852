import { PRESETS } from '../cdek/hosts.ts';
import { DETECTOR_OPTIONS } from './detector-options.ts';
import { type Option, optional, toggle, value } from './option.ts';
import { date, endpointUrl, text } from './parsers.ts';

const CREDENTIALS = 'Credentials';
const { developerKeyFile, clientIdFile, clientSecretFile, detector, endpoint, allowHttp, ca, timeout } =
  DETECTOR_OPTIONS;

function file(what: string, variable: string): Option<string | undefined> {
  const describe = `File that holds ${what}; else ${variable} is read`;
  return optional({ group: CREDENTIALS, describe, placeholder: 'FILE' }, text);
}

const ACCOUNT_FILES = {
  accountFile: file('the account of the old API', 'CDEK_ACCOUNT'),
  securePasswordFile: file('its secure password', 'CDEK_SECURE_PASSWORD'),
} as const;

const TOKEN_FILES = {
  tokenUserFile: file("the user of the old API's token", 'CDEK_TOKEN_USER'),
  tokenPasswordFile: file('its password', 'CDEK_TOKEN_PASSWORD'),
} as const;

const tokenEndpoint = value(
  {
    group: CREDENTIALS,
    describe: 'Full URL of the token request of the old API; the documented one is without encryption',
    placeholder: 'URL',
    default: PRESETS['legacy-token'].url as string,
  },
  endpointUrl,
);

/** Options of `gorod auth secure`. */
export const AUTH_SECURE_OPTIONS = {
  date: optional(
    { group: CREDENTIALS, describe: 'The day that is signed', placeholder: 'YYYY-MM-DD', defaultText: 'today, here' },
    date,
  ),
  ...ACCOUNT_FILES,
} as const;

/** Options of `gorod auth token`. */
export const AUTH_TOKEN_OPTIONS = { ...TOKEN_FILES, tokenEndpoint, allowHttp, ca, timeout } as const;

/** Options of `gorod auth check`. */
export const AUTH_CHECK_OPTIONS = {
  developerKeyFile,
  clientIdFile,
  clientSecretFile,
  ...ACCOUNT_FILES,
  ...TOKEN_FILES,
  detector,
  endpoint,
  oauthEndpoint: optional(
    {
      group: CREDENTIALS,
      describe: 'Base address of API v2, where it is not the --endpoint',
      placeholder: 'URL',
      defaultText: PRESETS.v2.url,
    },
    endpointUrl,
  ),
  tokenEndpoint,
  allowHttp,
  ca,
  timeout,
  json: toggle({ group: 'Result', describe: 'Print JSON instead of a table' }),
} as const;
