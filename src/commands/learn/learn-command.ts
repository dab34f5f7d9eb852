import { renderColumnChoice } from '../../columns/column-choice.ts';
import { ALL_LEARN_OPTIONS } from '../../config/learn-options.ts';
import type { Values } from '../../config/option.ts';
import { flagName } from '../../config/resolve.ts';

/** What decides where something is learnt, about which question, and who is asked about it. */
const DECIDING = [
  'detector',
  'endpoint',
  'ca',
  'allowHttp',
  'developerKeyFile',
  'clientIdFile',
  'clientSecretFile',
  'gazetteer',
  'cache',
  'country',
  'fiasOnly',
  'columns',
  'preset',
  'prefix',
  'lang',
] as const satisfies readonly (keyof typeof ALL_LEARN_OPTIONS)[];

/** The options of a command after which something may be learnt. */
export type BeforeLearning = Pick<Values<typeof ALL_LEARN_OPTIONS>, (typeof DECIDING)[number]>;

/** The command line that takes what is filled into `file`, with the options of the command before it, for a shell. */
export function learnCommandLine(file: string, config: BeforeLearning): string {
  const flags = DECIDING.flatMap((name) => {
    const value = config[name];
    const flag = `--${flagName(name)}`;
    if (value === undefined || value === ALL_LEARN_OPTIONS[name].default) return [];
    if (typeof value === 'boolean') return [flag];
    if (typeof value === 'string') return [flag, value];
    if (isList(value)) return value.flatMap((one) => [flag, one]);
    return [flag, renderColumnChoice(value)];
  });
  const named = file.startsWith('-') ? `./${file}` : file;
  return ['gorod learn', ...[named, ...flags].map(quoted)].join(' ');
}

function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value);
}

/** Double quotes mean the same to every shell as long as nothing in them means anything. */
function quoted(word: string): string {
  if (/^[\p{L}\p{N}_@%+=:,./~-]+$/u.test(word) && !word.startsWith('~')) return word;
  return /["$`\\!%]/.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : `"${word}"`;
}
