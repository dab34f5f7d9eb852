import { type ColumnChoice, renderColumnChoice } from '../columns/column-choice.ts';
import type { OptionTable } from '../config/option.ts';
import { flagName } from '../config/resolve.ts';

/** The value of an option, as it was read. */
export type OptionValue = string | number | boolean | readonly string[] | ColumnChoice | undefined;

/**
 * `gorod COMMAND FILE` for a shell, with the options by name whose value is not the one that they have anyway. A credential
 * is no value of an option: of those only the names of their files can stand there.
 */
export function commandLine(
  command: string,
  file: string,
  values: Readonly<Record<string, OptionValue>>,
  options: OptionTable,
): string {
  const flags = Object.entries(values).flatMap(([name, value]) =>
    value === options[name]?.default ? [] : wordsOf(`--${flagName(name)}`, value),
  );
  const named = file.startsWith('-') ? `./${file}` : file;
  return [`gorod ${command}`, ...[named, ...flags].map(quoted)].join(' ');
}

function wordsOf(flag: string, value: OptionValue): readonly string[] {
  if (value === undefined || value === false) return [];
  if (value === true) return [flag];
  if (typeof value === 'string' || typeof value === 'number') return [flag, String(value)];
  if (isList(value)) return value.flatMap((one) => [flag, one]);
  return [flag, renderColumnChoice(value)];
}

function isList(value: OptionValue): value is readonly string[] {
  return Array.isArray(value);
}

/** Double quotes mean the same to every shell as long as nothing in them means anything. */
function quoted(word: string): string {
  if (/^[\p{L}\p{N}_@%+=:,./~-]+$/u.test(word) && !word.startsWith('~')) return word;
  return /["$`\\!%]/.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : `"${word}"`;
}

/** Some of the options of a command, in the order of their names. */
export function someOf<Config, const Name extends keyof Config>(
  config: Config,
  names: readonly Name[],
): { readonly [One in Name]: Config[One] } {
  return Object.fromEntries(names.map((name) => [name, config[name]])) as { [One in Name]: Config[One] };
}
