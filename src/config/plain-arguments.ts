import type { OptionTable } from './option.ts';
import { type Arguments, flagName } from './resolve.ts';

/**
 * What stands behind the name of a command, as yargs would hand it over. `usage` is the command's own, as in
 * `run <input..>`. Undefined for a line that is left to yargs: which asks for help, has a mistake in it, or is written
 * in a way that yargs alone knows how to read (`--name=value`, quotation marks, values that begin with a hyphen).
 */
export function plainArguments(args: readonly string[], usage: string, table: OptionTable): Arguments | undefined {
  const options = byFlag(table);
  const given: Record<string, unknown[]> = {};
  const operands: string[] = [];
  const words = args.values();
  for (const word of words) {
    const option = options.get(word);
    if (option?.isSwitch === true) {
      given[option.name] = [...(given[option.name] ?? []), true];
      continue;
    }
    // An option's value is the next word.
    const value = option === undefined ? word : words.next().value;
    if (!isPlain(value)) return undefined;
    if (option === undefined) operands.push(value);
    else given[option.name] = [...(given[option.name] ?? []), value];
  }
  const taken = takeOperands(operands, usage);
  return taken && { ...given, ...taken };
}

/** Of an option: under which name yargs hands it over, and whether it takes no value. */
interface Known {
  readonly name: string;
  readonly isSwitch: boolean;
}

/** The options by all that they may be called on the line. */
function byFlag(table: OptionTable): ReadonlyMap<string, Known> {
  const options = new Map<string, Known>();
  for (const [key, { kind, alias }] of Object.entries(table)) {
    const option = { name: flagName(key), isSwitch: kind === 'switch' };
    options.set(`--${option.name}`, option);
    if (alias !== undefined) options.set(`-${alias}`, option);
  }
  return options;
}

/** Whether yargs takes a word as it stands. Behind a switch it reads `true` and `false` as the switch's value. */
function isPlain(word: string | undefined): word is string {
  return word === '-' || (word !== undefined && /^[^-'"]/.test(word) && word !== 'true' && word !== 'false');
}

/** The words that belong to no option, under the name that the usage has for them; undefined where they do not fit it. */
function takeOperands(operands: readonly string[], usage: string): Arguments | undefined {
  // As the last word it asks for the command's page of help.
  if (operands.at(-1) === 'help') return undefined;
  const [, bracket, name, isList] = /^\w+ ([<[])(\w+)(\.\.)?[>\]]$/.exec(usage) ?? [];
  if (operands.length === 0) return name === undefined || bracket === '[' ? {} : undefined;
  if (name === undefined) return undefined;
  if (isList !== undefined) return { [name]: operands };
  return operands.length === 1 ? { [name]: operands[0] } : undefined;
}
