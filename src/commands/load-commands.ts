import type { Argv } from 'yargs';
import { plainArguments } from '../config/plain-arguments.ts';
import type { Arguments } from '../config/resolve.ts';
import { ABOUT, type CommandName } from './about.ts';
import type { Command } from './command.ts';
import { COMPLETION_FLAG } from './completion-flag.ts';
import type { Terminal } from './terminal.ts';

const LOADERS: Readonly<Record<CommandName, () => Promise<(terminal: Terminal) => Command>>> = {
  run: async () => (await import('./run.ts')).runCommand,
  check: async () => (await import('./check.ts')).checkCommand,
  retry: async () => (await import('./retry.ts')).retryCommand,
  learn: async () => (await import('./learn.ts')).learnCommand,
  detect: async () => (await import('./detect.ts')).detectCommand,
  serve: async () => (await import('./serve.ts')).serveCommand,
  cache: async () => (await import('./cache.ts')).cacheCommand,
  gazetteer: async () => (await import('./gazetteer.ts')).gazetteerCommand,
  auth: async () => (await import('./auth.ts')).authCommand,
};

/**
 * Every command, in the order of --help. Those that the line has a word for are loaded with their options; of the
 * others it is enough to know what they are called and for.
 */
export function loadCommands(args: readonly string[], terminal: Terminal): Promise<readonly Command[]> {
  const isTyping = args[0] === COMPLETION_FLAG;
  const isExplained = isTyping || args.some((arg) => arg.includes('help'));
  const load = async (name: CommandName): Promise<Command> => {
    if (!isTyping && !args.includes(name)) return { ...ABOUT[name], handler: () => {} };
    const command = (await LOADERS[name]())(terminal);
    return isExplained ? command : unexplained(command);
  };
  return Promise.all((Object.keys(LOADERS) as CommandName[]).map(load));
}

/**
 * Runs a line that names a command and its options plainly, and says whether it was one. yargs reads every other: to load
 * it takes longer than to answer a hundred rows.
 */
export async function runPlainLine([name = '', ...args]: readonly string[], terminal: Terminal): Promise<boolean> {
  if (!isCommandName(name)) return false;
  const { options, handler } = (await LOADERS[name]())(terminal);
  const given = options && plainArguments(args, ABOUT[name].command, options);
  if (given === undefined) return false;
  await handler({ ...given, _: [name], $0: 'gorod' });
  return true;
}

function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(LOADERS, name);
}

/** Public in yargs, but missing from its types. */
interface WithOptions {
  getOptions(): { readonly key: object };
}

/** yargs lays out a command's page of help whenever it has run: without options that takes no time. */
function unexplained(command: Command): Command {
  const { builder } = command;
  if (typeof builder !== 'function') return command;
  return {
    ...command,
    builder: (yargs, ...more) => {
      const built = builder(yargs, ...more) as Argv<Arguments> & WithOptions;
      for (const name of Object.keys(built.getOptions().key)) built.hide(name);
      return built;
    },
  };
}
