import { existsSync } from 'node:fs';
import { DETECTOR_OPTIONS } from '../../config/detector-options.ts';
import { RUN_OPTIONS } from '../../config/run-options.ts';
import { defaultOutput } from '../../formats/output-format.ts';
import type { Texts } from '../../languages.ts';
import { outputOfPart } from '../../pipeline/split-paths.ts';
import { commandLine, someOf } from '../command-line.ts';
import { type BeforeLearning, DECIDING } from './learn-command.ts';
import { RUN_AGAIN, runAgainWith } from './learn-lines.ts';

const OPTIONS = { ...DETECTOR_OPTIONS, ...RUN_OPTIONS };

/** What to do once something was taken of a part: with the command where the orders can be told by the part's name. */
export function runAgain(part: string, config: BeforeLearning): Texts {
  const orders = ordersOf(part);
  if (orders === undefined) return RUN_AGAIN;
  return runAgainWith(commandLine('run', orders, { ...someOf(config, DECIDING), split: true }, OPTIONS));
}

/** `orders.gorod.review.csv` → `orders.csv`, where that lies beside it and has its result under that name. */
function ordersOf(part: string): string | undefined {
  const output = outputOfPart(part);
  const orders = output?.replace(/\.gorod((?:\.[ct]sv)?\.[^./\\]+)$/i, '$1');
  if (orders === undefined || orders === output || !existsSync(orders)) return undefined;
  return defaultOutput(orders) === output ? orders : undefined;
}
