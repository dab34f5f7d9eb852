import { DETECT_OPTIONS } from '../config/detect-options.ts';
import { DETECTOR_OPTIONS } from '../config/detector-options.ts';
import { resolveOptions } from '../config/resolve.ts';
import { yargsOptions } from '../config/yargs-options.ts';
import { ABOUT } from './about.ts';
import type { Command } from './command.ts';
import type { Terminal } from './terminal.ts';

const OPTIONS = { ...DETECTOR_OPTIONS, ...DETECT_OPTIONS };

/** `gorod detect`: one question, the answer as JSON in detect-city's own shape. */
export function detectCommand(terminal: Terminal): Command {
  return {
    ...ABOUT.detect,
    options: OPTIONS,
    builder: (yargs) =>
      yargs
        .options(yargsOptions(DETECT_OPTIONS))
        .options(yargsOptions(DETECTOR_OPTIONS))
        .example('$0 detect --postcode 675000 --address "Lenina 21, 2 Blagoveschensk" --cod 5000', ''),
    handler: async (args) => {
      const { detectOne } = await import('./detect-one.ts');
      const config = resolveOptions(OPTIONS, args, terminal.env);
      await detectOne(config, terminal);
    },
  };
}
