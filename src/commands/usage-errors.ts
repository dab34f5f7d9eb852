import { DETECT_OPTIONS } from '../config/detect-options.ts';
import { DETECTOR_OPTIONS } from '../config/detector-options.ts';
import { ALL_LEARN_OPTIONS } from '../config/learn-options.ts';
import { nearest } from '../config/nearest.ts';
import type { OptionTable } from '../config/option.ts';
import { flagName } from '../config/resolve.ts';
import { CHECK_OPTIONS, RETRY_OPTIONS, RUN_OPTIONS } from '../config/run-options.ts';

/** The options of the commands that have many. */
const OPTIONS: Readonly<Record<string, OptionTable>> = {
  run: { ...RUN_OPTIONS, ...DETECTOR_OPTIONS },
  check: { ...CHECK_OPTIONS, ...DETECTOR_OPTIONS },
  retry: { ...RETRY_OPTIONS, ...DETECTOR_OPTIONS },
  learn: ALL_LEARN_OPTIONS,
  detect: { ...DETECT_OPTIONS, ...DETECTOR_OPTIONS },
};

/** What a command without a file is told, by its name. */
const MISSING: Readonly<Record<string, string>> = {
  run: 'No file is named. For example: gorod run orders.csv',
  check: 'No file is named. For example: gorod check orders.csv',
  retry: 'No file is named. For example: gorod retry orders.gorod.csv',
};

/** What is wrong with a command line, from yargs' own words, with what was probably meant. */
export function explainUsage(message: string, args: readonly string[]): string {
  const command = commandOf(args);
  const missing = message.startsWith('Not enough non-option arguments') ? ownOf(MISSING, command) : undefined;
  if (missing !== undefined) return `${missing}. See gorod ${command} --help.`;
  const text = message.replace(/[.\s]*$/, '');
  const end = text.endsWith('?') ? `There is no such command. ${text}` : `${text}.`;
  const unknown = /^Unknown arguments?: (.+)$/.exec(text)?.[1]?.split(', ') ?? [];
  const meant = unknown.flatMap((name) => nearest(name, flagsOf(args)) ?? []).map((name) => `--${name}`);
  const hint = meant.length === 0 ? '' : ` Did you mean ${[...new Set(meant)].join(', ')}?`;
  return `${end}${hint} See gorod COMMAND --help.`;
}

function flagsOf(args: readonly string[]): readonly string[] {
  return Object.keys(ownOf(OPTIONS, commandOf(args)) ?? {}).map(flagName);
}

function commandOf(args: readonly string[]): string {
  return args.find((arg) => !arg.startsWith('-')) ?? '';
}

function ownOf<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** The words that an option of a command takes; undefined where it takes any. */
export function choicesOf(command: string, flag: string): readonly string[] | undefined {
  const table = ownOf(OPTIONS, command);
  return Object.entries(table ?? {}).find(([name]) => flagName(name) === flag)?.[1].choices;
}
