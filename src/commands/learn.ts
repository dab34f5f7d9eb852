import { ALL_LEARN_OPTIONS } from '../config/learn-options.ts';
import { showDash } from '../config/lone-dash.ts';
import type { Values } from '../config/option.ts';
import { resolveOptions } from '../config/resolve.ts';
import { yargsOptions } from '../config/yargs-options.ts';
import { GorodError } from '../errors.ts';
import { ABOUT } from './about.ts';
import type { Command } from './command.ts';
import type { Terminal } from './terminal.ts';

/** `gorod learn [file]`: takes what a person filled in of a review file, for good. */
export function learnCommand(terminal: Terminal): Command {
  return {
    ...ABOUT.learn,
    options: ALL_LEARN_OPTIONS,
    builder: (yargs) =>
      yargs
        .positional('file', { type: 'string', describe: 'Review file of gorod run --split, filled in' })
        .options(yargsOptions(ALL_LEARN_OPTIONS))
        .example('$0 learn orders.gorod.review.csv --why "asked the buyer"', 'line by line what was taken')
        .example('$0 learn --list', 'what is learnt, with ids for --remove'),
    handler: async (args) => {
      const config = resolveOptions(ALL_LEARN_OPTIONS, args, terminal.env);
      await learn(args.file === undefined ? undefined : showDash(String(args.file)), config, terminal);
    },
  };
}

type LearnConfig = Values<typeof ALL_LEARN_OPTIONS>;

async function learn(file: string | undefined, config: LearnConfig, terminal: Terminal): Promise<void> {
  const { list, export: exported, import: imported, remove } = config;
  const wanted = [file, list || undefined, exported, imported, remove.length > 0 || undefined];
  if (wanted.filter((one) => one !== undefined).length !== 1) {
    throw new GorodError('BAD_OPTION', 'name one of: a review file, --list, --export, --import, --remove.');
  }
  if (file !== undefined) return (await import('./learn/learn-file.ts')).learnFile(file, config, terminal);
  const table = await import('./learn/learn-table.ts');
  if (exported !== undefined) return table.exportLearnt(exported, config, terminal);
  if (imported !== undefined) return table.importLearnt(imported, config, terminal);
  if (list) table.listLearnt(config, terminal);
  else table.removeLearnt(remove, config, terminal);
}
