import { nearest } from '../config/nearest.ts';
import { GorodError } from '../errors.ts';

/** What is wrong with the value of an option; completes "must …". Undefined where nothing is. */
type Check = (value: unknown) => string | undefined;

/** Every option of a function, with what its value has to be where nobody else finds that out. */
export type OptionChecks<Options> = Readonly<Record<keyof Options, Check>>;

/** A value that whoever uses it checks. */
export const unchecked: Check = () => undefined;

export const isTrueOrFalse: Check = (value) => (typeof value === 'boolean' ? undefined : 'be true or false');

export const isText: Check = (value) => (typeof value === 'string' ? undefined : 'be a text');

export const isFunction: Check = (value) => (typeof value === 'function' ? undefined : 'be a function');

/** One of a closed list of words. */
export function isOneOf(words: readonly string[]): Check {
  return (value) => (words.some((word) => word === value) ? undefined : `be one of ${words.join(', ')}`);
}

/** A number within bounds, both included. */
export function isWithin(min: number, max: number): Check {
  return (value) =>
    typeof value === 'number' && value >= min && value <= max ? undefined : `be a number from ${min} to ${max}`;
}

/** A whole number of at least `min`. */
export function isWhole(min: number): Check {
  return (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= min
      ? undefined
      : `be a whole number of at least ${min}`;
}

function isShortened(name: string, long: string): boolean {
  return name.length > 2 && long.toLowerCase().startsWith(name.toLowerCase());
}

/**
 * Throws GorodError BAD_OPTION, naming the function and the option, for an option that there is not, which would otherwise
 * do nothing, and for a value that cannot be. An option that is undefined is absent.
 */
export function assertOptions<Options extends object>(of: string, given: Options, checks: OptionChecks<Options>): void {
  const known = Object.keys(checks);
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(checks, name)) {
      // Half of a long word is no misspelling, but what a command line would call it.
      const meant = nearest(name, known) ?? known.find((one) => isShortened(name, one));
      const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
      throw new GorodError(
        'BAD_OPTION',
        `${of}: there is no option "${name}".${hint} The options are ${known.join(', ')}.`,
      );
    }
    const wrong = value === undefined ? undefined : checks[name as keyof Options](value);
    if (wrong !== undefined) throw new GorodError('BAD_OPTION', `${of}: ${name} must ${wrong}.`);
  }
}
