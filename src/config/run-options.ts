import { parseColumnChoice } from '../columns/column-choice.ts';
import { PRESET_NAMES } from '../columns/presets.ts';
import { LANGUAGES } from '../languages.ts';
import { parseFields } from '../pipeline/output-columns.ts';
import { choice, optional, optionalChoice, toggle, value } from './option.ts';
import { delimiter, integer, number, reportFile, text } from './parsers.ts';
import { failOn, TELLING_OPTIONS } from './telling-options.ts';
import { REWRITTEN_TEXT_OPTIONS, TEXT_OPTIONS } from './text-options.ts';

const FILES = 'Files and columns';
const RESULT = 'Result';

/** Options of `gorod run` beside those of its detector. */
export const RUN_OPTIONS = {
  output: optional(
    {
      group: FILES,
      alias: 'o',
      describe: 'Output file, - for stdout',
      placeholder: 'FILE',
      defaultText: 'x.csv → x.gorod.csv beside it',
    },
    text,
  ),
  outputDir: optional(
    {
      group: FILES,
      describe: 'Folder for the results, made where it is missing',
      placeholder: 'FOLDER',
      defaultText: 'beside each input',
    },
    text,
  ),
  dryRun: toggle({
    group: FILES,
    describe: 'Show what would be taken and asked, and how long that takes; ask nothing, write nothing',
  }),
  columns: optional(
    {
      group: FILES,
      describe: 'Which headers hold what: postcode=zip,address=street+city,cod=amount,country=cc',
      placeholder: 'MAP',
      defaultText: 'recognised',
    },
    parseColumnChoice,
  ),
  preset: optionalChoice(
    {
      group: FILES,
      describe: 'The file is a well-known export: its columns are where that has them',
      placeholder: 'NAME',
    },
    PRESET_NAMES,
  ),
  delimiter: optional(
    {
      group: FILES,
      describe: 'Delimiter of the input: one character, or tab',
      placeholder: 'CHAR',
      defaultText: 'recognised',
    },
    delimiter,
  ),
  sheet: optional(
    {
      group: FILES,
      describe: 'Sheet of a spreadsheet: its name, or its number among the visible ones',
      placeholder: 'NAME',
      defaultText: 'the first visible one',
    },
    text,
  ),
  ...TEXT_OPTIONS,
  badRows: choice(
    {
      group: FILES,
      describe: 'At a broken row: stop, or keep it in the output as ERR_BAD_ROW',
      placeholder: 'WHAT',
      default: 'stop',
    },
    ['stop', 'keep'],
  ),
  maxRowBytes: value(
    {
      group: FILES,
      describe: 'A longer row is a broken one; bounds the memory',
      placeholder: 'N',
      default: 1024 * 1024,
    },
    integer({ min: 1024, max: 256 * 1024 * 1024 }),
  ),
  threads: value(
    {
      group: RESULT,
      describe: 'Threads for the rows whose answers are at hand; docs/performance.md says what more than one brings',
      placeholder: 'N',
      default: 1,
    },
    integer({ min: 1, max: 16 }),
  ),
  limit: optional(
    { group: FILES, describe: 'Only the first N rows, to try a file', placeholder: 'N' },
    integer({ min: 1 }),
  ),
  restart: toggle({
    group: FILES,
    describe: 'Begin anew instead of going on with an interrupted run; do the done files of a folder again',
  }),
  grace: value(
    {
      group: FILES,
      describe: 'Seconds that requests in flight are given when the run is interrupted',
      placeholder: 'S',
      default: 10,
    },
    number({ min: 0 }),
  ),
  prefix: value(
    { group: RESULT, describe: 'What the names of added columns begin with', placeholder: 'TEXT', default: 'cdek_' },
    (given) => given,
  ),
  fields: optional(
    {
      group: RESULT,
      describe: 'Added columns to write, in this order: status,verdict,city_code',
      placeholder: 'LIST',
      defaultText: 'all',
    },
    parseFields,
  ),
  overwriteColumns: toggle({
    group: RESULT,
    describe: 'Replace columns of the input that have the name of an added one',
  }),
  split: toggle({
    group: RESULT,
    describe:
      'Write the rows once more, into a file per verdict: x.accept.csv, x.review.csv (see gorod learn) and so on',
  }),
  codLimits: optional(
    {
      group: RESULT,
      describe:
        "Your own COD limits: CSV with payment_limit and city_code, fias_guid or region_code_ext; they fill and lower the answers' limits",
      placeholder: 'FILE',
    },
    text,
  ),
  summary: optional({ group: RESULT, describe: 'Write the summary as JSON', placeholder: 'FILE' }, text),
  report: optional(
    {
      group: RESULT,
      describe: 'Write a report to read and act on: a page, or the same as JSON',
      placeholder: 'FILE.html|FILE.json',
    },
    reportFile,
  ),
  lang: choice({ group: RESULT, describe: 'Language of messages', placeholder: 'LANG', default: 'en' }, LANGUAGES),
  quiet: toggle({ group: RESULT, alias: 'q', describe: 'No progress and no summary on stderr' }),
  failOn,
  ...TELLING_OPTIONS,
} as const;

const {
  columns,
  preset,
  delimiter: csvDelimiter,
  sheet,
  encoding,
  maxRowBytes,
  limit,
  grace,
  prefix,
  split,
  codLimits,
  summary,
  report,
  lang,
  quiet,
} = RUN_OPTIONS;

/** Options of `gorod retry` beside those of its detector. */
export const RETRY_OPTIONS = {
  output: optional(
    { group: FILES, alias: 'o', describe: 'Output file', placeholder: 'FILE', defaultText: 'the file itself' },
    text,
  ),
  only: choice(
    {
      group: FILES,
      describe: 'Which rows to ask again, by their verdict; review rows are asked whatever is cached',
      placeholder: 'VERDICT',
      default: 'retry',
    },
    ['retry', 'review'],
  ),
  columns,
  preset,
  delimiter: csvDelimiter,
  sheet,
  ...REWRITTEN_TEXT_OPTIONS,
  maxRowBytes,
  grace,
  prefix,
  split,
  codLimits,
  summary,
  lang,
  quiet,
  ...TELLING_OPTIONS,
} as const;

/** Options of `gorod check` beside those of its detector: a run's, without what is said of its output. */
export const CHECK_OPTIONS = {
  columns,
  preset,
  delimiter: csvDelimiter,
  sheet,
  encoding,
  badRows: choice(
    {
      group: FILES,
      describe:
        'At a broken row: list its line, go on and end with 1, since a run stops there; keep: count it as ERR_BAD_ROW, as run --bad-rows keep does; or stop',
      placeholder: 'WHAT',
      default: 'list',
    },
    ['list', 'keep', 'stop'],
  ),
  maxRowBytes,
  limit,
  grace,
  prefix: value(
    {
      group: FILES,
      describe: 'What the names of columns begin with that gorod has written before; they are passed over',
      placeholder: 'TEXT',
      default: 'cdek_',
    },
    (given) => given,
  ),
  codLimits,
  summary,
  report,
  lang,
  quiet,
  failOn,
  ...TELLING_OPTIONS,
} as const;
