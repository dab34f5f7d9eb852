import { DETECTOR_OPTIONS } from '../config/detector-options.ts';
import { resolveOptions } from '../config/resolve.ts';
import { SERVE_OPTIONS } from '../config/serve-options.ts';
import { yargsOptions } from '../config/yargs-options.ts';
import { ABOUT } from './about.ts';
import type { Command } from './command.ts';
import type { Terminal } from './terminal.ts';

const OPTIONS = { ...DETECTOR_OPTIONS, ...SERVE_OPTIONS };

/** `gorod serve`: detect-city over HTTP, answered by the configured detector. */
export function serveCommand(terminal: Terminal): Command {
  return {
    ...ABOUT.serve,
    options: OPTIONS,
    builder: (yargs) =>
      yargs
        .options(yargsOptions(SERVE_OPTIONS))
        .options(yargsOptions(DETECTOR_OPTIONS))
        .example('$0 serve --detector local', 'for this machine only, with any key')
        .example('$0 serve --host 0.0.0.0 --keys keys.txt', 'for others, with the keys of gorod auth new-key'),
    handler: async (args) => {
      const { serveUntilStopped } = await import('./serve-until-stopped.ts');
      const config = resolveOptions(OPTIONS, args, terminal.env);
      await serveUntilStopped(config, terminal);
    },
  };
}
