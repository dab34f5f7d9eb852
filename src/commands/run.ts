import { DETECTOR_OPTIONS } from '../config/detector-options.ts';
import { showDash } from '../config/lone-dash.ts';
import { resolveOptions } from '../config/resolve.ts';
import { RUN_OPTIONS } from '../config/run-options.ts';
import { yargsOptions } from '../config/yargs-options.ts';
import { ABOUT } from './about.ts';
import type { Command } from './command.ts';
import type { Terminal } from './terminal.ts';

const OPTIONS = { ...DETECTOR_OPTIONS, ...RUN_OPTIONS };

/** `gorod run <input…>`: shipment CSVs in, enriched CSVs out. */
export function runCommand(terminal: Terminal): Command {
  return {
    ...ABOUT.run,
    options: OPTIONS,
    builder: (yargs) =>
      yargs
        .positional('input', {
          type: 'string',
          array: true,
          describe: 'Files, patterns such as inbox/*.csv, folders, or - for stdin',
        })
        .options(yargsOptions(RUN_OPTIONS))
        .options(yargsOptions(DETECTOR_OPTIONS))
        .example('$0 run orders.csv', 'writes orders.gorod.csv; without a key offline')
        .example('$0 run inbox --output-dir outbox', 'every file of the folder that is not yet done')
        .example('$0 run - < orders.csv > out.csv', 'from stdin to stdout'),
    handler: async (args) => {
      const { runFiles } = await import('./run/run-files.ts');
      const config = resolveOptions(OPTIONS, args, terminal.env);
      await runFiles((args.input as string[]).map(showDash), config, terminal);
    },
  };
}
