import { Misfit } from '../errors.ts';
import { VALUE_TEXTS } from './texts.ts';

/** One command-line option, its environment variable and its meaning; parser, help and docs are made from it. */
export interface Option<T> {
  /** `value` takes one text, `list` may be repeated, `switch` takes none. */
  readonly kind: 'value' | 'list' | 'switch';
  readonly group: string;
  /** One sentence for --help and the docs. */
  readonly describe: string;
  /** Stands for the value in help and docs, e.g. FILE. */
  readonly placeholder?: string;
  readonly alias?: string;
  readonly choices?: readonly string[];
  /** How the default is shown where it is not the text itself. */
  readonly defaultText?: string;
  readonly default: T;
  /** Reads what the user wrote; throws an Error, or a Misfit, that completes "--option: …". */
  readonly parse: (texts: readonly string[]) => T;
}

export type OptionTable = Readonly<Record<string, Option<unknown>>>;

/** The values of a table's options. */
export type Values<Table extends OptionTable> = { readonly [Name in keyof Table]: Table[Name]['default'] };

interface Common {
  readonly group: string;
  readonly describe: string;
  readonly placeholder?: string;
  readonly alias?: string;
  readonly defaultText?: string;
}

/** An option that is absent unless given. */
export function optional<T>(common: Common, parse: (text: string) => T): Option<T | undefined> {
  return { ...common, kind: 'value', default: undefined, parse: ([text = '']) => parse(text) };
}

/** An option with a default. */
export function value<T>(common: Common & { readonly default: T }, parse: (text: string) => T): Option<T> {
  return { ...common, kind: 'value', parse: ([text = '']) => parse(text) };
}

/** One of a closed list of words. */
export function choice<const T extends string>(
  common: Common & { readonly default: NoInfer<T> },
  choices: readonly T[],
): Option<T> {
  return { ...common, kind: 'value', choices, parse: ([text = '']) => oneOf(text, choices) };
}

/** One of a closed list of words, or absent. */
export function optionalChoice<const T extends string>(common: Common, choices: readonly T[]): Option<T | undefined> {
  return { ...common, kind: 'value', choices, default: undefined, parse: ([text = '']) => oneOf(text, choices) };
}

function oneOf<T extends string>(text: string, choices: readonly T[]): T {
  const found = choices.find((word) => word === text);
  if (found === undefined) throw new Misfit(VALUE_TEXTS.oneOf(choices.join(', ')));
  return found;
}

/** An option that may be given several times; in the environment its values are separated by commas. */
export function list(common: Common): Option<readonly string[]> {
  return { ...common, kind: 'list', default: [], parse: (texts) => [...texts] };
}

/** On or off. In the environment: 1, true, yes, on or 0, false, no, off. */
export function toggle(common: Common): Option<boolean> {
  return {
    ...common,
    kind: 'switch',
    default: false,
    parse: ([text = '']) => {
      if (/^(?:1|true|yes|on)$/i.test(text)) return true;
      if (/^(?:0|false|no|off)$/i.test(text)) return false;
      throw new Misfit(VALUE_TEXTS.onOrOff);
    },
  };
}
