import type { CommandModule } from 'yargs';
import { type Arguments, resolveOptions } from '../../config/resolve.ts';
import { NEW_KEY_OPTIONS } from '../../config/serve-options.ts';
import { yargsOptions } from '../../config/yargs-options.ts';
import type { Terminal } from '../terminal.ts';

/** `gorod auth new-key NAME`: makes a developer key for `gorod serve`. */
export function newKeyCommand(terminal: Terminal): CommandModule<object, Arguments> {
  return {
    command: 'new-key <name>',
    describe: 'Make a developer key for gorod serve; it is shown once, the key file holds only its hash',
    builder: (yargs) =>
      yargs
        .positional('name', { type: 'string', describe: 'Whose key it is: shown in the log' })
        .options(yargsOptions(NEW_KEY_OPTIONS))
        .example('$0 auth new-key erp --keys keys.txt --limit 20', ''),
    handler: async (args) => {
      const { makeKey } = await import('./make-key.ts');
      await makeKey(String(args.name), resolveOptions(NEW_KEY_OPTIONS, args, terminal.env), terminal);
    },
  };
}
