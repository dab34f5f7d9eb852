import { DETECTOR_OPTIONS } from './detector-options.ts';
import { list, type Option, optional, toggle } from './option.ts';
import { integer, text } from './parsers.ts';
import { RUN_OPTIONS } from './run-options.ts';
import { TELLING_OPTIONS } from './telling-options.ts';
import { TEXT_OPTIONS } from './text-options.ts';

const LEARNING = 'Learning';
const LEARNT = 'What is learnt';
const { columns, preset, delimiter, sheet, maxRowBytes, prefix, lang, quiet } = RUN_OPTIONS;

const remove: Option<readonly number[]> = {
  ...list({ group: LEARNT, describe: 'Forget what --list shows under this id; may be repeated', placeholder: 'ID' }),
  default: [],
  parse: parseIds,
};

/** Options of `gorod learn` beside those of its detector. */
export const LEARN_OPTIONS = {
  list: toggle({ group: LEARNT, describe: 'Show what is learnt, as a CSV on stdout' }),
  export: optional(
    {
      group: LEARNT,
      describe: 'Write what is learnt as a CSV, for --import elsewhere; - for stdout',
      placeholder: 'FILE',
    },
    text,
  ),
  import: optional({ group: LEARNT, describe: 'Take what --export wrote elsewhere', placeholder: 'FILE' }, text),
  remove,
  why: optional({ group: LEARNING, describe: 'Why: kept with what is learnt', placeholder: 'TEXT' }, text),
  by: optional(
    {
      group: LEARNING,
      describe: 'Who settled it: kept with what is learnt',
      placeholder: 'NAME',
      defaultText: 'the name of the user',
    },
    text,
  ),
  columns,
  preset,
  delimiter,
  sheet,
  encoding: TEXT_OPTIONS.encoding,
  maxRowBytes,
  prefix,
  lang,
  quiet,
  logFormat: TELLING_OPTIONS.logFormat,
} as const;

/** All options of `gorod learn`. */
export const ALL_LEARN_OPTIONS = { ...DETECTOR_OPTIONS, ...LEARN_OPTIONS } as const;

/** Reads ids, one or several separated by commas. */
function parseIds(texts: readonly string[]): readonly number[] {
  return texts.flatMap((given) => given.split(',').map((id) => integer({ min: 1 })(id.trim())));
}
