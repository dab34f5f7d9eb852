import { givenEarly } from './given-early.ts';
import type { Environment } from './resolve.ts';

export const LOG_FORMATS = ['text', 'json'] as const;

export type LogFormat = (typeof LOG_FORMATS)[number];

/**
 * The log format that the arguments or the environment ask for, read before anything else is: what is wrong with the
 * rest is told in it too. Whether the value is one is found later, by the option itself.
 */
export function logFormatOf(args: readonly string[], env: Environment): LogFormat {
  return givenEarly('log-format', args, env) === 'json' ? 'json' : 'text';
}
