import type { CommandModule } from 'yargs';
import { ALL_LEARN_OPTIONS } from '../config/learn-options.ts';
import { type Arguments, resolveOptions } from '../config/resolve.ts';
import { yargsOptions } from '../config/yargs-options.ts';
import type { Terminal } from './terminal.ts';

/** `gorod learn [file]`: takes what a person filled in of a review file, for good. */
export function learnCommand(terminal: Terminal): CommandModule<object, Arguments> {
  return {
    command: 'learn <file>',
    describe: 'Take what a person filled in of a review file, so that it wins from then on',
    builder: (yargs) =>
      yargs
        .positional('file', { type: 'string', describe: 'Review file of gorod run --split, filled in' })
        .options(yargsOptions(ALL_LEARN_OPTIONS)),
    handler: async (args) => {
      const config = resolveOptions(ALL_LEARN_OPTIONS, args, terminal.env);
      const { learnFile } = await import('./learn-file.ts');
      await learnFile(String(args.file), config, terminal);
    },
  };
}
