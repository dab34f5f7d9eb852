import type { Plan } from '../../compose/compose.ts';
import { DETECTOR_OPTIONS } from '../../config/detector-options.ts';
import type { Values } from '../../config/option.ts';
import { RETRY_OPTIONS } from '../../config/run-options.ts';
import { isTabbed } from '../../formats/output-format.ts';
import { commandLine, someOf } from '../command-line.ts';
import { DECIDING as DECIDING_FOR_LEARNING } from '../learn/learn-command.ts';

const OPTIONS = { ...DETECTOR_OPTIONS, ...RETRY_OPTIONS };

/** What decides about learning decides here too; and how gently is asked, and what becomes of the answer. */
const DECIDING = [
  ...DECIDING_FOR_LEARNING,
  'fallback',
  'rate',
  'concurrency',
  'noCache',
  'refresh',
  'maxRowBytes',
  'codLimits',
  'split',
] as const satisfies readonly (keyof typeof OPTIONS)[];

/** How long an answer of the cache holds. */
const TIMES = ['ttl', 'negativeTtl'] as const satisfies readonly (keyof typeof OPTIONS)[];

type TextOptions = 'delimiter' | 'encoding' | 'outputEncoding';

/** The options of a command that leaves rows to ask again. */
export type BeforeRetry = Pick<
  Values<typeof OPTIONS>,
  (typeof DECIDING)[number] | (typeof TIMES)[number] | TextOptions
>;

/**
 * The command line that asks the deferred rows of `file` again, with the options of the command that wrote it, for a
 * shell. The detector that was used is named, so that without its credentials the command ends instead of taking another.
 */
export function retryCommandLine(file: string, config: BeforeRetry, { kind }: Pick<Plan, 'kind'>): string {
  const times = TIMES.map((name) => [
    name,
    config[name] === OPTIONS[name].default ? undefined : `${config[name] / 1000}s`,
  ]);
  const values = {
    ...someOf(config, DECIDING),
    detector: kind === 'local' ? config.detector : kind,
    ...Object.fromEntries(times),
    ...textOf(file, config),
  };
  return commandLine('retry', file, values, OPTIONS);
}

/** How the file is read, where that was said and its name does not say it. */
function textOf(file: string, { delimiter, encoding, outputEncoding }: Pick<BeforeRetry, TextOptions>) {
  if (/\.(?:xls[xmb]?|ods)$/i.test(file)) return {};
  const written = outputEncoding === 'same' ? encoding : outputEncoding;
  return {
    delimiter: isTabbed(file) ? undefined : delimiter === '\t' ? 'tab' : delimiter,
    encoding: written === 'utf-8' ? undefined : written,
  };
}
