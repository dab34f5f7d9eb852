import { ALL_LEARN_OPTIONS } from '../../config/learn-options.ts';
import type { Values } from '../../config/option.ts';
import { commandLine, someOf } from '../command-line.ts';

/** What decides where something is learnt, about which question, and who is asked about it. */
export const DECIDING = [
  'detector',
  'endpoint',
  'ca',
  'allowHttp',
  'developerKeyFile',
  'clientIdFile',
  'clientSecretFile',
  'gazetteer',
  'cache',
  'country',
  'fiasOnly',
  'columns',
  'preset',
  'prefix',
  'lang',
] as const satisfies readonly (keyof typeof ALL_LEARN_OPTIONS)[];

/** The options of a command after which something may be learnt. */
export type BeforeLearning = Pick<Values<typeof ALL_LEARN_OPTIONS>, (typeof DECIDING)[number]>;

/** The command line that takes what is filled into `file`, with the options of the command before it, for a shell. */
export function learnCommandLine(file: string, config: BeforeLearning): string {
  return commandLine('learn', file, someOf(config, DECIDING), ALL_LEARN_OPTIONS);
}
