import { ABOUT } from './about.ts';
import type { Command } from './command.ts';
import { downloadCommand } from './gazetteer/download.ts';
import { importCommand } from './gazetteer/import.ts';
import { infoCommand } from './gazetteer/info.ts';
import { lookupCommand } from './gazetteer/lookup.ts';
import { syncCommand } from './gazetteer/sync.ts';
import type { Terminal } from './terminal.ts';

/** `gorod gazetteer`: the files from which the local detector knows places. */
export function gazetteerCommand(terminal: Terminal): Command {
  return {
    ...ABOUT.gazetteer,
    builder: (yargs) =>
      yargs
        .command(importCommand(terminal))
        .command(downloadCommand(terminal))
        .command(syncCommand(terminal))
        .command(infoCommand(terminal))
        .command(lookupCommand(terminal))
        .demandCommand(1, 'Name a command of gazetteer: import, download, sync, info or lookup.'),
    handler: () => {},
  };
}
