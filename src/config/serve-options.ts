import { LANGUAGES } from '../languages.ts';
import { DETECTOR_OPTIONS } from './detector-options.ts';
import { choice, optional, value } from './option.ts';
import { integer, number, text } from './parsers.ts';
import { RUN_OPTIONS } from './run-options.ts';

const SERVER = 'Server';

/** Options of `gorod serve` beside those of its detector. */
export const SERVE_OPTIONS = {
  host: value(
    {
      group: SERVER,
      describe: 'Address to listen on; any but 127.0.0.1, ::1 and localhost needs --keys',
      placeholder: 'HOST',
      default: '127.0.0.1',
    },
    text,
  ),
  port: value(
    { group: SERVER, describe: 'Port to listen on; 0 for a free one', placeholder: 'N', default: 8080 },
    integer({ min: 0, max: 65535 }),
  ),
  keys: optional(
    {
      group: SERVER,
      describe: 'File of the developer keys that are accepted; gorod auth new-key adds to it',
      placeholder: 'FILE',
      defaultText: 'any key',
    },
    text,
  ),
  lang: choice(
    {
      group: SERVER,
      describe: 'Language of messages where a client asks for none',
      placeholder: 'LANG',
      default: 'zh',
    },
    LANGUAGES,
  ),
  codLimits: {
    ...RUN_OPTIONS.codLimits,
    group: SERVER,
    describe:
      "Your own COD limits: CSV with payment_limit and city_code, fias_guid or region_code_ext; they fill and lower the answers' paymentLimit",
  },
  answerWithin: value(
    {
      group: SERVER,
      describe: 'Seconds until a client that waits for the API gets ERR_UNAVAILABLE; the question itself goes on',
      placeholder: 'S',
      default: 30,
    },
    number({ min: 0.01, max: 86_400 }),
  ),
  drain: value(
    {
      group: SERVER,
      describe: 'Seconds that requests under way are given when the server is stopped',
      placeholder: 'S',
      default: 30,
    },
    number({ min: 0, max: 86_400 }),
  ),
  maxConnections: value(
    { group: SERVER, describe: 'Connections, and requests under way, at most', placeholder: 'N', default: 1024 },
    integer({ min: 1, max: 65535 }),
  ),
  maxStreams: value(
    { group: SERVER, describe: 'Batches and CSV files under way, at most', placeholder: 'N', default: 8 },
    integer({ min: 1, max: 1024 }),
  ),
  logLevel: choice({ group: SERVER, describe: 'What is logged on stderr', placeholder: 'LEVEL', default: 'info' }, [
    'debug',
    'info',
    'warn',
    'error',
    'silent',
  ]),
} as const;

const { keys } = SERVE_OPTIONS;

/** Options of `gorod auth new-key`. */
export const NEW_KEY_OPTIONS = {
  keys: { ...keys, describe: 'Key file that the new key is added to', defaultText: 'the line is shown' },
  limit: optional(
    { group: SERVER, describe: 'Requests a second that the key may make, at most', placeholder: 'N' },
    integer({ min: 1, max: 999_999 }),
  ),
} as const;

const { columns, preset, delimiter, encoding, badRows, maxRowBytes, limit, prefix, fields, overwriteColumns } =
  RUN_OPTIONS;
const { fiasOnly, country } = DETECTOR_OPTIONS;

/** Parameters of `POST /csv`: the options of `gorod run` that make sense there. */
export const CSV_OPTIONS = {
  columns,
  preset,
  delimiter,
  encoding,
  badRows,
  maxRowBytes: {
    ...maxRowBytes,
    // A row is held in memory: the server's own bound may be lowered, not raised.
    parse: (texts: readonly string[]): number => Math.min(maxRowBytes.parse(texts), maxRowBytes.default),
  },
  limit,
  prefix,
  fields,
  overwriteColumns,
  fiasOnly: { ...fiasOnly, default: undefined as boolean | undefined },
  country: { ...country, default: undefined as string | undefined },
} as const;
