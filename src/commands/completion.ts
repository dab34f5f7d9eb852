import { COMPLETION_FLAG } from './completion-flag.ts';
import { choicesOf } from './usage-errors.ts';

type Complete = (
  current: string,
  argv: unknown,
  byDefault: (done: (error: Error | null, found: string[] | undefined) => void) => void,
  done: (found: string[]) => void,
) => void;

/**
 * Completes what yargs does not know: the words that an option takes, which `resolveOptions` checks and not yargs.
 * Everything else is left to yargs, and file names to the shell.
 */
export function complete(args: readonly string[]): Complete {
  return (current, _, byDefault, done) => {
    const words = args.slice(args.indexOf(COMPLETION_FLAG) + 2);
    const previous = words.at(-2) ?? '';
    const choices = previous.startsWith('--') ? choicesOf(words[0] ?? '', previous.slice(2)) : undefined;
    if (choices !== undefined) done(choices.filter((choice) => choice.startsWith(current)));
    else byDefault((error, found) => done(error === null ? (found ?? []) : []));
  };
}
