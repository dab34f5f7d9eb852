import type { CommandModule } from 'yargs';
import type { Arguments } from '../../config/resolve.ts';
import type { Terminal } from '../terminal.ts';

/** `gorod gazetteer info [FILE]`: what a gazetteer holds, and under which licences. */
export function infoCommand(terminal: Terminal): CommandModule<object, Arguments> {
  return {
    command: 'info [file]',
    describe: 'Say what a gazetteer file holds, from which sources and under which licences',
    builder: (yargs) => yargs.positional('file', { type: 'string', describe: 'Gazetteer file; built in where absent' }),
    handler: async (args) => {
      const { builtinGazetteerFile } = await import('../../gazetteer/builtin-file.ts');
      const { describeGazetteer, renderDescription } = await import('../../gazetteer/describe-gazetteer.ts');
      const file = typeof args.file === 'string' ? args.file : builtinGazetteerFile();
      terminal.stdout.write(renderDescription(file, describeGazetteer(file)));
    },
  };
}
