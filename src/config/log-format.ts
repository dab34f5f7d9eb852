import type { Environment } from './resolve.ts';

export const LOG_FORMATS = ['text', 'json'] as const;

export type LogFormat = (typeof LOG_FORMATS)[number];

/**
 * The log format that the arguments or the environment ask for, read before anything else is: what is wrong with the
 * rest is told in it too. Whether the value is one is found later, by the option itself.
 */
export function logFormatOf(args: readonly string[], env: Environment): LogFormat {
  const end = args.indexOf('--');
  const options = end === -1 ? args : args.slice(0, end);
  const at = options.findLastIndex((arg) => arg === '--log-format' || arg.startsWith('--log-format='));
  const given = at === -1 ? undefined : (options[at]?.split('=', 2)[1] ?? options[at + 1]);
  return (given ?? env.GOROD_LOG_FORMAT) === 'json' ? 'json' : 'text';
}
