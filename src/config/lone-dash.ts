/** Stands for `-` while yargs reads the command line; no argument can hold a NUL. */
const STAND_IN = '\0-';

/** yargs 18 drops a lone `-` among positional arguments: it goes through under another name. */
export function hideDashes(args: readonly string[]): string[] {
  return args.map((arg) => (arg === '-' ? STAND_IN : arg));
}

/** The argument as the user gave it. */
export function showDash(arg: string): string {
  return arg === STAND_IN ? '-' : arg;
}
