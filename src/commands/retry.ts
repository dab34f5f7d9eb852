import { DETECTOR_OPTIONS } from '../config/detector-options.ts';
import { showDash } from '../config/lone-dash.ts';
import { resolveOptions } from '../config/resolve.ts';
import { RETRY_OPTIONS } from '../config/run-options.ts';
import { yargsOptions } from '../config/yargs-options.ts';
import { ABOUT } from './about.ts';
import type { Command } from './command.ts';
import type { Terminal } from './terminal.ts';

const OPTIONS = { ...DETECTOR_OPTIONS, ...RETRY_OPTIONS };

/** `gorod retry <file>`: asks the deferred rows of an enriched file again and leaves the others as they are. */
export function retryCommand(terminal: Terminal): Command {
  return {
    ...ABOUT.retry,
    options: OPTIONS,
    builder: (yargs) =>
      yargs
        .positional('file', { type: 'string', describe: 'CSV that gorod run wrote' })
        .options(yargsOptions(RETRY_OPTIONS))
        .options(yargsOptions(DETECTOR_OPTIONS)),
    handler: async (args) => {
      const { retryFile } = await import('./run/retry-file.ts');
      const config = resolveOptions(OPTIONS, args, terminal.env);
      await retryFile(showDash(String(args.file)), config, terminal);
    },
  };
}
