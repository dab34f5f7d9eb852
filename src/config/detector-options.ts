import { DETECT_CITY_URL, PRESETS } from '../cdek/hosts.ts';
import { choice, list, optional, toggle, value } from './option.ts';
import { duration, endpointUrl, integer, number, share, text } from './parsers.ts';

const DETECTOR = 'Who answers';
const PACE = 'Pace and patience';
const CACHE = 'Cache';

/** Options of every command that answers questions. */
export const DETECTOR_OPTIONS = {
  detector: choice(
    {
      group: DETECTOR,
      describe: 'auto: api when a developer key is set, else cdek when an OAuth client is, else local',
      placeholder: 'NAME',
      default: 'auto',
    },
    ['auto', 'api', 'cdek', 'local'],
  ),
  endpoint: {
    ...list({
      group: DETECTOR,
      describe:
        'Full URL of detect-city, base address of API v2, or a preset (docs/access.md); repeat it to name the next one to try',
      placeholder: 'URL',
      defaultText: `${DETECT_CITY_URL} (cdek: ${PRESETS.v2.url})`,
    }),
    parse: (texts: readonly string[]): readonly string[] => texts.map((given) => endpointUrl(given.trim())),
  },
  ca: optional(
    {
      group: DETECTOR,
      describe: 'Certificate authorities, beside the known ones, that an endpoint may have its certificate from (PEM)',
      placeholder: 'FILE',
    },
    text,
  ),
  allowHttp: toggle({ group: DETECTOR, describe: 'Let an endpoint on another machine be asked without encryption' }),
  developerKeyFile: optional(
    {
      group: DETECTOR,
      describe: 'File that holds the developer key; else CDEK_DEVELOPER_KEY is read',
      placeholder: 'FILE',
    },
    text,
  ),
  clientIdFile: optional(
    {
      group: DETECTOR,
      describe: 'File that holds the OAuth client id of API v2; else CDEK_CLIENT_ID is read',
      placeholder: 'FILE',
    },
    text,
  ),
  clientSecretFile: optional(
    {
      group: DETECTOR,
      describe: 'File that holds the OAuth client secret of API v2; else CDEK_CLIENT_SECRET is read',
      placeholder: 'FILE',
    },
    text,
  ),
  fallback: choice(
    {
      group: DETECTOR,
      describe: 'Who answers, for review, when the API cannot be asked',
      placeholder: 'NAME',
      default: 'none',
    },
    ['none', 'local'],
  ),
  gazetteer: optional(
    {
      group: DETECTOR,
      describe: 'Gazetteer file for the local detector, also where it is the fallback',
      placeholder: 'FILE',
      defaultText: 'built in',
    },
    text,
  ),
  fiasOnly: toggle({ group: DETECTOR, describe: 'Ask for the FIAS place only, not for the CDEK city' }),
  country: value(
    { group: DETECTOR, describe: 'Country of rows without one', placeholder: 'CODE', default: 'ru' },
    (given) => text(given).toLowerCase(),
  ),
  rate: value<number | 'auto'>(
    {
      group: PACE,
      describe: 'Requests started a second, at most; auto finds what the API bears',
      placeholder: 'N',
      default: 10,
    },
    (given) => (given === 'auto' ? given : number({ min: 0.01 })(given)),
  ),
  concurrency: value(
    { group: PACE, describe: 'Requests in flight, at most', placeholder: 'N', default: 8 },
    integer({ min: 1, max: 1000 }),
  ),
  timeout: value(
    { group: PACE, describe: 'Seconds until a request is given up', placeholder: 'S', default: 10 },
    number({ min: 0.01 }),
  ),
  retries: value(
    { group: PACE, describe: 'Further tries after a failure, per endpoint', placeholder: 'N', default: 5 },
    integer({ min: 0 }),
  ),
  maxWait: value(
    {
      group: PACE,
      describe: 'Seconds that questions wait while the API is down before they are deferred',
      placeholder: 'S',
      default: 120,
    },
    number({ min: 0 }),
  ),
  cache: optional(
    {
      group: CACHE,
      describe: 'Cache file',
      placeholder: 'FILE',
      defaultText: "answers.sqlite in the user's cache folder",
    },
    text,
  ),
  noCache: toggle({ group: CACHE, describe: 'Neither read nor write a cache file' }),
  ttl: value(
    {
      group: CACHE,
      describe: 'How long a found city stays valid',
      placeholder: 'TIME',
      default: duration('30d'),
      defaultText: '30d',
    },
    duration,
  ),
  negativeTtl: value(
    {
      group: CACHE,
      describe: 'How long any other answer stays valid',
      placeholder: 'TIME',
      default: duration('3d'),
      defaultText: '3d',
    },
    duration,
  ),
  refresh: toggle({ group: CACHE, describe: 'Ask again whatever was cached before this run' }),
  infer: toggle({
    group: CACHE,
    describe:
      'Answer new addresses of known postcodes without a request, where the cached answers leave no doubt (docs/inference.md)',
  }),
  audit: optional(
    {
      group: CACHE,
      describe: 'Share of inferred rows that are asked all the same, to compare',
      placeholder: 'PERCENT',
      defaultText: '1% with --infer',
    },
    share,
  ),
  auditMin: optional(
    {
      group: CACHE,
      describe: 'Least agreement of these; below it nothing more is inferred in the run',
      placeholder: 'PERCENT',
      defaultText: '99.5% with --infer',
    },
    share,
  ),
} as const;
