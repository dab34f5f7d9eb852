import { DETECTOR_OPTIONS } from '../config/detector-options.ts';
import { showDash } from '../config/lone-dash.ts';
import { resolveOptions } from '../config/resolve.ts';
import { CHECK_OPTIONS } from '../config/run-options.ts';
import { yargsOptions } from '../config/yargs-options.ts';
import { ABOUT } from './about.ts';
import type { Command } from './command.ts';
import type { Terminal } from './terminal.ts';

const OPTIONS = { ...DETECTOR_OPTIONS, ...CHECK_OPTIONS };

/** `gorod check <input…>`: what a run would find, told and judged before anything is imported. Writes no output. */
export function checkCommand(terminal: Terminal): Command {
  return {
    ...ABOUT.check,
    options: OPTIONS,
    builder: (yargs) =>
      yargs
        .positional('input', {
          type: 'string',
          array: true,
          describe: 'Files, patterns such as inbox/*.csv, folders, or - for stdin',
        })
        .options(yargsOptions(CHECK_OPTIONS))
        .options(yargsOptions(DETECTOR_OPTIONS))
        .example('$0 check orders.csv', 'what would happen to its rows, and to orders made from them')
        .example(
          "$0 check orders.csv --fail-on 'review>2%' --fail-on reject",
          'ends with 4 where it is not good enough',
        ),
    handler: async (args) => {
      const { checkFiles } = await import('./run/check-files.ts');
      const config = resolveOptions(OPTIONS, args, terminal.env);
      await checkFiles((args.input as string[]).map(showDash), config, terminal);
    },
  };
}
