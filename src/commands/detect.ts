import type { CommandModule } from 'yargs';
import { DETECT_OPTIONS } from '../config/detect-options.ts';
import { DETECTOR_OPTIONS } from '../config/detector-options.ts';
import { type Arguments, resolveOptions } from '../config/resolve.ts';
import { yargsOptions } from '../config/yargs-options.ts';
import { ABOUT } from './about.ts';
import type { Terminal } from './terminal.ts';

/** `gorod detect`: one question, the answer as JSON in detect-city's own shape. */
export function detectCommand(terminal: Terminal): CommandModule<object, Arguments> {
  return {
    ...ABOUT.detect,
    builder: (yargs) =>
      yargs
        .options(yargsOptions(DETECT_OPTIONS))
        .options(yargsOptions(DETECTOR_OPTIONS))
        .example('$0 detect --postcode 675000 --address "Lenina 21, 2 Blagoveschensk" --cod 5000', ''),
    handler: async (args) => {
      const { detectOne } = await import('./detect-one.ts');
      const config = {
        ...resolveOptions(DETECTOR_OPTIONS, args, terminal.env),
        ...resolveOptions(DETECT_OPTIONS, args, terminal.env),
      };
      await detectOne(Object.freeze(config), terminal);
    },
  };
}
