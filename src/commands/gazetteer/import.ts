import type { CommandModule } from 'yargs';
import type { Arguments } from '../../config/resolve.ts';
import { GorodError } from '../../errors.ts';
import type { Terminal } from '../terminal.ts';

/** The formats that importers exist for, repeated so that `--help` need not load them. */
const FORMATS = ['own', 'geonames', 'hflabs', 'cdek'] as const;

/** `gorod gazetteer import FILE… -o GAZETTEER.sqlite`: adds files to a gazetteer, which is made when it is not there. */
export function importCommand(terminal: Terminal): CommandModule<object, Arguments> {
  return {
    command: 'import <file..>',
    describe: 'Add places from files to a gazetteer file, which is made when it is not there',
    builder: (yargs) =>
      yargs
        .positional('file', { type: 'string', array: true, describe: 'CSV, GeoNames RU.zip or RU.txt, or CDEK JSON' })
        .option('format', {
          type: 'string',
          requiresArg: true,
          describe: `Format of all files: ${FORMATS.join(', ')}; recognised file by file where absent`,
        })
        .option('output', { alias: 'o', type: 'string', requiresArg: true, describe: 'The gazetteer file' })
        .example('$0 gazetteer import cities.csv RU.zip -o gazetteer.sqlite', ''),
    handler: async (args) => {
      const { importFiles } = await import('../../gazetteer/import-files.ts');
      const { renderFileReport } = await import('../../gazetteer/import-report.ts');
      const output = requireOutput(args.output);
      const format = toFormat(args.format);
      const order = { files: args.file as string[], output, ...(format === undefined ? {} : { format }) };
      importFiles(order, (report) => terminal.stdout.write(renderFileReport(report)));
      terminal.stdout.write(`${output} is complete; use it with --gazetteer ${output}\n`);
    },
  };
}

/** The gazetteer file that a command writes. Throws GorodError BAD_OPTION when it was not named once. */
export function requireOutput(given: unknown): string {
  if (typeof given === 'string' && given.trim() !== '') return given;
  throw new GorodError('BAD_OPTION', '--output: name the gazetteer file to write, once (-o gazetteer.sqlite).');
}

function toFormat(given: unknown): (typeof FORMATS)[number] | undefined {
  if (given === undefined) return undefined;
  const format = FORMATS.find((name) => name === given);
  if (format !== undefined) return format;
  throw new GorodError('BAD_OPTION', `--format: must be one of ${FORMATS.join(', ')}.`);
}
