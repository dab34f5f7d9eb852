import { DETECTOR_OPTIONS } from './detector-options.ts';
import { optional } from './option.ts';
import { text } from './parsers.ts';
import { RUN_OPTIONS } from './run-options.ts';
import { TELLING_OPTIONS } from './telling-options.ts';
import { TEXT_OPTIONS } from './text-options.ts';

const LEARNING = 'Learning';
const { columns, preset, delimiter, sheet, maxRowBytes, prefix, lang, quiet } = RUN_OPTIONS;

/** Options of `gorod learn` beside those of its detector. */
export const LEARN_OPTIONS = {
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
