import { parseThresholds, type Threshold } from '../pipeline/thresholds.ts';
import { LOG_FORMATS } from './log-format.ts';
import { choice, list, type Option } from './option.ts';

const TELLING = 'What is told';

/** How a command tells of its progress on stderr. */
export const TELLING_OPTIONS = {
  progress: choice(
    {
      group: TELLING,
      describe: 'Progress on stderr: a bar, or a plain line every ten seconds; auto draws a bar on a terminal',
      placeholder: 'HOW',
      default: 'auto',
    },
    ['auto', 'bar', 'plain', 'none'],
  ),
  logFormat: choice(
    {
      group: TELLING,
      describe: 'Lines on stderr: text for people, or one JSON object a line for programs',
      placeholder: 'FORMAT',
      default: 'text',
    },
    LOG_FORMATS,
  ),
} as const;

/** Ends a command with exit code 4 where its rows are not good enough. */
export const failOn: Option<readonly Threshold[]> = {
  ...list({
    group: 'Result',
    describe:
      'End with 4 where there are rows of a kind: any (not accepted), cod, a verdict, a status or an order error; NAME>N, NAME>N% for more than so many; may be repeated',
    placeholder: 'NAME[>N[%]]',
  }),
  default: [],
  parse: parseThresholds,
};
