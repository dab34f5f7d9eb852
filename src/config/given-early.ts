import { type Environment, variableName } from './resolve.ts';

/** What the arguments, or else the environment, give for an option, before they are read as a whole. */
export function givenEarly(flag: string, args: readonly string[], env: Environment): string | undefined {
  const end = args.indexOf('--');
  const options = end === -1 ? args : args.slice(0, end);
  const at = options.findLastIndex((arg) => arg === `--${flag}` || arg.startsWith(`--${flag}=`));
  const given = at === -1 ? undefined : (options[at]?.split('=', 2)[1] ?? options[at + 1]);
  return given ?? env[variableName(flag)];
}
