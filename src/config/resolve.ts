import { GorodError, Misfit } from '../errors.ts';
import type { Texts } from '../languages.ts';
import { showDash } from './lone-dash.ts';
import type { Option, OptionTable, Values } from './option.ts';
import { VALUE_TEXTS } from './texts.ts';

/** What yargs hands over: kebab-case names, texts, lists or booleans. */
export type Arguments = Readonly<Record<string, unknown>>;

export type Environment = Readonly<Record<string, string | undefined>>;

/** `developerKeyFile` → `developer-key-file`. */
export function flagName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** `developerKeyFile` → `GOROD_DEVELOPER_KEY_FILE`. */
export function variableName(name: string): string {
  return `GOROD_${flagName(name).replaceAll('-', '_').toUpperCase()}`;
}

/**
 * The frozen values of a table's options: flags over environment over defaults. An empty variable counts as unset.
 * Throws GorodError BAD_OPTION naming the flag or the variable.
 */
export function resolveOptions<Table extends OptionTable>(
  table: Table,
  args: Arguments,
  env: Environment,
): Values<Table> {
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(table)) values[name] = resolveOption(name, option, args, env);
  return Object.freeze(values) as Values<Table>;
}

function resolveOption(name: string, option: Option<unknown>, args: Arguments, env: Environment): unknown {
  const flag = flagName(name);
  const given = args[flag];
  if (given !== undefined) return parseGiven(`--${flag}`, option, given);
  const variable = variableName(name);
  const inherited = env[variable];
  if (inherited === undefined || inherited === '') return option.default;
  return parseTexts(variable, option, option.kind === 'list' ? inherited.split(',') : [inherited]);
}

function parseGiven(flag: string, option: Option<unknown>, given: unknown): unknown {
  if (option.kind === 'switch') return [given].flat().at(-1) !== false;
  const texts = (Array.isArray(given) ? given : [given]).map((text) => showDash(String(text)));
  if (option.kind === 'value' && texts.length > 1)
    throw new GorodError('BAD_OPTION', VALUE_TEXTS.of(flag, VALUE_TEXTS.timesGiven(texts.length)));
  return parseTexts(flag, option, texts);
}

/** What a reader of a value found wrong. */
export function misfitOf(cause: unknown): string | Texts {
  if (cause instanceof Misfit) return cause.texts;
  return cause instanceof Error ? cause.message : String(cause);
}

function parseTexts(where: string, option: Option<unknown>, texts: readonly string[]): unknown {
  try {
    return option.parse(texts);
  } catch (cause) {
    if (cause instanceof GorodError) throw cause;
    throw new GorodError('BAD_OPTION', VALUE_TEXTS.of(where, misfitOf(cause)), { cause });
  }
}
