import type { CommandModule } from 'yargs';
import {
  CACHE_EXPORT_OPTIONS,
  CACHE_FORGET_OPTIONS,
  CACHE_OPTIONS,
  CACHE_PRUNE_OPTIONS,
} from '../config/cache-options.ts';
import type { OptionTable, Values } from '../config/option.ts';
import { type Arguments, resolveOptions } from '../config/resolve.ts';
import { yargsOptions } from '../config/yargs-options.ts';
import { ABOUT } from './about.ts';
import type { Command } from './command.ts';
import type { Terminal } from './terminal.ts';

/** `gorod cache stats|check|prune|forget|clear|export`: looks after the cache of answers. */
export function cacheCommand(terminal: Terminal): Command {
  const actions = () => import('./cache-actions.ts');
  return {
    ...ABOUT.cache,
    builder: (yargs) =>
      yargs
        .command(
          action(
            terminal,
            'stats',
            'How many answers there are, how old and how large',
            CACHE_OPTIONS,
            async (config) => (await actions()).showStats(config, terminal),
          ),
        )
        .command(
          action(terminal, 'check', 'Look for damage; ends with 1 where there is some', CACHE_OPTIONS, async (config) =>
            (await actions()).check(config, terminal),
          ),
        )
        .command(
          action(terminal, 'prune', 'Remove answers that are no longer valid', CACHE_PRUNE_OPTIONS, async (config) =>
            (await actions()).prune(config, terminal),
          ),
        )
        .command(
          action(
            terminal,
            'forget',
            'Remove the answers to one question, and every trace of its address',
            CACHE_FORGET_OPTIONS,
            async (config) => (await actions()).forget(config, terminal),
          ),
        )
        .command(
          action(terminal, 'clear', 'Remove every answer', CACHE_OPTIONS, async (config) =>
            (await actions()).clear(config, terminal),
          ),
        )
        .command(
          action(terminal, 'export', 'Write every answer as a CSV', CACHE_EXPORT_OPTIONS, async (config) =>
            (await actions()).exportAnswers(config, terminal),
          ),
        )
        .demandCommand(1, 'Name what to do: stats, check, prune, forget, clear or export.'),
    handler: () => {},
  };
}

function action<Table extends OptionTable>(
  terminal: Terminal,
  command: string,
  describe: string,
  table: Table,
  run: (config: Values<Table>) => Promise<void>,
): CommandModule<object, Arguments> {
  return {
    command,
    describe,
    builder: (yargs) => yargs.options(yargsOptions(table)),
    handler: (args) => run(resolveOptions(table, args, terminal.env)),
  };
}
