import type { CommandModule } from 'yargs';
import type { OptionTable } from '../config/option.ts';
import type { Arguments } from '../config/resolve.ts';

/** One command, as yargs takes it. With `options`, which are then all that it has, a plain line of it needs no yargs. */
export interface Command extends CommandModule<object, Arguments> {
  readonly options?: OptionTable;
}
