import type { Options } from 'yargs';
import type { OptionTable } from './option.ts';
import { flagName, variableName } from './resolve.ts';

/** How yargs is to read a line: `--no-cache` is an option of its own, and a list takes one value at a time. */
export const PARSING = { 'boolean-negation': false, 'greedy-arrays': false, 'camel-case-expansion': false } as const;

/** A table's options as yargs registers and explains them. Values stay texts: `resolveOptions` reads them. */
export function yargsOptions(table: OptionTable): Record<string, Options> {
  const options: Record<string, Options> = {};
  for (const [name, option] of Object.entries(table)) {
    const shown =
      option.defaultText ?? (option.default === undefined || option.default === false ? '' : `${option.default}`);
    const choices = option.choices === undefined ? '' : ` [choices: ${option.choices.join(', ')}]`;
    const isList = option.kind === 'list';
    options[flagName(name)] = {
      group: `${option.group}:`,
      describe: `${option.describe}  [${variableName(name)}]${choices}${shown === '' ? '' : ` [default: ${shown}]`}`,
      type: option.kind === 'switch' ? 'boolean' : 'string',
      ...(option.alias === undefined ? {} : { alias: option.alias }),
      ...(option.kind === 'switch' ? {} : { requiresArg: true }),
      ...(isList ? { array: true } : {}),
    };
  }
  return options;
}
