import type { CommandModule } from 'yargs';
import { DETECTOR_OPTIONS } from '../config/detector-options.ts';
import { type Arguments, resolveOptions } from '../config/resolve.ts';
import { RUN_OPTIONS } from '../config/run-options.ts';
import { yargsOptions } from '../config/yargs-options.ts';
import type { Terminal } from './terminal.ts';

/** `gorod run <input…>`: shipment CSVs in, enriched CSVs out. */
export function runCommand(terminal: Terminal): CommandModule<object, Arguments> {
  return {
    command: 'run <input..>',
    describe: 'Enrich shipment CSVs with CDEK cities, FIAS GUIDs and COD flags',
    builder: (yargs) =>
      yargs
        .positional('input', { type: 'string', array: true, describe: 'CSV files, or - for stdin' })
        .options(yargsOptions(RUN_OPTIONS))
        .options(yargsOptions(DETECTOR_OPTIONS))
        .example('$0 run orders.csv', 'writes orders.gorod.csv, offline')
        .example('CDEK_DEVELOPER_KEY=… $0 run orders.csv -o out.csv', 'asks CDEK'),
    handler: async (args) => {
      const { runFiles } = await import('./run-files.ts');
      const config = {
        ...resolveOptions(DETECTOR_OPTIONS, args, terminal.env),
        ...resolveOptions(RUN_OPTIONS, args, terminal.env),
      };
      await runFiles(args.input as string[], Object.freeze(config), terminal);
    },
  };
}
