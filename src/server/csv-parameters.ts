import type { OptionTable } from '../config/option.ts';
import { flagName } from '../config/resolve.ts';
import { CSV_OPTIONS } from '../config/serve-options.ts';
import { inEach, type Texts } from '../languages.ts';

/** The parameters of `POST /csv` by their names in the URL. */
export const CSV_PARAMETERS = new Map(
  Object.entries(CSV_OPTIONS as OptionTable).map(([name, option]) => [flagName(name), { name, option }]),
);

/** An option of the command line, with the value that a text advises to give it. */
const OPTION = /--([a-z][a-z-]*)(?: ([\w.-]+=[^\s,;.)）。；，]+|[\w-]+))?/g;

/**
 * What is said of a file to whoever started a command, as it is said to a client of `POST /csv`: `--bad-rows keep` is the
 * parameter `bad-rows=keep` there.
 */
export function asParameters(texts: Texts): Texts {
  return inEach((language) => texts[language].replace(OPTION, parameter));
}

function parameter(text: string, flag: string, value: string | undefined): string {
  const known = CSV_PARAMETERS.get(flag);
  if (known === undefined) return text;
  if (value === undefined) return flag;
  const isValue = value.includes('=') || known.option.choices?.includes(value) === true;
  return `${flag}${isValue ? '=' : ' '}${value}`;
}
