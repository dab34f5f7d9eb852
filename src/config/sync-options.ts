import { PRESETS } from '../cdek/hosts.ts';
import { DETECTOR_OPTIONS } from './detector-options.ts';
import { optional, toggle } from './option.ts';
import { text } from './parsers.ts';

const { endpoint, ca, allowHttp, clientIdFile, clientSecretFile, rate, concurrency, timeout, retries, maxWait } =
  DETECTOR_OPTIONS;

/** Options of `gorod gazetteer sync`. */
export const SYNC_OPTIONS = {
  output: optional(
    { group: 'Result', alias: 'o', describe: 'Gazetteer file to write, all of it', placeholder: 'FILE' },
    text,
  ),
  endpoint: {
    ...endpoint,
    describe: 'Base address of API v2, or a preset (docs/access.md); repeat it to name the next one to try',
    defaultText: PRESETS.v2.url,
  },
  ca,
  allowHttp,
  clientIdFile,
  clientSecretFile,
  rate,
  concurrency,
  timeout,
  retries,
  maxWait,
  quiet: toggle({ group: 'Result', describe: 'Say nothing on the way, only what the sync did' }),
} as const;
